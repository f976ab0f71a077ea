package code

import (
	"path"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// A borrowed is a name of a file that another file of the project may define.
//
// Files are written as where to look for them: "/a/b.ts" from the root of the
// target; "a/b.py" below the folder of the file or one above it, the nearest
// first; "**/a/B.java" the same, else the only file whose path ends so; a last
// part "*.go" is any file of its folder; "go:m/a" is a package of a module.
type borrowed struct {
	name  string   // what it is called there; "" for a whole file
	from  []string // files that may define it
	whole []string // files that it may stand for: a module, a namespace
}

// anyOf is the key of what is borrowed without a name: packages imported whole,
// files required for their functions.
const anyOf = "*"

// borrows reads the import statements of u, the file called name.
func (u *unit) borrows(name string) map[string]borrowed {
	b := &borrower{unit: u, dir: path.Dir("/" + name), names: map[string]borrowed{}}
	for i := range u.toks {
		if u.toks[i].kind != tokName {
			continue
		}
		switch u.text(i) {
		case "import":
			b.imports(i)
		case "from":
			if u.lang == python && u.startsLine(i) {
				b.pythonFrom(i)
			}
		case "export":
			if u.lang == script { // export { a } from './m': what a file passes on
				b.scriptImport(i)
			}
		case "use":
			if u.lang == php && u.kind(i+1) == tokName {
				b.phpUse(i)
			}
		case "require", "require_once", "require_relative", "include", "include_once":
			b.require(i)
		}
	}
	return b.names
}

// A borrower gathers what one file borrows.
type borrower struct {
	*unit
	dir   string // of the file, from the root
	names map[string]borrowed
}

// add notes a name; one that is borrowed twice is not plain.
func (b *borrower) add(local string, w borrowed) {
	if local == "" {
		return
	}
	if _, twice := b.names[local]; twice {
		w = borrowed{}
	}
	b.names[local] = w
}

// more notes files borrowed without a name.
func (b *borrower) more(files ...string) {
	w := b.names[anyOf]
	w.from = append(w.from, files...)
	b.names[anyOf] = w
}

func (b *borrower) imports(i int) {
	switch b.lang {
	case python:
		if b.startsLine(i) {
			b.pythonImport(i)
		}
	case java, kotlin:
		b.javaImport(i)
	case golang:
		b.goImport(i, func(_ int, module string, local ...string) {
			b.add(local[0], borrowed{whole: []string{"go:" + module}})
		})
	case script:
		b.scriptImport(i)
	}
}

// pythonFiles are the files of a module: `a.b` below a folder of the path, or
// with dots before it beside the importing file.
func (b *borrower) pythonFiles(dots int, module string) []string {
	at := strings.ReplaceAll(module, ".", "/")
	if dots > 0 {
		dir := b.dir
		for range dots - 1 {
			dir = path.Dir(dir)
		}
		at = path.Join(dir, at)
	}
	if at == "" || at == "/" {
		return nil
	}
	return []string{at + ".py", at + "/__init__.py"}
}

// pythonImport reads `import a.b as c`.
func (b *borrower) pythonImport(i int) {
	for j := i + 1; b.kind(j) == tokName; j++ {
		module := b.path(j)
		for b.kind(j) == tokName && b.isMember(j+1) {
			j += 2
		}
		local := module
		if b.is(j+1, "as") {
			local = b.text(j + 2)
			j += 2
		}
		b.add(local, borrowed{whole: b.pythonFiles(0, module)})
		if j++; !b.is(j, ",") {
			return
		}
	}
}

// pythonFrom reads `from ..a import b as c, d`.
func (b *borrower) pythonFrom(i int) {
	j := i + 1
	for j < len(b.toks) && b.kind(j) == tokOp {
		j++
	}
	dots := 0
	if j < len(b.toks) {
		dots = strings.Count(string(b.src[b.toks[i].end:b.toks[j].start]), ".")
	}
	module := ""
	if !b.is(j, "import") {
		module = b.path(j)
		for b.kind(j) == tokName && b.isMember(j+1) {
			j += 2
		}
		j++
	}
	if !b.is(j, "import") {
		return
	}
	open, hi := j+1, j+1
	if b.is(open, "(") {
		open, hi = open+1, b.after(open)-1
	} else {
		for hi < len(b.toks) && b.toks[hi].kind != tokLine && !b.is(hi, ";") {
			hi++
		}
	}
	for _, r := range b.split(open, min(hi, len(b.toks))) {
		name, local := b.renamed(r, "as")
		if name != "" {
			b.add(local, borrowed{name: name, from: b.pythonFiles(dots, module), whole: b.pythonFiles(dots, strings.TrimPrefix(module+"."+name, "."))})
		}
	}
}

// renamed reads `name` and `name as local`, or what stands in place of `as`.
func (b *borrower) renamed(r [2]int, as string) (name, local string) {
	for i := r[0]; i < r[1]; i++ {
		switch {
		case b.kind(i) != tokName || b.is(i, "type") && b.kind(i+1) == tokName && i+1 < r[1] && !b.is(i+1, as):
		case name == "":
			name, local = b.text(i), b.text(i)
			if b.is(i+1, as) && i+2 < r[1] {
				return name, b.text(i + 2)
			}
		}
	}
	return name, local
}

// javaImport reads `import a.b.C`, `import static a.b.C.f`, `import a.b.*` and
// Kotlin's `import a.b.f as g`.
func (b *borrower) javaImport(i int) {
	j := i + 1
	static := b.is(j, "static")
	if static {
		j++
	}
	module := b.path(j)
	last := strings.LastIndexByte(module, '.')
	if last < 0 {
		return
	}
	pkg, name := strings.ReplaceAll(module[:last], ".", "/"), module[last+1:]
	for b.kind(j) == tokName && b.isMember(j+1) {
		j += 2
	}
	local := name
	if b.is(j+1, "as") {
		local = b.text(j + 2)
	}
	switch {
	case b.is(j, "*"):
		b.more(strings.ReplaceAll(module, ".", "/"))
	case static:
		b.add(local, borrowed{name: name, from: []string{"**/" + pkg + ".java", "**/" + pkg + ".kt"}})
	case capital(name):
		b.add(local, borrowed{name: name, from: []string{"**/" + pkg + "/" + name + ".java", "**/" + pkg + "/" + name + ".kt"}})
	case b.lang == kotlin:
		b.add(local, borrowed{name: name, from: []string{"**/" + pkg + "/*.kt"}})
	}
}

func capital(name string) bool { return name != "" && name[0] >= 'A' && name[0] <= 'Z' }

// phpUse reads `use A\B\C as D`: by PSR-4 the head of a name stands for a folder
// that composer.json tells, so that shorter tails are tried too.
func (b *borrower) phpUse(i int) {
	module := strings.Trim(b.text(i+1), `\`)
	parts := strings.Split(module, `\`)
	if len(parts) < 2 || !capital(parts[len(parts)-1]) {
		return
	}
	local := parts[len(parts)-1]
	w := borrowed{name: local}
	for k := 0; k < len(parts) && k < 3; k++ {
		w.from = append(w.from, "**/"+strings.Join(parts[k:], "/")+".php")
	}
	w.from[len(w.from)-1] = strings.TrimPrefix(w.from[len(w.from)-1], "**/") // the shortest says little
	if b.is(i+2, "as") && b.kind(i+3) == tokName {
		local = b.text(i + 3)
	}
	b.add(local, w)
}

// scriptFiles are the files of a module of the project; none for a package.
func (b *borrower) scriptFiles(spec string) []string {
	var bases []string
	switch {
	case strings.HasPrefix(spec, "./"), strings.HasPrefix(spec, "../"), spec == ".", spec == "..":
		bases = []string{path.Join(b.dir, spec)}
	case strings.HasPrefix(spec, "@/"), strings.HasPrefix(spec, "~/"):
		bases = []string{"src/" + spec[2:], "app/" + spec[2:], spec[2:]}
	case strings.HasPrefix(spec, "src/"):
		bases = []string{spec}
	}
	var files []string
	for _, base := range bases {
		switch ext := path.Ext(base); ext {
		case ".js", ".mjs", ".jsx":
			stem := strings.TrimSuffix(base, ext)
			files = append(files, base, stem+".ts", stem+".tsx", stem+".mts")
		case ".ts", ".tsx", ".cjs", ".mts", ".cts":
			files = append(files, base)
		case ".json", ".css", ".scss", ".svg", ".png", ".vue", ".svelte":
		default:
			for _, e := range script.exts {
				files = append(files, base+e)
			}
			for _, e := range script.exts {
				files = append(files, base+"/index"+e)
			}
		}
	}
	return files
}

// scriptImport reads `import a, { b as c } from 'm'` and `import * as a from 'm'`.
func (b *borrower) scriptImport(i int) {
	for j := i + 1; j < len(b.toks) && j < i+200; j++ {
		switch {
		case b.is(j, "from") && b.kind(j+1) == tokText:
			if files := b.scriptFiles(b.text(j + 1)); len(files) > 0 {
				b.scriptNames(i+1, j, files, "as")
			}
			return
		case b.kind(j) == tokText, b.is(j, ";"), b.is(j, "="):
			return
		}
	}
}

// scriptNames notes the names of a module in [lo, hi).
func (b *borrower) scriptNames(lo, hi int, files []string, as string) {
	for i := lo; i < hi; i++ {
		switch {
		case b.is(i, "{"):
			for _, r := range b.split(i+1, min(b.after(i)-1, hi)) {
				if name, local := b.renamed(r, as); name != "" {
					b.add(local, borrowed{name: name, from: files})
				}
			}
			i = b.after(i) - 1
		case b.is(i, "*") && b.is(i+1, "as"):
			b.add(b.text(i+2), borrowed{whole: files})
			i += 2
		case b.is(i, "*"):
			b.more(files...)
		case b.kind(i) == tokName && !b.is(i, "type"):
			b.add(b.text(i), borrowed{name: item.DefaultExport, from: files, whole: files})
		}
	}
}

// require reads `const a = require('./m')`, `const { a } = require('./m')`, and
// the files that PHP and Ruby take in whole.
func (b *borrower) require(i int) {
	switch b.lang {
	case script:
		if !b.is(i+1, "(") || b.kind(i+2) != tokText || !b.is(i-1, "=") {
			return
		}
		files, lo := b.scriptFiles(b.text(i+2)), i-2
		if b.kind(lo) == tokClose {
			lo = int(b.toks[lo].pair)
		}
		if len(files) > 0 && lo >= 0 {
			b.scriptNames(lo, i-1, files, ":")
		}
	case ruby:
		if b.is(i, "require_relative") && b.kind(i+1) == tokText {
			b.more(path.Join(b.dir, strings.TrimSuffix(b.text(i+1), ".rb")+".rb"))
		}
	case php:
		for j := i + 1; j < min(i+8, len(b.toks)) && !b.is(j, ";"); j++ {
			if b.kind(j) == tokText && strings.HasSuffix(b.text(j), ".php") {
				b.more(path.Join(b.dir, b.text(j)))
			}
		}
	}
}
