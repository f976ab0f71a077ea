package code

// A walker goes through the statements of a function in order.
type walker struct {
	*unit
	// skip is, by token, the end of the body of a named function that starts
	// there, or 0: it is gone through on its own.
	skip []int32
	// visit is given each statement, and the blocks within it are gone through
	// after it: enter and leave stand around those of functions without a name.
	visit        func(lo, hi int)
	enter, leave func()
}

// walk goes through [lo, hi).
func (w *walker) walk(lo, hi int) {
	from := lo
	var inner []int
	flush := func(end int) {
		if from < end {
			w.visit(from, end)
		}
		for _, b := range inner {
			w.block(b)
		}
		inner = inner[:0]
	}
	for i := lo; i < hi; i++ {
		if end := int(w.skip[i]); end > i && i != lo {
			flush(i)
			i = end - 1
			from = end
			continue
		}
		t := w.toks[i]
		switch {
		case t.kind == tokOpen && t.block:
			if w.literalFollows(from, i) { // the block is part of a larger expression
				inner = append(inner, i)
				i = w.after(i) - 1
				continue
			}
			inner = append(inner, i)
			flush(i)
			i = w.after(i) - 1
			from = i + 1
		case t.kind == tokOpen:
			end := min(w.after(i), hi)
			inner = append(inner, w.blocksIn(i+1, end-1)...)
			i = end - 1
		case w.is(i, ";") || t.kind == tokClose || t.kind == tokOp && t.start == t.end || t.kind == tokLine && !w.continues(i):
			flush(i)
			from = i + 1
		}
	}
	flush(hi)
}

// literalFollows tells whether after the block at i the statement goes on:
// `const x = list.map { … }.first()` in Kotlin.
func (w *walker) literalFollows(from, i int) bool {
	next := w.after(i)
	return from < i && next < len(w.toks) && w.isMember(next)
}

// blocksIn lists the blocks within brackets, outermost only.
func (w *walker) blocksIn(lo, hi int) []int {
	var all []int
	for i := lo; i < hi; i++ {
		t := w.toks[i]
		if end := int(w.skip[i]); end > i {
			i = end - 1
			continue
		}
		if t.kind == tokOpen && t.block {
			all = append(all, i)
			i = w.after(i) - 1
		}
	}
	return all
}

func (w *walker) block(open int) {
	if w.skip[open+1] > 0 {
		return
	}
	lo, hi := open+1, min(w.after(open)-1, len(w.toks))
	closure := open > 0 && (w.is(open-1, "=>") || w.is(open-1, "->")) || w.functionWord(open)
	if closure {
		w.enter()
	}
	w.walk(lo, hi)
	if closure {
		w.leave()
	}
}

// functionWord tells whether the block at open is that of a function without a
// name: function (a) {
func (w *walker) functionWord(open int) bool {
	if open == 0 || w.toks[open-1].kind != tokClose {
		return false
	}
	p := int(w.toks[open-1].pair) - 1
	for _, word := range w.lang.functions {
		if w.is(p, word) {
			return true
		}
	}
	return w.is(p, "async")
}
