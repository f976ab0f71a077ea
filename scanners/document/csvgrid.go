package document

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"github.com/ecart-rgpd/ecart/item"
)

// A csvGrid finds the cell of an offset by reading the row around it, so that
// rows without findings cost nothing.
type csvGrid struct {
	delimiter byte
	fields    int // cells of a usual row
	text      []byte
	from, to  int
	// A row longer than a chunk goes on in the next one.
	column int  // of text[from]
	quoted bool // text[from] is inside quotes

	row, end int         // the row read last
	cells    []item.Cell // and its cells
	quotes   bool        // the block holds quotes
	fresh    bool        // nothing was asked of this block yet
	at, line int         // a place whose line is known
	parity   int         // a place before which the quotes were counted
	odd      bool        // that count, from the start of the block
	rows     []rowMark   // all rows, once asked for a column
	all      []span      // and their cells
	asked    int         // the row of the last question, once rows are read
	low      int32       // where it begins,
	high     int32       // and the next one
	near     int         // and its cell

	questions int // asked of this block
}

// manyQuestions is how many are worth reading all rows of a block.
const manyQuestions = 50

// open turns to another table and keeps the room of the last one.
func (g *csvGrid) open(delimiter byte, fields int) {
	*g = csvGrid{delimiter: delimiter, fields: fields, cells: g.cells, rows: g.rows, all: g.all}
}

// reset turns to the block in view.
func (g *csvGrid) reset(w *window) {
	g.text, g.from, g.to = w.text, w.from, w.to
	g.fresh, g.row, g.end = true, 0, 0
	g.at, g.line = 0, w.line
	g.parity, g.odd = w.from, false
	g.rows, g.all, g.asked, g.questions = g.rows[:0], g.all[:0], 0, 0
	g.low, g.high, g.near = 0, 0, 0
}

// leave notes where in a row the block ends.
func (g *csvGrid) leave(w *window) {
	if w.last || w.to == 0 || w.text[w.to-1] == '\n' {
		g.column, g.quoted = 0, false
		return
	}
	g.look()
	g.read(g.rowStart(w.to - 1))
	for _, c := range g.cells {
		if c.Start > w.to {
			break
		}
		g.column = c.Column
		g.quoted = c.End >= w.to && (g.quoted && c.Start == g.from || c.Start > 0 && g.text[c.Start-1] == '"')
	}
}

// look prepares the block for the first question.
func (g *csvGrid) look() {
	g.fresh = false
	g.quotes = bytes.IndexByte(g.text[g.from:], '"') >= 0
}

// Cell finds the cell that holds offset.
func (g *csvGrid) Cell(offset int) (item.Cell, bool) {
	if offset < g.from || offset >= len(g.text) {
		return item.Cell{}, false
	}
	if g.fresh {
		g.look()
	}
	if g.questions++; g.questions == manyQuestions && len(g.rows) == 0 {
		g.readAll()
	}
	if len(g.rows) > 0 && offset < g.to {
		return g.known(offset)
	}
	if offset < g.row || offset >= g.end || g.end == 0 {
		g.read(g.rowStart(offset))
	}
	c, ok := item.Cells(g.cells).Cell(offset)
	c.Column = min(c.Column, g.fields-1) // cells too many count for the last column
	return c, ok
}

// rowStart returns where the row of offset begins.
func (g *csvGrid) rowStart(offset int) int {
	start := g.lineStart(offset)
	if !g.quotes || start == g.from && !g.quoted {
		return start
	}
	if g.read(start); g.regular() {
		return start
	}
	// Not a row by itself: then its line ends stand inside quotes.
	for p := start; p > g.from && start-p < longCell; {
		if g.oddQuotes(p) == g.quoted {
			return p
		}
		p = g.lineStart(p - 1)
	}
	return start
}

// oddQuotes tells whether the quotes before p are odd in number, counting on
// from the last place it was asked of.
func (g *csvGrid) oddQuotes(p int) bool {
	n := bytes.Count(g.text[min(p, g.parity):max(p, g.parity)], quote)
	g.parity, g.odd = p, g.odd != (n%2 == 1)
	return g.odd
}

// regular tells whether the row just read is a whole one.
func (g *csvGrid) regular() bool {
	last := g.cells[len(g.cells)-1]
	return len(g.cells) == g.fields && g.end-last.End <= 3
}

func (g *csvGrid) lineStart(offset int) int {
	return max(g.from, bytes.LastIndexByte(g.text[:offset], '\n')+1)
}

// read finds the cells of the row that begins at start.
func (g *csvGrid) read(start int) {
	g.row, g.cells = start, g.cells[:0]
	line, column, quoted := g.lineOf(start), 0, false
	if start == g.from {
		column, quoted = g.column, g.quoted
	}
	for i := start; ; column++ {
		c := item.Cell{Column: column, Line: line}
		c.Start, c.End, i = cell(g.text, i, g.delimiter, quoted)
		quoted = false
		g.cells = append(g.cells, c)
		if i >= len(g.text) || g.text[i] == '\n' {
			g.end = min(i+1, len(g.text))
			return
		}
		i++
	}
}

// lineOf counts lines from the last place it was asked of.
func (g *csvGrid) lineOf(offset int) int {
	if offset >= g.at {
		g.line += bytes.Count(g.text[g.at:offset], newline)
	} else {
		g.line -= bytes.Count(g.text[offset:g.at], newline)
	}
	g.at = offset
	return g.line
}

// cell reads one cell from i: where its content starts and ends, and where the
// delimiter or line end behind it is.
func cell(text []byte, i int, delimiter byte, quoted bool) (start, end, next int) {
	for i < len(text) && text[i] == ' ' && delimiter != ' ' {
		i++
	}
	if quoted || i < len(text) && text[i] == '"' {
		if !quoted {
			i++
		}
		if start, end, next = quotedCell(text, i, delimiter); end >= 0 {
			return start, end, next
		}
		if quoted {
			return i, len(text), len(text)
		}
		i-- // a stray quote: part of the value
	}
	start = max(i, 0)
	i = cellEnd(text, start, delimiter)
	end = i
	for end > start && (text[end-1] == ' ' || text[end-1] == '\r') {
		end--
	}
	return start, end, i
}

// quotedCell reads up to the closing quote; end is -1 when there is none near.
func quotedCell(text []byte, i int, delimiter byte) (start, end, next int) {
	start = i
	for {
		k := bytes.IndexByte(text[i:min(len(text), start+longCell)], '"')
		if k < 0 {
			return start, -1, i
		}
		i += k + 1
		if i < len(text) && text[i] == '"' {
			i++
			continue
		}
		end = i - 1
		return start, end, cellEnd(text, i, delimiter)
	}
}

// cellEnd returns the offset of the first delimiter or line end from i on. It
// looks at eight bytes at a time: tables are read cell by cell, and cells are short.
func cellEnd(text []byte, i int, delimiter byte) int {
	d := uint64(delimiter) * everyByte
	for ; i+8 <= len(text); i += 8 {
		x := binary.LittleEndian.Uint64(text[i:])
		if m := zeroByte(x^d) | zeroByte(x^'\n'*everyByte); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for i < len(text) && text[i] != delimiter && text[i] != '\n' {
		i++
	}
	return i
}

const everyByte = 0x0101010101010101

// zeroByte marks the zero bytes of x by their highest bit. The lowest mark is
// right; above it a byte of 1 may be marked too.
func zeroByte(x uint64) uint64 { return (x - everyByte) &^ x & (0x80 * everyByte) }
