package code

import (
	"bytes"
	"path"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// A definition is what a file does with the parameters of its functions, for
// those who call them from other files.
type definition struct {
	lands    map[string][]landing // by function; those of one name only once in the file
	borrowed map[string]borrowed  // what it passes on under its own name
	exported string               // what it exports as a whole
}

// A landing is a parameter that a function hands on.
type landing struct {
	arg  int    // position at a call, from 0
	name string // of the parameter
	flow item.Flow
}

// takes tells whether a value handed over by a call arrives here.
func (l *landing) takes(c *item.Call) bool {
	if c.Key != "" && (fold(c.Key) == fold(l.name) || c.Arg < 0) {
		return fold(c.Key) == fold(l.name)
	}
	return c.Arg == l.arg
}

// define reads what the functions of a file do; nil when it is not code of the
// project: tests, what others wrote, what a program wrote.
func (v *vocabulary) define(name string, src []byte) (d *definition) {
	low := strings.ToLower(name)
	lang := byExtension[path.Ext(low)]
	if lang == nil || len(src) > maxSource || vendored(low) || test(low) || generated(src) {
		return nil
	}
	defer func() {
		if recover() != nil { // told when the file itself was read
			d = nil
		}
	}()
	s := &source{path: low, name: name, src: bytes.TrimPrefix(src, []byte("\xef\xbb\xbf")), words: v}
	u := lex(s.src, lang, 1)
	imports := v.third.imports(u, &s.seen)
	a := s.follow(u, classesOf(u.fields()), imports)
	d = &definition{lands: map[string][]landing{}, borrowed: a.borrowed, exported: u.exportedName()}
	for i := range a.funcs {
		f := &a.funcs[i]
		if a.byName[f.name] != i {
			continue // several of one name: not plain which one is meant
		}
		d.lands[f.name] = nil
		for _, r := range a.reaches[i] {
			n := r.param
			if u.lang == python && (f.params[0].name == "self" || f.params[0].name == "cls") {
				n--
			}
			d.lands[f.name] = append(d.lands[f.name], landing{arg: n, name: r.name, flow: r.flow})
		}
	}
	return d
}

// exportedName is the function of `export default f` and `module.exports = f`.
func (u *unit) exportedName() string {
	if u.lang != script {
		return ""
	}
	for i := range u.toks {
		j := 0
		switch {
		case u.is(i, "export") && u.is(i+1, "default"):
			j = i + 2
		case u.is(i, "module") && u.is(i+2, "exports") && u.is(i+3, "="):
			j = i + 4
		default:
			continue
		}
		for u.is(j, "async") || u.is(j, "function") || u.is(j, "*") {
			j++
		}
		if u.kind(j) == tokName {
			return u.text(j)
		}
	}
	return ""
}
