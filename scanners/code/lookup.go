package code

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// lookUp finds the function that a caller means, through files that pass it on.
func (j *joiner) lookUp(from []string, caller, name string, hop int) (file string, lands []landing) {
	for _, at := range from {
		for _, f := range j.places.one(at, path.Dir(caller)) {
			d := j.definition(f, name)
			if d == nil {
				continue
			}
			fn := name
			if fn == item.DefaultExport {
				fn = d.exported
			}
			if l, ok := d.lands[fn]; ok {
				if file != "" {
					return "", nil // two of one name in a package
				}
				file, lands = f, l
				continue
			}
			w := d.borrowed[fn]
			if w.name != "" && w.name != item.DefaultExport {
				fn = w.name
			}
			if next := slices.Concat(w.from, d.borrowed[anyOf].from); file == "" && hop < deepest && len(next) > 0 && passesOn(f) {
				file, lands = j.lookUp(next, f, fn, hop+1)
			}
		}
		if file != "" {
			return file, lands
		}
	}
	return "", nil
}

// passesOn tells the files that hand on what others define: index.ts,
// __init__.py.
func passesOn(file string) bool {
	return strings.HasPrefix(path.Base(file), "index.") || path.Base(file) == "__init__.py"
}

// definition understands a file once, when it may define name, or any for "": a package of Go
// has many files, and understanding one costs more than reading it again.
func (j *joiner) definition(file, name string) *definition {
	if d, ok := j.known[file]; ok {
		return d
	}
	src := j.read(file)
	if src != nil && !mayDefine(file, src, name) {
		return nil
	}
	var d *definition
	if src != nil {
		d = j.words.define(file, src)
	}
	j.known[file] = d
	return d
}

// mayDefine tells whether name, or any for "", can be a function of the file or
// be handed on by it.
func mayDefine(file string, src []byte, name string) bool {
	switch {
	case name == "" || name == item.DefaultExport || passesOn(file):
		return true
	case strings.HasSuffix(file, ".go"):
		return bytes.Contains(src, []byte("func "+name)) || bytes.Contains(src, []byte(") "+name))
	}
	return bytes.Contains(src, []byte(name))
}

// read returns a file of the target; nil when it is not there, is too large to be
// source, or cannot be read, which is told once.
func (j *joiner) read(file string) []byte {
	rc, err := j.tree.OpenFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var src []byte
	if err == nil {
		src, err = io.ReadAll(io.LimitReader(rc, maxSource+1))
		err = cmp.Or(err, rc.Close())
	}
	if err != nil {
		j.cannot(file, err)
		return nil
	}
	if len(src) > maxSource {
		return nil
	}
	return src
}

// cannot notes once that a file cannot be read, unless the walk has told it.
func (j *joiner) cannot(file string, err error) {
	if j.walked[file] {
		return
	}
	if j.walked == nil {
		j.walked = map[string]bool{}
	}
	j.walked[file] = true
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err // its path is said masked
	}
	j.fails(file, err)
}

// module reads the name of a module of Go.
func (j *joiner) module(file string) string {
	for line := range bytes.Lines(j.read(file)) {
		if rest, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("module ")); ok {
			return string(bytes.Trim(bytes.TrimSpace(rest), `"`))
		}
	}
	return "?"
}
