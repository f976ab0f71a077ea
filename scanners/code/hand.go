package code

import (
	"path"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// handsOver notes the values that a chain hands to functions of other files.
// Whether those files exist, and what they do, is told once all are known.
func (a *analysis) handsOver(c *chain) {
	for k := range c.parts {
		p := &c.parts[k]
		if !p.call || p.lo >= p.hi || p.name == "" || len(p.name) > 60 {
			continue
		}
		if a.word(p).any(isSanitizer | isNeutral | isReader) {
			continue
		}
		if to := a.elsewhere(c, k); len(to.From) > 0 {
			a.hand(c, k, to)
		}
	}
}

// hand notes the values in the arguments of part k.
func (a *analysis) hand(c *chain, k int, to item.Call) {
	p := &c.parts[k]
	for n, r := range a.split(p.lo, p.hi) {
		lo := r[0]
		for lo < r[1] && a.toks[lo].kind == tokLine {
			lo++
		}
		to := to
		to.Arg, to.Key = n, ""
		if a.is(lo, "{") && a.lang == script { // tracer({ courriel })
			a.keyed(lo+1, min(a.after(lo)-1, r[1]), func(key string, from []origin, _ int) {
				to.Key = key
				a.endCall(to, p, from, chainNote(c, k))
			})
			continue
		}
		if lo+1 < r[1] && a.kind(lo) == tokName && (a.is(lo+1, "=") || a.is(lo+1, ":") && !a.is(lo+1, "::")) {
			to.Key = a.text(lo)
		}
		a.endCall(to, p, a.sources(lo, r[1]), chainNote(c, k))
	}
}

func (a *analysis) endCall(to item.Call, p *part, from []origin, how string) {
	if len(from) > 0 {
		a.end(item.Flow{To: &to}, p.at, from, how)
	}
}

// makers are members that lead from a class to the one object it is used by.
var makers = map[string]bool{"new": true, "instance": true, "getInstance": true, "get_instance": true, "Instance": true, "INSTANCE": true, "shared": true, "default": true, "current": true}

// elsewhere tells where the function called by part k of a chain may be defined;
// without files when it is of this file, or nothing says.
func (a *analysis) elsewhere(c *chain, k int) item.Call {
	to := item.Call{Lang: a.lang.name, Name: c.parts[k].name}
	before := c.parts[:k]
	for len(before) > 0 && owners[before[0].name] {
		before = before[1:]
	}
	if len(before) == 0 {
		if k == 0 {
			a.plain(&to)
		}
		return to
	}
	for len(before) > 1 && makers[before[len(before)-1].name] {
		before = before[:len(before)-1]
	}
	head := before[0]
	if len(before) > 1 { // import a.b; a.b.f(x)
		var names []string
		for _, p := range before {
			names = append(names, p.name)
		}
		if a.lang == python {
			to.From = a.borrowed[strings.Join(names, ".")].whole
		} else if a.lang == ruby && capital(head.name) {
			to.Type = strings.Join(names, "::")
			to.From = rubyFiles(names)
		}
		return to
	}
	if head.index || k > 0 && len(before) < k && c.parts[0].call {
		return to
	}
	a.method(&to, head.name)
	return to
}

// plain looks for a function called by its bare name.
func (a *analysis) plain(to *item.Call) {
	if _, here := a.byName[to.Name]; here || a.env[to.Name] != nil {
		return
	}
	if w, ok := a.borrowed[to.Name]; ok {
		to.From = w.from
		if w.name != "" {
			to.Name = w.name
		}
		return
	}
	switch a.lang {
	case golang:
		to.From = []string{path.Join(a.dir, "*.go")}
	case kotlin:
		to.From = []string{path.Join(a.dir, "*.kt")}
	case php, ruby:
		to.From = a.borrowed[anyOf].from
	}
	if a.lang == java || a.lang == csharp || capital(to.Name) && a.lang != golang || notFunctions[to.Name] || goBuiltins[to.Name] {
		to.From = nil
	}
}

var goBuiltins = map[string]bool{"append": true, "len": true, "cap": true, "string": true, "make": true, "copy": true, "delete": true, "min": true, "max": true, "panic": true, "print": true, "println": true, "int": true, "byte": true, "error": true, "any": true, "int64": true, "require": true, "include": true}

// method looks for a method of what is called name: a module, a class, or a
// variable or member of a class that is told.
func (a *analysis) method(to *item.Call, name string) {
	if v := a.env[name]; v != nil && v.typ != "" {
		name = v.typ
	} else if w, ok := a.borrowed[name]; ok {
		to.From, to.Type = slices.Concat(w.whole, w.from), w.name
		return
	} else if t := a.typeOf(name); t != "" {
		name = t
	}
	to.Type = name
	if w, ok := a.borrowed[name]; ok {
		to.From = w.from
		return
	}
	if !capital(name) || a.classes[name] != nil || a.definesClass(name) {
		return
	}
	switch a.lang {
	case java, kotlin:
		to.From = []string{path.Join(a.dir, name+".java"), path.Join(a.dir, name+".kt")}
		for _, pkg := range a.borrowed[anyOf].from {
			to.From = append(to.From, "**/"+pkg+"/"+name+".java", "**/"+pkg+"/"+name+".kt")
		}
	case php:
		to.From = []string{path.Join(a.dir, name+".php")}
	case csharp:
		to.From = []string{"**/" + name + ".cs"}
	case ruby:
		to.From = rubyFiles([]string{name})
	}
}

// rubyFiles are the files of a constant by the convention of Rails: A::BigB is
// a/big_b.rb.
func rubyFiles(names []string) []string {
	var parts []string
	for _, n := range names {
		parts = append(parts, snake(n))
	}
	return []string{"**/" + strings.Join(parts, "/") + ".rb"}
}

func snake(name string) string {
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			if i > 0 && (isLower(name[i-1]) || isDigit(name[i-1]) || i+1 < len(name) && isLower(name[i+1])) {
				b.WriteByte('_')
			}
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}

// definesClass tells whether a class of that name is declared in the file.
func (a *analysis) definesClass(name string) bool {
	if a.defined == nil {
		a.defined = map[string]bool{}
		for i := 1; i < len(a.toks); i++ {
			if a.toks[i].kind != tokText && a.kind(i-1) == tokName && (classWords[a.text(i-1)] || a.is(i-1, "module")) {
				a.defined[a.text(i)] = true
			}
		}
	}
	return a.defined[name]
}

// typeOf returns the class of a variable or member, when the file tells one and
// only one.
func (a *analysis) typeOf(name string) string {
	if a.typed == nil {
		a.typed = a.types()
	}
	return a.typed[name]
}

// types reads `Type name`, `name: Type` and `name = new Type(`, wherever they
// stand.
func (a *analysis) types() map[string]string {
	m := map[string]string{}
	note := func(name, typ string) {
		typ = typ[strings.LastIndexByte(typ, '\\')+1:]
		if !capital(typ) || name == "" {
			return
		}
		if was, ok := m[name]; ok && was != typ {
			typ = ""
		}
		m[name] = typ
	}
	for i := 1; i+1 < len(a.toks); i++ {
		if a.toks[i].kind != tokName {
			continue
		}
		switch {
		case a.lang.typeFirst && a.kind(i-1) == tokName && !a.isMember(i-2) && (a.lang != php || a.dollar(i) && !a.dollar(i-1)):
			note(a.text(i), a.text(i-1))
		case !a.lang.typeFirst && a.lang != golang && a.lang != ruby && a.is(i+1, ":") && a.kind(i+2) == tokName:
			note(a.text(i), a.text(i+2))
		}
		if !a.is(i+1, "=") {
			continue
		}
		j := i + 2
		if a.is(j, "new") || a.is(j, "await") {
			j++
		}
		switch {
		case a.kind(j) == tokName && a.is(j+1, "("):
			note(a.text(i), a.text(j))
		case a.lang == ruby && a.kind(j) == tokName && a.isMember(j+1) && a.is(j+2, "new"):
			note(a.text(i), a.text(j))
		}
	}
	return m
}
