package code

// A function is a named one; what has no name belongs to what is around it.
type function struct {
	name   string
	at     int // token of its name; -1 for the text outside all functions
	params []param
	lo, hi int // tokens of its body
	line   int
}

// notFunctions are words that come before parentheses and a block.
var notFunctions = map[string]bool{
	"if": true, "for": true, "while": true, "switch": true, "catch": true, "using": true, "lock": true, "foreach": true, "elseif": true, "when": true,
	"synchronized": true, "with": true, "match": true, "fixed": true, "return": true, "function": true, "fn": true, "func": true, "new": true, "super": true, "this": true, "await": true, "and": true, "or": true, "not": true, "in": true, "unless": true, "until": true,
}

// functions finds the named functions, in order of their names.
func (u *unit) functions() []function {
	var all []function
	for i := range u.toks {
		if u.toks[i].kind != tokName {
			continue
		}
		var f function
		var ok bool
		switch u.lang.shape {
		case curly:
			f, ok = u.curlyFunction(i)
		case indented, ended:
			if u.text(i) == "def" {
				f, ok = u.defFunction(i)
			}
		}
		if ok {
			f.line = int(u.toks[f.at].line)
			all = append(all, f)
		}
	}
	return all
}

// curlyFunction reads a function whose name is token i.
func (u *unit) curlyFunction(i int) (function, bool) {
	name := u.text(i)
	if notFunctions[name] || i > 0 && (u.isMember(i-1) && !u.is(i-1, "::") || u.is(i-1, "new")) && u.lang != kotlin && !u.exported(i) {
		return function{}, false
	}
	open := i + 1
	if u.is(open, "[") && u.lang == golang { // type parameters
		open = u.after(open)
	}
	if u.is(open, "<") {
		if j := u.closeAngle(open, len(u.toks)); j > 0 {
			open = j + 1
		}
	}
	if u.lang == script && (u.is(i+1, "=") || u.is(i+1, ":")) {
		open = u.assignedFunction(i + 2)
	}
	if open <= 0 || !u.is(open, "(") {
		return function{}, false
	}
	if !u.declares(i, open) {
		return function{}, false
	}
	lo, hi := u.curlyBody(u.after(open), open != i+1)
	if hi == 0 {
		return function{}, false
	}
	return function{name: name, at: i, params: u.params(open+1, u.after(open)-1), lo: lo, hi: hi}, true
}

// exported tells `exports.name =` of Node.
func (u *unit) exported(i int) bool {
	return u.lang == script && u.is(i-2, "exports") && u.is(i-1, ".") && u.is(i+1, "=")
}

// assignedFunction returns the parenthesis of `= async (a) =>` or `= function (`.
func (u *unit) assignedFunction(i int) int {
	if u.is(i, "async") {
		i++
	}
	if u.is(i, "function") {
		i++
		if u.kind(i) == tokName {
			i++
		}
		return i
	}
	if u.is(i, "(") {
		end := u.after(i)
		for n := 0; n < 12 && end < len(u.toks); n++ {
			if u.is(end, "=>") {
				return i
			}
			if k := u.toks[end].kind; k != tokName && k != tokOp || u.is(end, ";") || u.is(end, ",") {
				break
			}
			end++
		}
	}
	return -1
}

// declares tells whether the name at i, with its parentheses at open, is being
// declared rather than called.
func (u *unit) declares(i, open int) bool {
	if open != i+1 && u.lang == script && !u.is(i+1, "<") {
		return true
	}
	for _, word := range u.lang.functions {
		if u.is(i-1, word) || u.is(i-2, word) && (u.is(i-1, "&") || u.is(i-1, "*")) {
			return true
		}
		if u.lang == golang && u.kind(i-1) == tokClose && u.is(int(u.toks[i-1].pair)-1, word) { // a receiver
			return true
		}
		if u.lang == kotlin && u.is(i-1, ".") && u.is(i-3, word) { // an extension
			return true
		}
	}
	if u.lang == script {
		k := u.kind(i - 1)
		return i == 0 || k == tokLine || u.toks[i-1].block || k == tokName && !u.is(i-1, "return") || u.is(i-1, ",") || u.is(i-1, ";") || u.is(i-1, "{") || u.is(i-1, "*")
	}
	k := u.kind(i - 1)
	return (u.lang == java || u.lang == csharp) && (k == tokName && !u.is(i-1, "return") && !u.is(i-1, "else") || u.is(i-1, ">") || u.is(i-1, "]") || u.is(i-1, "?") || u.toks[max(i-1, 0)].block || u.is(i-1, ";"))
}

