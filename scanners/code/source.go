package code

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// notValues are words of the languages that are no names of values.
var notValues = map[string]bool{
	"new": true, "await": true, "return": true, "not": true, "and": true, "or": true, "is": true, "in": true, "if": true, "else": true, "for": true, "while": true, "typeof": true, "instanceof": true, "async": true, "function": true, "fn": true, "func": true, "fun": true, "lambda": true, "const": true, "let": true, "var": true, "val": true, "as": true, "of": true, "do": true, "yield": true, "throw": true, "raise": true, "unless": true, "end": true, "echo": true, "print": true, "null": true, "nil": true, "None": true, "true": true, "false": true, "True": true, "False": true, "undefined": true, "range": true, "go": true, "defer": true, "delete": true, "void": true, "case": true, "def": true, "class": true, "static": true, "final": true, "array": true, "puts": true, "p": true,
}

// wordsOf are those of them that a few languages know: elsewhere they are names
// like others, p and val of a patient or a value.
var wordsOf = map[string][]*language{
	"p": {ruby}, "puts": {ruby}, "echo": {php}, "val": {kotlin, java}, "fn": {php}, "fun": {kotlin}, "func": {golang}, "end": {ruby}, "array": {php}, "range": {golang}, "go": {golang}, "defer": {golang},
	"lambda": {python, ruby}, "def": {python, ruby, java}, "of": {script}, "raise": {python, ruby}, "unless": {ruby}, "let": {script}, "nil": {golang, ruby},
}

// notValue tells a word of the language that is no name of a value.
func (u *unit) notValue(name string) bool {
	if !notValues[name] {
		return false
	}
	only := wordsOf[name]
	return only == nil || slices.Contains(only, u.lang)
}

// owners stand for the object at hand.
var owners = map[string]bool{"this": true, "self": true, "cls": true, "static": true, "super": true}

// sources lists where the values in [lo, hi) come from.
func (a *analysis) sources(lo, hi int) []origin {
	var all []origin
	a.keyed(lo, hi, func(_ string, from []origin, _ int) {
		if len(all) == 0 {
			all = from // nobody else has it
		} else {
			all = append(all, from...)
		}
	})
	return all
}

// keyed visits the values in [lo, hi), each with the key it is handed under.
func (a *analysis) keyed(lo, hi int, visit func(key string, from []origin, at int)) {
	key := ""
	for i := lo; i < hi && i < len(a.toks); i++ {
		t := a.toks[i]
		switch t.kind {
		case tokOpen:
			if t.block {
				i = a.after(i) - 1
			}
		case tokText:
			if a.isKey(i, lo, hi) {
				key = a.text(i)
			}
		case tokName:
			switch {
			case a.notValue(a.text(i)):
				continue
			case a.isKey(i, lo, hi):
				key = a.text(i)
				continue
			case a.is(i+1, "=>") || a.is(i+1, "->") && a.lang != php && i+1 < hi:
				continue // a parameter of a function without a name
			}
			c := a.chain(i, hi)
			if !a.decides(&c, lo, hi) {
				from := a.eval(&c)
				if key != "" && len(from) > 0 {
					from = a.named(key, from)
				}
				k := key
				if k == "" && len(c.parts) == 1 && !c.parts[0].call {
					k = c.parts[0].name
				}
				visit(k, from, i)
			}
			i = max(i, c.hi-1)
		case tokOp:
			if a.is(i, ",") {
				key = ""
			}
		case tokClose, tokNumber, tokLine:
		}
	}
}

// named adds the key that a value is handed under: it may say more than the
// name of the value.
func (a *analysis) named(key string, from []origin) []origin {
	for i := range from {
		if fold(from[i].col.Name) == fold(key) {
			return from
		}
	}
	o := from[0]
	o.col = item.Column{Name: key, Line: o.col.Line, Container: o.col.Container}
	return append(from[:len(from):len(from)], o)
}

// isKey tells whether token i is a key: `a: x`, `'a' => x`, `a=x` in a call.
func (a *analysis) isKey(i, lo, hi int) bool {
	if i+1 >= hi {
		return false
	}
	starts := i == lo || a.toks[i-1].kind == tokOpen || a.is(i-1, ",") || a.toks[i-1].kind == tokLine
	switch {
	case a.is(i+1, "=>"):
		return a.lang == php || a.lang == ruby
	case a.is(i+1, ":"):
		return starts
	case a.is(i+1, "="):
		return starts && a.toks[i].kind == tokName
	}
	return false
}

// decides tells whether a chain is only asked, not handed on: compared, negated
// or before a '?'.
func (a *analysis) decides(c *chain, lo, hi int) bool {
	if c.hi < hi {
		for _, op := range []string{"?", "==", "!=", "===", "!==", "<", ">", "<=", ">="} {
			if a.is(c.hi, op) && !(op == "?" && a.lang != script && a.lang != php && a.lang != java && a.lang != csharp && a.lang != ruby) {
				return true
			}
		}
		if a.is(c.hi, "is") || a.is(c.hi, "in") || a.is(c.hi, "instanceof") {
			return true
		}
		if a.lang == python && a.is(c.hi, "if") {
			return false
		}
	}
	if c.lo > lo {
		for _, op := range []string{"!", "==", "!=", "===", "!==", "not", "typeof", "in"} {
			if a.is(c.lo-1, op) {
				return true
			}
		}
		if a.lang == python && (a.is(c.lo-1, "if") || a.is(c.lo-1, "for")) {
			return true
		}
	}
	return false
}

