package code

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// An origin is where a value comes from, and its way so far.
type origin struct {
	col   item.Column
	path  []item.Step
	param int // index of the parameter of the function at hand, or -1
}

// A variable is what is known of a name in a function.
type variable struct {
	statement bool // it is, or was prepared of, a statement that writes a password
	origins   []origin
	line      int
	clean     bool   // holds nothing of a person: a literal, a hash, a count
	typ       string // declared
	third     string // id of the recipient it is a client or an address of
	weak      bool   // computes MD5 or SHA-1
	kept      *item.Flow
}

// A reach says that a parameter of a function ends in a sink.
type reach struct {
	param int
	name  string
	flow  item.Flow // Path from the parameter to the sink
}

// An analysis follows data through the functions of one file.
type analysis struct {
	*unit
	v       *vocabulary
	funcs   []function
	byName  map[string]int
	skip    []int32      // by token: where the function whose body starts there ends
	called  []bool       // by function: the first pass goes through it
	names   map[int]bool // tokens that declare a function
	reaches [][]reach    // by function
	returns [][]origin
	classes map[string][]item.Column
	globals map[string]*variable
	imports map[string]string // name in the file → id of the recipient

	fn    int // index in funcs; -1 outside
	env   map[string]*variable
	outer []map[string]*variable
	emit  bool
	flows []item.Flow
	seen  map[flowKey]bool

	inputs []string // values read from requests

	dir      string              // of the file, from the root of its target
	borrowed map[string]borrowed // names of the file that other files define
	typed    map[string]string   // variable or member → class; made when asked
	defined  map[string]bool     // classes of the file; made when asked
	words    []*word             // of the names of the unit, once looked up
	others   map[string]*word    // of other names
}

type flowKey struct {
	line   int
	sink   item.Sink
	name   string
	inside string
	third  string
	to     string
}

// maxFlows bounds what one file can say.
const maxFlows = 2000

// follow reads the flows of u.
func (s *source) follow(u *unit, classes map[string][]item.Column, imports map[string]string) *analysis {
	a := &analysis{unit: u, v: s.words, classes: classes, imports: imports, seen: map[flowKey]bool{}, words: make([]*word, len(u.spelt)), dir: path.Dir("/" + s.name), borrowed: u.borrows(s.name)}
	a.funcs = u.functions()
	a.byName, a.skip, a.names = map[string]int{}, make([]int32, len(a.toks)+1), map[int]bool{}
	for i := range a.funcs {
		f := &a.funcs[i]
		a.skip[f.lo] = int32(f.hi)
		a.names[f.at] = true
		if _, twice := a.byName[f.name]; twice {
			a.byName[f.name] = -1 // not plain which one is meant
		} else {
			a.byName[f.name] = i
		}
	}
	a.reaches = make([][]reach, len(a.funcs))
	a.returns = make([][]origin, len(a.funcs))
	a.called = a.calledHere()
	a.pass(slices.DeleteFunc(a.calleesFirst(), func(i int) bool { return !a.called[i] }))
	a.emit = true
	a.pass(inOrder(len(a.funcs)))
	a.besides()
	return a
}

// pass goes through the text outside functions, then through each function. A
// first pass, callees first, learns what those that the file calls do with their
// parameters however many calls deep; a second, in the order of the file, tells it.
func (a *analysis) pass(order []int) {
	a.globals = map[string]*variable{}
	a.function(-1)
	a.globals = a.env
	for _, i := range order {
		a.function(i)
	}
}

