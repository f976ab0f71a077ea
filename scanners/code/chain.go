package code

import "slices"

// A chain is names joined by members, calls and indexes: $a->getB()['c'].
type chain struct {
	parts  []part
	lo, hi int // tokens
}

// A part is one name of a chain.
type part struct {
	name   string // "" for an index that is no text
	at     int    // token of the name
	index  bool   // ['name']
	call   bool
	lo, hi int // arguments
}

// chain reads the chain that starts at token i, a name, or a text with a member
// after it.
func (u *unit) chain(i, hi int) chain {
	const room, most = 256, 8 // for many chains, and for nearly all
	if cap(u.room)-len(u.room) < most {
		u.room = make([]part, 0, room)
	}
	from := len(u.room)
	c := u.readChain(i, hi, u.room[from:])
	if n := len(c.parts); n <= cap(u.room)-from {
		u.room = u.room[:from+n]
	}
	c.parts = slices.Clip(c.parts)
	return c
}

// readChain is chain, with its parts in room.
func (u *unit) readChain(i, hi int, room []part) chain {
	c := chain{lo: i, parts: append(room, part{name: u.text(i), at: i})}
	j := i + 1
	for j < hi {
		k := j
		if u.toks[k].kind == tokLine { // a member on the next line
			for k < hi && u.toks[k].kind == tokLine {
				k++
			}
			if k >= hi || !u.isMember(k) {
				break
			}
		}
		switch {
		case u.isMember(k) && k+1 < hi && u.toks[k+1].kind == tokName:
			c.parts = append(c.parts, part{name: u.text(k + 1), at: k + 1})
			j = k + 2
		case u.is(k, "?.") && k+1 < hi && u.toks[k+1].kind == tokOpen:
			j = k + 1
		case u.is(k, "!") && k+1 < hi && (u.isMember(k+1) || u.is(k+1, "[")) && u.lang == script:
			j = k + 1
		case u.is(k, "!!") && u.lang == kotlin:
			j = k + 1
		case u.is(k, "(") && k == j:
			end := min(u.after(k), hi)
			last := &c.parts[len(c.parts)-1]
			if last.call {
				c.parts = append(c.parts, part{at: k, call: true, lo: k + 1, hi: max(end-1, k+1)})
			} else {
				last.call, last.lo, last.hi = true, k+1, max(end-1, k+1)
			}
			j = end
		case u.is(k, "[") && k == j && !(u.lang == csharp && k+1 < hi && u.is(k+1, "]")):
			end := min(u.after(k), hi)
			p := part{at: k, index: true}
			if end-k == 3 && u.toks[k+1].kind == tokText {
				p.name, p.at = u.text(k+1), k+1
			}
			c.parts = append(c.parts, p)
			j = end
		case u.is(k, "<") && u.genericCall(k, hi) > 0:
			j = u.genericCall(k, hi)
		default:
			c.hi = j
			return c
		}
	}
	c.hi = min(j, hi)
	return c
}

// genericCall returns the parenthesis after the type arguments at i, or 0.
func (u *unit) genericCall(i, hi int) int {
	if u.lang == python || u.lang == ruby || u.lang == php || u.lang == golang {
		return 0
	}
	if j := u.closeAngle(i, hi); j > 0 && u.is(j+1, "(") {
		return j + 1
	}
	return 0
}

// calls lists the chains with a call in [lo, hi), outermost first, blocks of
// statements left out.
func (u *unit) chains(lo, hi int, visit func(*chain)) {
	for i := lo; i < hi; i++ {
		t := u.toks[i]
		if t.kind == tokOpen && t.block {
			i = u.after(i) - 1
			continue
		}
		if t.kind != tokName || u.isMember(i-1) && i > lo {
			continue
		}
		c := u.chain(i, hi)
		visit(&c)
		for _, p := range c.parts {
			if p.call {
				u.chains(p.lo, p.hi, visit)
			} else if p.index && p.name == "" && p.at+1 < hi {
				u.chains(p.at+1, min(u.after(p.at)-1, hi), visit)
			}
		}
		i = max(i, c.hi-1)
	}
}
