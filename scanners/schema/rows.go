package schema

import (
	"bytes"
	"math"
	"sort"

	"github.com/ecart-rgpd/ecart/item"
)

// A tuple reads the values in parentheses of an INSERT, across windows.
type tuple struct {
	dialect dialect
	depth   int
	quote   byte // inside a string
	back    bool // whose backslashes escape
	from    int  // where the string starts
	resume  int  // set with lost: where a statement begins
}

// lost is what scan returns when a string swallowed statements: its quote is
// missing.
const lost = -2

// scan reads on from i and returns the offset after the closing parenthesis, or
// -1 when b ends before it; then it goes on with the bytes that follow.
func (t *tuple) scan(b []byte, i int) int {
	t.from = i
	for i < len(b) {
		if t.quote != 0 {
			n := bytes.IndexByte(b[i:], t.quote)
			if n < 0 {
				return -1
			}
			i += n + 1
			if t.back && escaped(b, t.from, i-1) {
				continue
			}
			t.quote = 0
			if t.resume = swallowed(b, t.from, i); t.resume > 0 {
				return lost
			}
			continue
		}
		switch c := b[i]; c {
		case '\'', '"', '`':
			t.quote = c
			t.back = c != '`' && (t.dialect.backslash() || c == '\'' && t.dialect != tsql && t.dialect != oracle && escapeString(b, i))
			t.from = i + 1
		case '(':
			t.depth++
		case ')':
			if t.depth--; t.depth == 0 {
				return i + 1
			}
		case '-', '/', '$':
			if next := skip(b, i, t.dialect); next > i {
				i = next
				continue
			}
		}
		i++
	}
	return -1
}

// swallowed tells where within a string a statement begins, when the string
// cannot be one: no letter follows a closing quote. 0 means all is well.
func swallowed(b []byte, from, to int) int {
	if to >= len(b) || !isNameByte(b[to]) {
		return 0
	}
	for i := from; ; {
		n := bytes.IndexByte(b[i:to], '\n')
		if n < 0 {
			return 0
		}
		if i += n + 1; starts(b, i) {
			return i
		}
	}
}

// A rowGrid tells which value of an INSERT an offset is in. Rows are cut into
// cells when something was found in them, not before.
type rowGrid struct {
	text    []byte
	rows    []int32 // offsets of the opening parentheses
	line    int     // of text[0]
	columns int
	dialect dialect

	row     int // whose cells are in cells; -1 for none
	cells   []item.Cell
	counter lineCounter
}

// Cell implements item.Grid.
func (g *rowGrid) Cell(offset int) (item.Cell, bool) {
	row := sort.Search(len(g.rows), func(i int) bool { return int(g.rows[i]) > offset }) - 1
	if row < 0 {
		return item.Cell{}, false
	}
	if row != g.row {
		g.cells = g.cut(g.cells[:0], int(g.rows[row]))
		g.row = row
	}
	c, ok := item.Cells(g.cells).Cell(offset)
	if !ok {
		return item.Cell{}, false
	}
	return g.placed(c), true
}

// placed gives a cell its line. A row longer than its table puts what is too
// much in the last column: a value must not be lost for it.
func (g *rowGrid) placed(c item.Cell) item.Cell {
	c.Column = min(c.Column, g.columns-1)
	c.Line = g.line + g.counter.newlines(g.text, c.Start)
	return c
}

// Rows returns the number of rows.
func (g *rowGrid) Rows() int { return len(g.rows) }

// Column yields the cells of one column.
func (g *rowGrid) Column(column int, yield func(item.Cell) bool) {
	var cells []item.Cell
	for _, at := range g.rows {
		cells = g.cutTo(cells[:0], int(at), column)
		if column < len(cells) && !yield(g.placed(cells[column])) {
			return
		}
	}
}

// cut appends the cells of the row that opens at i.
func (g *rowGrid) cut(cells []item.Cell, i int) []item.Cell {
	return g.cutTo(cells, i, math.MaxInt)
}

