package document

import (
	"bytes"

	"github.com/ecart-rgpd/ecart/item"
)

// A jsonGrid tells the key path of a value by the marks the reader left, and
// finds its ends only when asked.
type jsonGrid struct {
	keys     *keys
	text     []byte
	marks    marks
	inString bool // the block starts inside a string
	at, line int  // a place whose line is known
	seen     int  // mark of the last question
	pos      int  // and where its search stood
	asked    int  // mark of the last answer
	gap, end int  // a stretch between two tokens, of those last searched through
	uncount  bool // cells tell the place of their line, not its number
}

// start begins the marks of a block.
func (g *jsonGrid) start(r *jsonReader, text []byte, from int) {
	g.keys, g.text, g.inString = r.keys, text, r.inside != 0
	g.marks = append(g.marks[:0], mark{int32(from), r.place})
}

func (g *jsonGrid) mark(at int, place int32) {
	g.marks = append(g.marks, mark{int32(at), place})
}

// show turns to the questions on the block.
func (g *jsonGrid) show(w *window) {
	g.at, g.line, g.seen, g.asked, g.uncount, g.gap, g.end = 0, w.line, -1, 0, false, 0, 0
}

// LeaveLines makes the Line of cells -1-offset, for the line of that offset of the
// text: who asks for many cells and for few lines counts those.
func (g *jsonGrid) LeaveLines() { g.uncount = true }

// Cell finds the string, number or word that holds offset. A value used as a key
// counts for the place that holds the keys.
func (g *jsonGrid) Cell(offset int) (item.Cell, bool) {
	m := g.markOf(offset)
	if m < 0 || offset >= len(g.text) || offset >= g.gap && offset < g.end {
		return item.Cell{}, false
	}
	i := int(g.marks[m].at)
	if g.seen == m && g.pos <= offset {
		i = g.pos
	}
	limit := g.limit(m)
	for i <= offset {
		start, end, next := g.token(i, limit)
		if start > offset || next <= i {
			g.gap, g.end = offset, start // thousands of brackets are not passed over again for each
			return item.Cell{}, false
		}
		g.seen, g.pos = m, i
		if offset < next {
			return item.Cell{Column: g.place(m, next), Start: start, End: end, Line: g.lineOf(start)}, true
		}
		i = next
	}
	return item.Cell{}, false
}

// markOf finds the mark that rules offset, near the last answer first: questions
// come mostly in order.
func (g *jsonGrid) markOf(offset int) int {
	m := g.asked
	if m >= len(g.marks) || int(g.marks[m].at) > offset {
		m = g.marks.find(offset)
	}
	for end := m + 8; m >= 0 && m+1 < len(g.marks) && int(g.marks[m+1].at) <= offset; m++ {
		if m == end {
			m = g.marks.find(offset)
			break
		}
	}
	g.asked = max(m, 0)
	return m
}

// Walk calls yield for every value of the places wanted.
func (g *jsonGrid) Walk(wanted []bool, yield func(item.Cell) bool) {
	for m := range g.marks {
		column := int(g.marks[m].place)
		if column < 0 || column >= len(wanted) || !wanted[column] {
			continue
		}
		end := g.limit(m)
		for i := int(g.marks[m].at); i < end; {
			start, stop, next := g.token(i, end)
			if next <= i || start >= end || g.isKey(next) {
				break
			}
			if !yield(item.Cell{Column: column, Start: start, End: stop, Line: g.lineOf(start)}) {
				return
			}
			i = next
		}
	}
}

// token returns the content of the first string, number or word from i up to
// limit, and what is behind it. Without one, next is i.
func (g *jsonGrid) token(i, limit int) (start, end, next int) {
	text := g.text[:limit]
	if g.inString && i == int(g.marks[0].at) {
		if end = stringEnd(text, i); end < 0 {
			return i, limit, limit
		}
		return i, end, end + 1
	}
	for i < limit && between[text[i]] {
		i++
	}
	if i >= limit {
		return i, i, i
	}
	if text[i] == '"' {
		if end = stringEnd(text, i+1); end < 0 {
			return i + 1, limit, limit
		}
		return i + 1, end, end + 1
	}
	for start, end = i, i; end < limit && !between[text[end]] && text[end] != '"'; {
		end++
	}
	return start, end, end
}

// limit returns where the stretch of mark m ends: no token goes beyond it.
func (g *jsonGrid) limit(m int) int {
	if m+1 < len(g.marks) {
		return int(g.marks[m+1].at)
	}
	return len(g.text)
}

// place returns the column of the token under mark m that ends before next.
func (g *jsonGrid) place(m, next int) int {
	if m+1 < len(g.marks) && g.isKey(next) {
		return int(g.keys.parent[g.marks[m+1].place])
	}
	return int(g.marks[m].place)
}

// isKey tells whether the token that ends before next is a key.
func (g *jsonGrid) isKey(next int) bool {
	for next < len(g.text) && jsonSpace(g.text[next]) {
		next++
	}
	return next < len(g.text) && g.text[next] == ':'
}

// lineOf counts lines from the last place it was asked of.
func (g *jsonGrid) lineOf(offset int) int {
	if g.uncount {
		return -1 - offset
	}
	if offset >= g.at {
		g.line += bytes.Count(g.text[g.at:offset], newline)
	} else {
		g.line -= bytes.Count(g.text[offset:g.at], newline)
	}
	g.at = offset
	return g.line
}

// between are the bytes between two tokens.
var between = func() (t [256]bool) {
	for _, c := range []byte(" \t\r\n,:[]{}") {
		t[c] = true
	}
	return t
}()