// curlyBody finds the block after the parameters that end before i.
func (u *unit) curlyBody(i int, assigned bool) (lo, hi int) {
	for n := 0; n < 40 && i < len(u.toks); n++ {
		t := u.toks[i]
		switch {
		case t.block && t.kind == tokOpen:
			return i + 1, max(int(t.pair), i+1)
		case u.is(i, "=>") || u.is(i, "=") && u.lang == kotlin:
			if u.kind(i+1) == tokOpen && u.toks[i+1].block {
				return i + 2, max(int(u.toks[i+1].pair), i+2)
			}
			return i + 1, u.expressionEnd(i + 1)
		case u.is(i, ";") || t.kind == tokClose || u.is(i, "=") || u.is(i, ",") && u.lang != java && u.lang != golang || u.isMember(i) && u.lang != java && u.lang != csharp && u.lang != golang && u.lang != kotlin && u.lang != script:
			return 0, 0
		case t.kind == tokLine && (u.lang == golang || u.lang == kotlin || u.lang == script && !assigned && u.kind(i+1) != tokOpen):
			return 0, 0
		case t.kind == tokOpen:
			i = u.after(i)
			continue
		case t.kind == tokText:
			return 0, 0
		}
		i++
	}
	return 0, 0
}

// expressionEnd returns the end of the expression that starts at i.
func (u *unit) expressionEnd(i int) int {
	for i < len(u.toks) {
		t := u.toks[i]
		switch {
		case t.kind == tokOpen:
			i = u.after(i)
			continue
		case t.kind == tokClose || u.is(i, ";") || u.is(i, ","):
			return i
		case t.kind == tokLine && !u.continues(i):
			return i
		}
		i++
	}
	return len(u.toks)
}

// continues tells whether the statement goes on after the line break at i.
func (u *unit) continues(i int) bool {
	next := i + 1
	for next < len(u.toks) && u.toks[next].kind == tokLine {
		next++
	}
	if u.isMember(next) && !u.is(next, "::") {
		return true
	}
	if i == 0 || u.lang == python {
		return false
	}
	prev := i - 1
	if k := u.toks[prev].kind; k == tokOp && !u.is(prev, "++") && !u.is(prev, "--") && !u.is(prev, ";") && !u.is(prev, "!") && !u.is(prev, "?") {
		return true
	}
	switch {
	case u.is(next, "&&"), u.is(next, "||"), u.is(next, "??"), u.is(next, "?:"), u.is(next, "+") && u.lang != golang, u.is(next, "=>"), u.is(next, "?") && u.lang == script:
		return true
	}
	return false
}

func (u *unit) isMember(i int) bool {
	return i >= 0 && i < len(u.toks) && u.toks[i].member
}

// defFunction reads `def name(params)` of Python and Ruby.
func (u *unit) defFunction(i int) (function, bool) {
	name := i + 1
	for u.kind(name) == tokName && u.isMember(name+1) {
		name += 2
	}
	if u.kind(name) != tokName {
		return function{}, false
	}
	f := function{name: u.text(name), at: name}
	from := name + 1
	if u.is(from, "(") {
		f.params = u.params(from+1, u.after(from)-1)
		from = u.after(from)
	} else if u.lang == ruby {
		end := from
		for end < len(u.toks) && u.toks[end].kind != tokLine && !u.is(end, ";") {
			end++
		}
		f.params = u.params(from, end)
		from = end
	}
	f.lo, f.hi = from, u.blockEnd(i, from)
	return f, true
}

// blockEnd returns the end of the block of the statement at i, whose body
// starts at or after from: the first line not deeper than it.
func (u *unit) blockEnd(i, from int) int {
	depth := u.column(i)
	if p := i; !u.startsLine(p) { // async def, private def
		for p > 0 && !u.startsLine(p) {
			p--
		}
		depth = u.column(p)
	}
	line := u.toks[i].line
	for j := from; j < len(u.toks); j++ {
		t := u.toks[j]
		if t.kind == tokOpen {
			j = u.after(j) - 1
			continue
		}
		if t.kind == tokLine || t.line == line || !u.startsLine(j) {
			continue
		}
		if u.column(j) <= depth {
			return j
		}
	}
	return len(u.toks)
}
