package document

import (
	"bytes"
	"math"
	"math/bits"
	"slices"
	"sort"

	"github.com/ecart-rgpd/ecart/item"
)

// A rowMark is where the cells of a row start in csvGrid.all.
type rowMark struct {
	first int32
	line  int32
}

// A span is a cell as offsets, half the size of an item.Cell.
type span struct{ start, end int32 }

// Walk calls yield for every cell of the columns wanted in the block's own rows.
// All rows are read the first time, which is worth it only for columns whose
// name asks for it.
func (g *csvGrid) Walk(wanted []bool, yield func(item.Cell) bool) {
	if g.fresh {
		g.look()
	}
	if len(g.rows) == 0 {
		g.readAll()
	}
	for i, r := range g.rows {
		cells, column := g.all[r.first:g.rowEnd(i)], 0
		if i == 0 {
			column = g.column
		}
		for _, s := range cells {
			if column < len(wanted) && wanted[column] && !yield(item.Cell{Column: column, Start: int(s.start), End: int(s.end), Line: int(r.line)}) {
				return
			}
			column++
		}
	}
}

// rowEnd returns where the cells of row i end in all.
func (g *csvGrid) rowEnd(i int) int {
	if i+1 < len(g.rows) {
		return int(g.rows[i+1].first)
	}
	return len(g.all)
}

// readAll finds every cell of the block.
func (g *csvGrid) readAll() {
	block := g.text[g.from:g.to]
	lines := bytes.Count(block, newline) + 1
	g.rows = slices.Grow(g.rows, lines)
	g.all = slices.Grow(g.all, lines*g.fields)
	if g.quotes || g.quoted || g.delimiter == ' ' {
		g.readQuoted()
	} else {
		g.readPlain()
	}
}

// readQuoted is readAll for a block that may hold quotes.
func (g *csvGrid) readQuoted() {
	quoted := g.quoted
	for i := g.from; i < g.to; quoted = false {
		g.rows = append(g.rows, rowMark{int32(len(g.all)), int32(g.lineOf(i))})
		row := i
		for {
			var start, end int
			start, end, i = cell(g.text, i, g.delimiter, quoted && len(g.all) == 0)
			g.all = append(g.all, span{int32(start), int32(end)})
			if i >= len(g.text) || g.text[i] == '\n' {
				break
			}
			i++
		}
		if i++; i <= row {
			return
		}
	}
}

// readPlain is readAll for a block without quotes: each sign that parts cells is
// found by a mask of 64 bytes.
func (g *csvGrid) readPlain() {
	text, start, line := g.text, g.from, int32(g.lineOf(g.from))
	rows, all := append(g.rows, rowMark{0, line}), g.all
	var masks [blocks]uint64
	for i := start; i+64 <= g.to; {
		n := min(blocks, (g.to-i)/64)
		ends(text[i:], g.delimiter, '\n', masks[:n])
		for _, m := range masks[:n] {
			for ; m != 0; m &= m - 1 {
				end := i + bits.TrailingZeros64(m)
				all = append(all, trimmed(text, start, end))
				start = end + 1
				if text[end] == '\n' {
					line++
					rows = append(rows, rowMark{int32(len(all)), line})
				}
			}
			i += 64
		}
	}
	for start < g.to || int(rows[len(rows)-1].first) < len(all) { // the last row may go on behind the block
		end := cellEnd(text, start, g.delimiter)
		all = append(all, trimmed(text, start, end))
		if start = end + 1; end >= len(text) {
			break
		}
		if text[end] == '\n' {
			line++
			rows = append(rows, rowMark{int32(len(all)), line})
		}
	}
	if last := len(rows) - 1; int(rows[last].first) == len(all) { // begun, and nothing in it
		rows = rows[:last]
	}
	g.rows, g.all = rows, all
}

// trimmed is the cell text[start:end] without the blanks around it.
func trimmed(text []byte, start, end int) span {
	for start < end && text[start] == ' ' {
		start++
	}
	for end > start && (text[end-1] == ' ' || text[end-1] == '\r') {
		end--
	}
	return span{int32(start), int32(end)}
}

// known finds the cell that holds offset among those read for a column.
func (g *csvGrid) known(offset int) (item.Cell, bool) {
	i := g.rowOf(int32(offset))
	first, end := int(g.rows[i].first), g.rowEnd(i)
	k := first
	if g.near >= first && g.near < end && int(g.all[g.near].start) <= offset {
		k = g.near
	} else if end-first > 64 { // a row of a hundred thousand cells must not be walked for each
		k += sort.Search(end-first, func(n int) bool { return int(g.all[first+n].end) > offset })
	}
	for ; k < end; k++ {
		if s := g.all[k]; int(s.end) > offset {
			g.near = k
			column := k - first
			if i == 0 {
				column += g.column
			}
			return item.Cell{
				Column: min(column, g.fields-1), Start: int(s.start), End: int(s.end), Line: int(g.rows[i].line),
			}, int(s.start) <= offset
		}
	}
	return item.Cell{}, false
}

// rowOf returns the last row that starts at offset or before it. Questions come
// mostly in order, so it looks near the last answer first.
func (g *csvGrid) rowOf(offset int32) int {
	if offset >= g.low && offset < g.high {
		return g.asked
	}
	lo, hi := 0, len(g.rows)
	if i := g.asked; i < len(g.rows) && g.rowStartOf(i) <= offset {
		for end := min(i+8, hi); i+1 < end && g.rowStartOf(i+1) <= offset; {
			i++
		}
		if lo = i; lo+1 == hi || g.rowStartOf(lo+1) > offset {
			hi = lo + 1
		}
	}
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; g.rowStartOf(mid) <= offset {
			lo = mid
		} else {
			hi = mid
		}
	}
	g.asked, g.low, g.high = lo, g.rowStartOf(lo), math.MaxInt32
	if lo+1 < len(g.rows) {
		g.high = g.rowStartOf(lo + 1)
	}
	return lo
}

// rowStartOf returns where the first cell of row i starts.
func (g *csvGrid) rowStartOf(i int) int32 { return g.all[g.rows[i].first].start }
