package code

// match joins brackets. A closer without its opener is passed over; an opener
// without its closer is closed by the bracket around it.
func (u *unit) match() {
	var open []int
	for i := range u.toks {
		t := &u.toks[i]
		switch t.kind {
		case tokOpen:
			open = append(open, i)
		case tokClose:
			j := len(open) - 1
			for j >= 0 && !u.closes(open[j], i) {
				j--
			}
			if j < 0 || t.value && j != len(open)-1 && len(open)-j > 8 {
				u.broken = true
				continue
			}
			if j != len(open)-1 {
				u.broken = true
			}
			for _, left := range open[j:] {
				u.toks[left].pair = int32(i)
			}
			t.pair = int32(open[j])
			open = open[:j]
		case tokName, tokText, tokNumber, tokOp, tokLine:
		}
	}
	for _, left := range open {
		u.broken = true
		u.toks[left].pair = int32(len(u.toks))
	}
}

func (u *unit) closes(open, at int) bool {
	a, b := u.toks[open], u.toks[at]
	if a.value || b.value {
		return a.value && b.value
	}
	switch u.src[b.start] {
	case ')':
		return u.src[a.start] == '('
	case ']':
		return u.src[a.start] == '['
	}
	return u.src[a.start] == '{'
}

// beforeLiteral are the words after which a brace opens a literal.
var beforeLiteral = map[string]bool{
	"return": true, "yield": true, "default": true, "await": true, "in": true, "of": true, "case": true, "throw": true, "raise": true, "from": true, "import": true, "const": true, "let": true, "var": true,
}

// markBlocks tells braces around statements from braces around literals.
func (u *unit) markBlocks() {
	if u.lang == python {
		return
	}
	for i := range u.toks {
		t := &u.toks[i]
		if t.kind == tokOpen && !t.value && u.src[t.start] == '{' && u.opensBlock(i) {
			t.block = true
			if p := int(t.pair); p < len(u.toks) && p >= 0 {
				u.toks[p].block = true
			}
		}
	}
}

func (u *unit) opensBlock(i int) bool {
	prev := i - 1
	for prev >= 0 && u.toks[prev].kind == tokLine {
		prev--
	}
	if prev < 0 {
		return true
	}
	p := u.toks[prev]
	switch p.kind {
	case tokOpen:
		return p.block
	case tokClose:
		if u.lang == golang || u.lang == csharp && u.afterNew(prev) {
			return u.lang == golang && u.src[u.toks[i].start-1] == ' '
		}
		return true
	case tokName:
		if u.lang == golang {
			return u.src[u.toks[i].start-1] == ' ' && !beforeLiteral[u.text(prev)]
		}
		return !beforeLiteral[u.text(prev)] && !(u.lang == csharp && u.afterNew(prev))
	case tokOp:
		s := u.text(prev)
		return s == "=>" && u.lang != php || s == "->" || s == ";" || s == ">" || s == "?" && u.lang == kotlin || s == "|" && u.lang == ruby
	case tokText, tokNumber, tokLine:
	}
	return false
}

// afterNew tells whether the type that ends at i comes after `new`.
func (u *unit) afterNew(i int) bool {
	if u.toks[i].kind == tokClose {
		i = int(u.toks[i].pair) - 1
	}
	for n := 0; i >= 0 && n < 12; n++ {
		if u.is(i, "new") {
			return true
		}
		if k := u.toks[i].kind; k != tokName && !u.is(i, ".") && !u.is(i, "<") && !u.is(i, ">") && !u.is(i, ",") {
			return false
		}
		i--
	}
	return false
}

// after returns the token after the bracket that opens at i.
func (u *unit) after(i int) int {
	if p := u.toks[i].pair; p >= 0 {
		return min(int(p)+1, len(u.toks))
	}
	return i + 1
}

// column is the distance of a token from the start of its line.
func (u *unit) column(i int) int {
	n, at := 0, int(u.toks[i].start)
	for at-n-1 >= 0 && u.src[at-n-1] != '\n' {
		n++
	}
	return n
}

// startsLine tells whether only space stands before token i on its line.
func (u *unit) startsLine(i int) bool {
	return i == 0 || u.toks[i-1].kind == tokLine || u.toks[i-1].line != u.toks[i].line
}

// split cuts [lo, hi) at the commas of its own level.
func (u *unit) split(lo, hi int) [][2]int {
	var all [][2]int
	from := lo
	for i := lo; i < hi; i++ {
		if u.toks[i].kind == tokOpen {
			i = min(u.after(i), hi) - 1
			continue
		}
		if u.is(i, "<") { // generics: Map<String, User> x
			if j := u.closeAngle(i, hi); j > 0 {
				i = j
			}
			continue
		}
		if u.is(i, ",") {
			all = append(all, [2]int{from, i})
			from = i + 1
		}
	}
	if from < hi {
		all = append(all, [2]int{from, hi})
	}
	return all
}

// closeAngle returns the '>' of the type arguments that open at i, or 0.
func (u *unit) closeAngle(i, hi int) int {
	depth := 0
	for j := i; j < hi && j < i+40; j++ {
		switch {
		case u.is(j, "<"):
			depth++
		case u.is(j, ">"):
			if depth--; depth == 0 {
				return j
			}
		case u.is(j, ">>"):
			if depth -= 2; depth <= 0 {
				return j
			}
		case u.toks[j].kind == tokName, u.is(j, ","), u.is(j, "."), u.is(j, "?"), u.is(j, "["), u.is(j, "]"), u.is(j, "|"), u.is(j, "&"), u.toks[j].kind == tokLine:
		default:
			return 0
		}
	}
	return 0
}