func inOrder(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// calledHere tells of each function whether its name stands anywhere but where it is
// declared: what the others do is asked by nobody in the file.
func (a *analysis) calledHere() []bool {
	called := make([]bool, len(a.funcs))
	for i := range a.toks {
		t := &a.toks[i]
		if t.kind != tokName && t.kind != tokText || a.names[i] {
			continue
		}
		if f, ok := a.byName[string(a.src[t.start:t.end])]; ok && f >= 0 {
			called[f] = true
		}
	}
	return called
}

// calleesFirst orders the functions so that each comes after those it calls,
// where they do not call each other.
func (a *analysis) calleesFirst() []int {
	order := make([]int, 0, len(a.funcs))
	met := make([]bool, len(a.funcs))
	var visit func(i, depth int)
	visit = func(i, depth int) {
		if met[i] || depth > deepestCall {
			return
		}
		met[i] = true
		for t := a.funcs[i].lo; t < min(a.funcs[i].hi, len(a.toks)); t++ {
			if a.toks[t].kind != tokName || !a.is(t+1, "(") && a.lang != ruby {
				continue
			}
			if callee, ok := a.byName[a.text(t)]; ok && callee >= 0 {
				visit(callee, depth+1)
			}
		}
		order = append(order, i)
	}
	for i := range a.funcs {
		visit(i, 0)
	}
	return order
}

// deepestCall bounds the calls that the order goes by.
const deepestCall = 1000

func (a *analysis) function(i int) {
	a.fn, a.outer = i, nil
	a.env = map[string]*variable{}
	lo, hi := 0, len(a.toks)
	if i >= 0 {
		f := &a.funcs[i]
		lo, hi = f.lo, min(f.hi, len(a.toks))
		a.reaches[i] = nil
		maps.Copy(a.env, a.constants())
		for n, p := range f.params {
			o := origin{col: item.Column{Name: p.name, Type: p.typ, Line: p.line}, path: []item.Step{{Line: p.line, Note: p.name}}, param: n}
			a.env[p.name] = &variable{origins: []origin{o}, line: p.line, typ: p.typ, third: a.imports[p.typ]}
		}
	}
	w := &walker{unit: a.unit, skip: a.skip, visit: a.statement, enter: a.enter, leave: a.leave}
	w.walk(lo, hi)
}

// constants are the names of the file that every function sees: clients and
// addresses of third parties.
func (a *analysis) constants() map[string]*variable {
	m := map[string]*variable{}
	for name, v := range a.globals {
		if v.third != "" || v.typ != "" || v.clean {
			m[name] = &variable{third: v.third, typ: v.typ, line: v.line, clean: v.clean}
		}
	}
	return m
}

func (a *analysis) enter() {
	a.outer = append(a.outer, a.env)
	a.env = maps.Clone(a.env)
}

func (a *analysis) leave() {
	a.env = a.outer[len(a.outer)-1]
	a.outer = a.outer[:len(a.outer)-1]
}

// inside is the name of the function at hand.
func (a *analysis) inside() string {
	if a.fn < 0 {
		return ""
	}
	return a.funcs[a.fn].name
}

// statement reads one statement: what it hands on, then what it sets.
func (a *analysis) statement(lo, hi int) {
	a.room = a.room[:0] // no chain is kept for longer than its statement
	for lo < hi && a.toks[lo].kind == tokLine {
		lo++
	}
	if lo >= hi {
		return
	}
	if a.is(lo, "import") || a.is(lo, "package") || a.is(lo, "from") || a.is(lo, "using") && !a.is(lo+1, "(") || a.is(lo, "use") && a.lang == php {
		return
	}
	a.throws(lo, hi)
	a.chains(lo, hi, func(c *chain) { a.call(c) })
	a.comparison(lo, hi)
	a.addresses(lo, hi)
	a.queries(lo, hi)
	a.assign(lo, hi)
	if a.is(lo, "return") && a.fn >= 0 && !(a.emit && a.called[a.fn]) { // once
		for _, o := range a.sources(lo+1, hi) {
			if o.param < 0 && len(a.returns[a.fn]) < 8 {
				a.returns[a.fn] = append(a.returns[a.fn], o)
			}
		}
	}
}

// throws reads what an exception is given.
func (a *analysis) throws(lo, hi int) {
	if !a.is(lo, "throw") && !a.is(lo, "raise") && !(a.is(lo, "panic") && a.lang == golang) {
		return
	}
	for i := lo + 1; i < hi; i++ {
		if a.is(i, "(") {
			a.reach(item.SinkException, "", i, a.sources(i+1, min(a.after(i)-1, hi)), a.text(lo))
			return
		}
	}
	if a.lang == ruby {
		a.reach(item.SinkException, "", lo, a.sources(lo+1, hi), "raise")
	}
}

// reach notes that origins end in a sink at token at.
func (a *analysis) reach(sink item.Sink, third string, at int, from []origin, how string) {
	a.end(item.Flow{Sink: sink, Third: third}, at, from, how)
}

// end notes that origins end at token at, in what f says.
func (a *analysis) end(f item.Flow, at int, from []origin, how string) {
	line := int(a.toks[at].line)
	for i := range from {
		o := &from[i]
		reaches := o.param >= 0 && a.fn >= 0 && len(a.reaches[a.fn]) < 32
		if !reaches && !a.emit {
			continue
		}
		f := f
		f.Source, f.Line, f.Inside = o.col, line, a.inside()
		f.Path = append(append([]item.Step(nil), o.path...), item.Step{Line: line, Note: how})
		if reaches {
			a.reaches[a.fn] = append(a.reaches[a.fn], reach{param: o.param, name: o.col.Name, flow: f})
		}
		a.found(f)
	}
}

// pends notes that parameters end in a sink that counts for passwords alone: their
// callers know whether they are.
func (a *analysis) pends(at int, from []origin, how string) {
	was := a.emit
	a.emit = false
	a.reach(item.SinkPlaintext, "", at, slices.DeleteFunc(from, func(o origin) bool { return o.param < 0 }), how)
	a.emit = was
}

// countsIn tells whether a value of that name counts for a sink.
func (v *vocabulary) countsIn(sink item.Sink, name string) bool {
	return sink != item.SinkPlaintext || v.isSecret(name)
}

// found keeps a flow once.
func (a *analysis) found(f item.Flow) {
	if !a.emit || len(a.flows) >= maxFlows || dull(f.Source.Name) {
		return
	}
	k := flowKey{line: f.Line, sink: f.Sink, name: fold(f.Source.Name), inside: f.Inside, third: f.Third}
	if f.To != nil {
		k.to = f.To.Type + "." + f.To.Name + "." + f.To.Key + strconv.Itoa(f.To.Arg)
	}
	if a.seen[k] {
		return
	}
	a.seen[k] = true
	a.flows = append(a.flows, f)
}

// dullNames are names that say nothing, in any context.
var dullNames = map[string]bool{
	"id": true, "err": true, "error": true, "msg": true, "message": true, "count": true, "size": true, "length": true, "index": true, "key": true, "path": true, "file": true, "url": true, "status": true, "code": true, "type": true, "result": true, "response": true, "request": true, "req": true, "res": true, "args": true, "ctx": true, "context": true, "data": true, "config": true, "options": true, "version": true, "exception": true, "true": true, "false": true, "null": true, "none": true, "nil": true, "class": true, "log": true, "logger": true, "format": true, "json": true, "strings": true, "string": true, "len": true, "line": true, "body": true,
}

// dull tells a name that says nothing, or that counts or tells the state of
// what it names: nb_emails, email_ok.
func dull(name string) bool {
	f := fold(name)
	if len(name) < 2 || dullNames[f] {
		return true
	}
	for _, end := range []string{"_ok", "_count", "_nb", "_total", "Count", "Total", "_length", "Length", "_valid", "_id", "_ids"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	for _, start := range []string{"nb_", "is_", "has_", "count_", "num_of_"} {
		if strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}
