package code

import (
	"path"
	"sort"
	"strings"
)

// places finds files of a target by what an import says of them.
type places struct {
	files  map[string]bool     // paths, from the root, without a leading '/'
	byName map[string][]string // last part of the path → paths
	byDir  map[string][]string // folder → paths
	module func(path string) string
}

// newPlaces makes the index of the code among paths. module reads the name of
// the module that a go.mod declares.
func newPlaces(paths []string, module func(string) string) *places {
	p := &places{files: map[string]bool{}, byName: map[string][]string{}, byDir: map[string][]string{}, module: module}
	sort.Strings(paths)
	for _, f := range paths {
		if p.files[f] {
			continue
		}
		p.files[f] = true
		p.byName[path.Base(f)] = append(p.byName[path.Base(f)], f)
		p.byDir[path.Dir(f)] = append(p.byDir[path.Dir(f)], f)
	}
	return p
}

// SourceFile tells whether a path is one that an import may lead to: those of the
// files read are asked for by Join.Take.
func SourceFile(name string) bool { return sourceFile(name) }

// sourceFile tells whether a path is one that an import may lead to.
func sourceFile(name string) bool {
	return byExtension[path.Ext(strings.ToLower(name))] != nil || path.Base(name) == "go.mod"
}

// find returns the files that the first fitting entry of from stands for, as
// seen from a file.
func (p *places) find(from []string, caller string) []string {
	for _, f := range from {
		if found := p.one(f, path.Dir(caller)); len(found) > 0 {
			return found
		}
	}
	return nil
}

func (p *places) one(f, dir string) []string {
	switch {
	case strings.HasPrefix(f, "go:"):
		return p.goPackage(f[3:], dir)
	case strings.HasPrefix(f, "/"):
		return p.at(strings.TrimPrefix(f, "/"))
	}
	tail := strings.TrimPrefix(f, "**/")
	for d := dir; ; d = path.Dir(d) {
		if found := p.at(path.Join(d, tail)); len(found) > 0 {
			return found
		}
		if d == "." || d == "/" {
			break
		}
	}
	if tail == f {
		return nil
	}
	return p.only(tail)
}

// at returns the file at a path, or the files of a folder with an ending.
func (p *places) at(at string) []string {
	if ext, folder := strings.CutPrefix(path.Base(at), "*"); folder {
		var found []string
		for _, f := range p.byDir[path.Dir(at)] {
			if strings.HasSuffix(f, ext) && !strings.HasSuffix(f, "_test.go") {
				found = append(found, f)
			}
		}
		return found
	}
	if p.files[at] {
		return []string{at}
	}
	return nil
}

// only returns the one file whose path ends with tail, tests left out.
func (p *places) only(tail string) []string {
	var found []string
	if ext, folder := strings.CutPrefix(path.Base(tail), "*"); folder {
		dir := ""
		for d := range p.byDir {
			if strings.HasSuffix("/"+d, "/"+path.Dir(tail)) {
				if dir != "" {
					return nil
				}
				dir = d
			}
		}
		if dir == "" {
			return nil
		}
		return p.at(path.Join(dir, "*"+ext))
	}
	for _, f := range p.byName[path.Base(tail)] {
		if strings.HasSuffix("/"+f, "/"+tail) && !test(strings.ToLower(f)) {
			found = append(found, f)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found
}

// goPackage returns the files of a package of the module that the folder is in.
func (p *places) goPackage(pkg, dir string) []string {
	for d := dir; ; d = path.Dir(d) {
		if mod := path.Join(d, "go.mod"); p.files[mod] {
			rest, ok := strings.CutPrefix(pkg+"/", p.module(mod)+"/")
			if !ok {
				return nil
			}
			return p.at(path.Join(d, rest, "*.go"))
		}
		if d == "." || d == "/" {
			return nil
		}
	}
}