// eval lists where the value of a chain comes from; none when it is not known.
func (a *analysis) eval(c *chain) []origin {
	parts := c.parts
	base := 0
	for base < len(parts)-1 && owners[parts[base].name] {
		base++
	}
	parts = parts[base:]
	for i := range parts {
		if p := &parts[i]; a.word(p).any(isSanitizer) && !(p.index && p.name == "") {
			return nil
		}
	}
	var all []origin
	n := len(parts)
	for n > 1 && a.word(&parts[n-1]).any(isNeutral) {
		if parts[n-1].call {
			all = append(all, a.sources(parts[n-1].lo, parts[n-1].hi)...)
		}
		n--
	}
	if from := a.member(parts[:n], base > 0); len(all) > 0 {
		return append(all, from...)
	} else {
		return from
	}
}

// member evaluates a chain without what leaves its value as it is.
func (a *analysis) member(parts []part, owned bool) []origin {
	last := parts[len(parts)-1]
	if len(parts) == 1 {
		switch {
		case last.call:
			return a.result(last)
		case last.index:
			return nil
		case owned:
			return a.own(last, "")
		}
		return a.variable(last)
	}
	name := last.name
	switch {
	case last.call && last.lo >= last.hi:
		name = getter(name)
	case last.call:
		first := last.lo
		if !a.word(&last).any(isReader) || a.kind(first) != tokText {
			return nil
		}
		name = a.text(first)
	}
	if name == "" || len(name) > 60 {
		return nil
	}
	return a.own(part{name: name, at: last.at}, a.container(parts, name))
}

// container names what the last part of a chain belongs to; nothing for a value
// of a request, which is noted under its name.
func (a *analysis) container(parts []part, name string) string {
	p := parts[len(parts)-2]
	if v := a.env[p.name]; v != nil && v.typ != "" && len(parts) == 2 {
		return v.typ
	}
	for i := range len(parts) - 1 {
		if a.word(&parts[i]).any(isRequest) {
			a.input(name)
			return ""
		}
	}
	return getter(p.name)
}

// getter takes `get` off: getNom is nom.
func getter(name string) string {
	for _, p := range []string{"get", "Get"} {
		if rest := strings.TrimPrefix(name, p); rest != name && rest != "" && (rest[0] >= 'A' && rest[0] <= 'Z' || rest[0] == '_') {
			return strings.TrimPrefix(rest, "_")
		}
	}
	return name
}

// own is an origin with the name written at p.
func (a *analysis) own(p part, container string) []origin {
	if shouting(p.name) || dull(p.name) {
		return nil
	}
	line := int(a.toks[p.at].line)
	note := p.name
	if container != "" {
		note = container + "." + p.name
	}
	col := item.Column{Name: p.name, Container: container, Line: line}
	if fields := a.classes[container]; fields != nil {
		for i := range fields {
			if fold(fields[i].Name) == fold(p.name) {
				col = fields[i]
				col.Line = line
			}
		}
	}
	return []origin{{col: col, path: []item.Step{{Line: line, Note: note}}, param: -1}}
}

// shouting tells the name of a constant: NAME_OF_FIELD.
func shouting(name string) bool {
	upper := false
	for i := range len(name) {
		if c := name[i]; c >= 'a' && c <= 'z' || c >= 0x80 {
			return false
		} else if c >= 'A' && c <= 'Z' {
			upper = true
		}
	}
	return upper && len(name) > 1
}

// variable evaluates a bare name.
func (a *analysis) variable(p part) []origin {
	v := a.env[p.name]
	if v == nil {
		if c := p.name[0]; c >= 'A' && c <= 'Z' {
			return nil // a class or a constant
		}
		return a.own(p, "")
	}
	if v.clean {
		return nil
	}
	line := int(a.toks[p.at].line)
	all := make([]origin, 0, len(v.origins)+1)
	known := false
	for _, o := range v.origins {
		if o.path[len(o.path)-1].Line != line {
			o.path = append(o.path[:len(o.path):len(o.path)], item.Step{Line: line, Note: p.name})
		}
		known = known || fold(o.col.Name) == fold(p.name) || o.col.Container != "" && a.v.speaks(o.col.Name)
		all = append(all, o)
	}
	if !known {
		for _, o := range a.own(p, "") {
			o.path = append([]item.Step{{Line: v.line, Note: p.name}}, o.path...)
			o.col.Type = v.typ
			all = append(all, o)
		}
	}
	return append(all, a.whole(v, p, line)...)
}

// whole lists the fields of an object handed on as one, when its class is in
// the same file.
func (a *analysis) whole(v *variable, p part, line int) []origin {
	var all []origin
	for i, f := range a.classes[v.typ] {
		if i == 40 {
			break
		}
		all = append(all, origin{col: f, path: []item.Step{{Line: v.line, Note: p.name}, {Line: line, Note: p.name}}, param: -1})
	}
	return all
}

// result evaluates the call of a plain function.
func (a *analysis) result(p part) []origin {
	w := a.word(&p)
	switch {
	case w.any(isNeutral):
		return a.sources(p.lo, p.hi)
	case w.any(isReader) && a.kind(p.lo) == tokText:
		return a.own(part{name: a.text(p.lo), at: p.lo}, "")
	}
	i, ok := a.byName[p.name]
	if !ok || i < 0 {
		return nil
	}
	var all []origin
	line := int(a.toks[p.at].line)
	for _, o := range a.returns[i] {
		o.path = append(o.path[:len(o.path):len(o.path)], item.Step{Line: line, Note: p.name})
		all = append(all, o)
	}
	return all
}