// cutTo appends the cells of a row up to that of a column.
func (g *rowGrid) cutTo(cells []item.Cell, i, last int) []item.Cell {
	b := g.text
	start, depth, column := i+1, 0, 0
	for i < len(b) {
		switch b[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return append(cells, g.value(column, start, i))
			}
		case ',':
			if depth == 1 {
				cells = append(cells, g.value(column, start, i))
				if column == last {
					return cells
				}
				column, start = column+1, i+1
			}
		case '\'', '"', '`', '-', '/', '$':
			if next := skip(b, i, g.dialect); next > i {
				i = next
				continue
			}
			return cells
		}
		i++
	}
	return cells
}

// value returns the cell between two commas: what stands in its first quotes,
// whatever function or cast is around them, else what stands between blanks.
func (g *rowGrid) value(column, start, end int) item.Cell {
	b := g.text
	for i := start; i < end; i++ {
		if b[i] == '\'' || b[i] == '"' && g.dialect == mysql {
			if stop := g.closing(i, end); stop > i {
				return item.Cell{Column: column, Start: i + 1, End: stop}
			}
		}
	}
	for start < end && isBlank(b[start]) {
		start++
	}
	for end > start && isBlank(b[end-1]) {
		end--
	}
	if bytes.EqualFold(b[start:end], []byte("NULL")) {
		end = start
	}
	return item.Cell{Column: column, Start: start, End: end}
}

// closing returns the offset of the quote that shuts the string at i: a doubled
// one is part of it.
func (g *rowGrid) closing(i, end int) int {
	for at := i; ; {
		next := skip(g.text[:end], at, g.dialect)
		if next < 0 || next > end {
			return -1
		}
		if next < end && g.text[next] == g.text[i] {
			at = next
			continue
		}
		return next - 1
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// A lineCounter counts newlines up to an offset, going on from the last one
// asked for: what is found comes mostly in order.
type lineCounter struct{ at, n int }

func (c *lineCounter) newlines(text []byte, at int) int {
	if at < c.at {
		*c = lineCounter{}
	}
	c.n += bytes.Count(text[c.at:at], newline)
	c.at = at
	return c.n
}

// A copyGrid tells which field of a COPY an offset is in: one row a line.
type copyGrid struct {
	text      []byte
	line      int
	columns   int
	delimiter byte
	counter   lineCounter
}

// Cell implements item.Grid.
func (g *copyGrid) Cell(offset int) (item.Cell, bool) {
	if offset < 0 || offset >= len(g.text) || g.text[offset] == '\n' || g.text[offset] == g.delimiter {
		return item.Cell{}, false
	}
	row := bytes.LastIndexByte(g.text[:offset], '\n') + 1
	column := bytes.Count(g.text[row:offset], []byte{g.delimiter})
	start := max(row, bytes.LastIndexByte(g.text[:offset], g.delimiter)+1)
	end := start
	for end < len(g.text) && g.text[end] != g.delimiter && g.text[end] != '\n' && g.text[end] != '\r' {
		end++
	}
	column = min(column, g.columns-1)
	if offset >= end || string(g.text[start:end]) == `\N` {
		return item.Cell{}, false
	}
	return item.Cell{Column: column, Start: start, End: end, Line: g.line + g.counter.newlines(g.text, start)}, true
}

// Rows returns the number of rows.
func (g *copyGrid) Rows() int { return bytes.Count(g.text, newline) }

// Column yields the fields of one column.
func (g *copyGrid) Column(column int, yield func(item.Cell) bool) {
	line := g.line
	for row := 0; row < len(g.text); line++ {
		end := len(g.text)
		if n := bytes.IndexByte(g.text[row:], '\n'); n >= 0 {
			end = row + n
		}
		start, n := row, 0
		for ; n < column; n++ {
			next := bytes.IndexByte(g.text[start:end], g.delimiter)
			if next < 0 {
				break
			}
			start += next + 1
		}
		row = end + 1
		if n < column {
			continue
		}
		stop := end
		if next := bytes.IndexByte(g.text[start:end], g.delimiter); next >= 0 {
			stop = start + next
		}
		if string(g.text[start:stop]) == `\N` {
			stop = start
		}
		if !yield(item.Cell{Column: column, Start: start, End: stop, Line: line}) {
			return
		}
	}
}
