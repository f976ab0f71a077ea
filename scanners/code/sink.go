package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// call reads one chain of calls: does it hand data on?
func (a *analysis) call(c *chain) {
	if a.names[c.parts[len(c.parts)-1].at] || a.names[c.parts[0].at] {
		return // it declares a function
	}
	a.rubyCommand(c)
	if s, k := a.sinkOf(c); s != nil {
		a.reach(s.Sink, "", c.parts[k].at, a.arguments(c, k, s), chainNote(c, k))
	} else {
		a.handsOver(c)
	}
	a.passesOn(c)
	a.toThird(c)
	a.weakHash(c)
	a.callsSetter(c)
	a.stores(c)
	a.storesBySQL(c)
}

// rubyCommand gives a Ruby call without parentheses its arguments: the rest of
// the line.
func (a *analysis) rubyCommand(c *chain) {
	last := &c.parts[len(c.parts)-1]
	if a.lang == php && len(c.parts) == 1 && (last.name == "echo" || last.name == "print") && !last.call {
		last.call, last.lo, last.hi = true, c.hi, a.lineEnd(c.hi)
		return
	}
	if a.lang != ruby || last.call || last.index || c.hi >= len(a.toks) {
		return
	}
	next := a.toks[c.hi]
	if next.line != a.toks[c.hi-1].line || next.kind != tokText && next.kind != tokName || a.notValue(a.text(c.hi)) && next.kind == tokName {
		return
	}
	last.call, last.lo, last.hi = true, c.hi, a.lineEnd(c.hi)
}

// lineEnd returns the end of the statement that goes on at i.
func (a *analysis) lineEnd(i int) int {
	for i < len(a.toks) {
		t := a.toks[i]
		switch {
		case t.kind == tokOpen:
			i = a.after(i)
			continue
		case t.kind == tokClose, t.kind == tokLine && !a.continues(i), a.is(i, ";"), t.kind == tokOp && t.start == t.end:
			return i
		case a.lang == ruby && (a.is(i, "if") || a.is(i, "unless") || a.is(i, "do")):
			return i
		}
		i++
	}
	return i
}

// sinkOf returns the sink a chain calls, and the part that calls it.
func (a *analysis) sinkOf(c *chain) (*sink, int) {
	for k := range c.parts {
		p := &c.parts[k]
		if !p.call || p.name == "" {
			continue
		}
		w := a.word(p)
		if k == 0 {
			if len(w.functions) > 0 && !a.declared(p.name) {
				return w.functions[0], k
			}
			continue
		}
		for _, s := range w.methods {
			if a.received(c, k, s) {
				return s, k
			}
		}
	}
	return nil, 0
}

func (a *analysis) declared(name string) bool { _, ok := a.byName[name]; return ok }

func (a *analysis) received(c *chain, k int, s *sink) bool {
	for j := range k {
		p := &c.parts[j]
		if s.receivers.has(a.word(p).fold) {
			return true
		}
		if (j == 0 || j == 1 && owners[strings.TrimPrefix(c.parts[0].name, "$")]) && s.given.has(a.word(p).fold) && !a.makes(p.name) {
			return true
		}
		if s.Sink == item.SinkLog {
			if typ := a.typeOf(p.name); typ != "" && s.receivers.has(a.wordOf(typ).fold) {
				return true // LoggerInterface $journal
			}
		}
		if v := a.env[p.name]; v != nil && j == 0 && v.typ != "" && s.receivers.has(a.wordOf(v.typ).fold) {
			return true
		}
	}
	return false
}

// makes tells whether the file gives a name its value.
func (a *analysis) makes(name string) bool {
	for i := range a.toks {
		if a.toks[i].kind == tokName && a.is(i+1, "=") && !a.isMember(i-1) && a.text(i) == name {
			return true
		}
	}
	return false
}

// arguments lists the sources in the arguments of the sink, and of what is
// called before and after it in the same chain: log.info().with(x).send().
func (a *analysis) arguments(c *chain, k int, s *sink) []origin {
	var all []origin
	for i := range c.parts {
		p := &c.parts[i]
		if p.call && (i == k || s.Sink == item.SinkLog && i > 0) {
			all = append(all, a.sources(p.lo, p.hi)...)
		}
	}
	return all
}

// chainNote writes a chain down to part k: names only.
func chainNote(c *chain, k int) string {
	var b strings.Builder
	for i := range min(k+1, 4) {
		if i > 0 && !c.parts[i].index {
			b.WriteByte('.')
		}
		b.WriteString(c.parts[i].name)
	}
	return b.String()
}

// passesOn follows arguments into a function of the same file.
func (a *analysis) passesOn(c *chain) {
	k := 0
	for k < len(c.parts)-1 && owners[c.parts[k].name] {
		k++
	}
	p := &c.parts[k]
	i, ok := a.byName[p.name]
	if !ok || i < 0 || !p.call || i == a.fn {
		return
	}
	args := a.split(p.lo, p.hi)
	for _, r := range a.reaches[i] {
		n := r.param
		if a.lang == python && k > 0 || a.lang == python && len(a.funcs[i].params) > 0 && a.funcs[i].params[0].name == "self" {
			n-- // self is not written at the call
		}
		if n < 0 || n >= len(args) {
			continue
		}
		for _, o := range a.sources(args[n][0], args[n][1]) {
			a.deeper(o, r, p)
		}
	}
}

// deeper joins the way of o to that of a function it is handed to.
func (a *analysis) deeper(o origin, r reach, p *part) {
	line := int(a.toks[p.at].line)
	f := r.flow
	f.Source = o.col
	f.Path = append(append(append([]item.Step(nil), o.path...), item.Step{Line: line, Note: p.name}), r.flow.Path...)
	if o.param >= 0 && a.fn >= 0 && len(a.reaches[a.fn]) < 32 {
		a.reaches[a.fn] = append(a.reaches[a.fn], reach{param: o.param, name: o.col.Name, flow: f})
	}
	if fold(o.col.Name) != fold(r.name) && a.v.countsIn(f.Sink, o.col.Name) { // else told by the function itself, or no password
		a.found(f)
	}
}

// addresses reads values put into the query of an address: "…?email=" + email.
func (a *analysis) addresses(lo, hi int) {
	for i := lo; i+1 < hi; i++ {
		t := a.toks[i]
		if t.kind != tokText || t.end-t.start < 3 || a.src[t.end-1] != '=' {
			continue
		}
		text := a.src[t.start:t.end]
		key := queryKey(text)
		if key == "" {
			continue
		}
		from := i + 1
		if a.is(from, "+") || a.is(from, ".") {
			from++
		} else if a.kind(from) != tokOpen || !a.toks[from].value {
			continue
		}
		to := from + 1
		if a.kind(from) == tokOpen {
			from, to = from+1, a.after(from)-1
		} else if a.kind(from) == tokName {
			c := a.chain(from, hi)
			to = c.hi
		}
		a.reach(item.SinkURL, "", i, a.keyedBy(key, from, min(to, hi)), "?"+key)
	}
}

// queryKey returns the last key of the query in an address that ends with '='.
func queryKey(text []byte) string {
	i := len(text) - 2
	for i >= 0 && (isNameStart(text[i]) || isDigit(text[i]) || text[i] == '-' || text[i] == '[' || text[i] == ']') {
		i--
	}
	if i < 0 || text[i] != '?' && text[i] != '&' || i == len(text)-2 {
		return ""
	}
	return string(text[i+1 : len(text)-1])
}
