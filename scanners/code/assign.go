package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

var assignments = []string{"=", ":=", "+=", ".=", "||=", "??=", "<<"}

// assign reads `a = b` and what follows from it.
func (a *analysis) assign(lo, hi int) {
	op := a.assignment(lo, hi)
	if op < 0 {
		return
	}
	a.setsMember(lo, op, hi)
	left, right := a.split(lo, op), a.split(op+1, hi)
	if a.toks[lo].kind == tokName && (a.is(lo, "const") || a.is(lo, "let") || a.is(lo, "var") || a.is(lo, "val")) {
		lo++
		left = a.split(lo, op)
	}
	if a.kind(lo) == tokOpen && lo < op { // const { email } = req.body
		a.destructure(lo, op+1, hi)
		return
	}
	if len(left) > 1 && len(left) == len(right) {
		for i := range left {
			a.set(left[i][0], left[i][1], right[i][0], right[i][1])
		}
		return
	}
	for i := range left {
		a.set(left[i][0], left[i][1], op+1, hi)
	}
}

// assignment returns the operator that sets something, or -1.
func (a *analysis) assignment(lo, hi int) int {
	for i := lo; i < hi; i++ {
		switch a.toks[i].kind {
		case tokOpen:
			i = a.after(i) - 1
		case tokOp:
			for _, op := range assignments {
				if a.is(i, op) && (op != "<<" || a.lang == ruby) {
					return i
				}
			}
		case tokName, tokText, tokNumber, tokClose, tokLine:
		}
	}
	return -1
}

// set gives the name in [lo, hi) what is in [from, to).
func (a *analysis) set(lo, hi, from, to int) {
	name, typ := "", ""
	colon := false
	for i := lo; i < hi; i++ {
		switch {
		case a.isMember(i), a.is(i, "["):
			return // a member of something
		case a.is(i, "<"):
			if j := a.closeAngle(i, hi); j > 0 {
				i = j
			}
		case a.is(i, ":"):
			colon = true
		case a.toks[i].kind == tokName && colon:
			typ = a.text(i)
		case a.toks[i].kind == tokName:
			if name != "" && !a.notValue(name) {
				typ = name
			}
			name = a.text(i)
		}
	}
	if name == "" || a.notValue(name) {
		return
	}
	v := &variable{origins: a.sources(from, to), line: int(a.toks[lo].line), typ: typ}
	v.clean = len(v.origins) == 0 && a.harmless(from, to)
	v.third = a.thirdOf(from, to)
	v.weak = a.weakMark(from, to)
	if typ == "" {
		v.typ = a.constructed(from, to)
	}
	if v.typ == "" && a.makesLogger(from, to) {
		v.typ = "logger" // whatever it is called: journal = logging.getLogger("paie")
	}
	v.statement = a.statementIn(from, to)
	if len(v.origins) > 8 {
		v.origins = v.origins[:8]
	}
	a.env[name] = v
	if a.fn < 0 && a.globals != nil {
		a.globals[name] = v
	}
}

// harmless tells whether [lo, hi) holds nothing of a person: literals, or the
// result of a sanitizer.
func (a *analysis) harmless(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if a.toks[i].kind != tokName || a.isMember(i-1) && i > lo {
			continue
		}
		if a.notValue(a.text(i)) {
			continue
		}
		c := a.chain(i, hi)
		for j := range c.parts {
			if a.word(&c.parts[j]).any(isSanitizer) {
				return true
			}
		}
		return false
	}
	return true
}

// loggerMakers are functions that return a logger, folded.
var loggerMakers = compile([]string{"get_logger", "create_logger", "new_logger", "get_child_logger", "logger_factory"})

// makesLogger tells whether the value in [lo, hi) is a logger.
func (a *analysis) makesLogger(lo, hi int) bool {
	for lo < hi && (a.is(lo, "await") || a.is(lo, "new")) {
		lo++
	}
	if lo >= hi || a.kind(lo) != tokName {
		return false
	}
	c := a.chain(lo, hi)
	last := &c.parts[len(c.parts)-1]
	return last.call && a.word(last).any(isLoggerMaker)
}

// constructed returns the class of `new User(…)` and `User(…)`.
func (a *analysis) constructed(lo, hi int) string {
	for lo < hi && (a.is(lo, "new") || a.is(lo, "await") || a.is(lo, "&")) {
		lo++
	}
	if lo+1 >= hi || a.kind(lo) != tokName || !a.is(lo+1, "(") && !a.is(lo+1, "{") {
		return ""
	}
	name := a.text(lo)
	name = name[strings.LastIndexByte(name, '\\')+1:]
	if name == "" || name[0] < 'A' || name[0] > 'Z' {
		return ""
	}
	return name
}

// destructure reads `{ email, password: secret } = value`.
func (a *analysis) destructure(open, from, to int) {
	for _, r := range a.split(open+1, a.after(open)-1) {
		for r[0] < r[1] && a.toks[r[0]].kind != tokName {
			r[0]++
		}
		if r[0] >= r[1] {
			continue
		}
		source := part{name: a.text(r[0]), at: r[0]}
		name := source.name
		if a.is(r[0]+1, ":") && a.kind(r[0]+2) == tokName {
			name = a.text(r[0] + 2)
		}
		if a.asks(from, to) {
			a.input(source.name)
		}
		a.env[name] = &variable{origins: a.own(source, ""), line: int(a.toks[r[0]].line), third: a.thirdOf(from, to)}
	}
}

// setsMember reads `document.cookie = x`, `localStorage.x = y`, `cookies[:x] = y`
// and `user.password = x`.
func (a *analysis) setsMember(lo, op, hi int) {
	for lo < op && (a.toks[lo].kind != tokName) {
		lo++
	}
	if lo >= op {
		return
	}
	c := a.chain(lo, op)
	if len(c.parts) < 2 || c.hi != op {
		return
	}
	for _, p := range c.parts[:len(c.parts)-1] {
		switch fold(p.name) {
		case "localstorage", "sessionstorage":
			a.reach(item.SinkStorage, "", lo, a.keyedBy(c.parts[len(c.parts)-1].name, op+1, hi), p.name)
			return
		case "cookies":
			a.reach(item.SinkCookie, "", lo, a.keyedBy(c.parts[len(c.parts)-1].name, op+1, hi), p.name)
			return
		}
	}
	last := c.parts[len(c.parts)-1]
	if fold(last.name) == "cookie" && fold(c.parts[0].name) == "document" {
		a.reach(item.SinkCookie, "", lo, a.sources(op+1, hi), "document.cookie")
	}
	a.setsPassword(&c, last, op, hi)
}

// keyedBy lists the sources of [lo, hi) with the key they are kept under.
func (a *analysis) keyedBy(key string, lo, hi int) []origin {
	from := a.sources(lo, hi)
	if len(from) > 0 && key != "" {
		from = a.named(key, from)
	}
	return from
}
