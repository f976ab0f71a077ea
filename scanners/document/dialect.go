package document

import (
	"bytes"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// A dialect is how a CSV file is written.
type dialect struct {
	delimiter byte
	fields    int // cells of most rows
	lines     int // rows looked at
	regular   int // rows with that many cells
	headed    bool
	names     []string // the header, when there is one
	header    int      // offset of the header, or of the first row
	body      int      // offset of the first row of data
	line      int      // of the header
}

// delimiters, in order of preference.
const delimiters = ";\t,|:"

// sniffRows is how many rows tell the dialect.
const sniffRows = 60

// sniff works out the dialect from the start of a text; whole says that the text
// ends there.
func sniff(text []byte, whole bool) dialect {
	if !whole {
		text = text[:bytes.LastIndexByte(text, '\n')+1]
	}
	best := dialect{}
	for _, c := range []byte(delimiters) {
		if bytes.IndexByte(text, c) < 0 {
			continue
		}
		if d := tryDelimiter(text, c); d.better(best) {
			best = d
		}
	}
	if best.fields < 2 || best.regular*2 < best.lines {
		best = tryDelimiter(text, 0)
	}
	best.findHeader(text)
	return best
}

// better prefers the delimiter that cuts most rows alike, then in more cells.
func (d dialect) better(o dialect) bool {
	if d.fields < 2 {
		return false
	}
	a, b := d.regular*max(1, o.lines), o.regular*max(1, d.lines)
	if a != b || o.fields < 2 {
		return a > b
	}
	return d.fields > o.fields
}

// alike tells whether some delimiter cuts all of the first rows in as many cells,
// more than two where it is a comma. Without that a text with a name that says
// nothing is no table, and most texts are told so by their first two lines: to
// sniff each of them would cost as much as to search it.
func alike(text []byte) bool {
	text = text[:bytes.LastIndexByte(text, '\n')+1]
	for _, c := range []byte(delimiters) {
		if bytes.IndexByte(text, c) < 0 {
			continue
		}
		if n := width(text, c); n > 2 || n == 2 && c != ',' {
			return true
		}
	}
	return false
}

// width is how many cells each of the first rows has; 0 when they differ. It
// counts as tryDelimiter does, and keeps nothing.
func width(text []byte, delimiter byte) (all int) {
	rows := 0
	for i := 0; i < len(text) && rows < sniffRows; rows++ {
		n, blank := 0, false
		for {
			var start, end int
			start, end, i = cell(text, i, delimiter, false)
			n++
			blank = n == 1 && len(bytes.TrimSpace(text[start:min(end, start+200)])) == 0
			if i >= len(text) || text[i] == '\n' {
				break
			}
			i++
		}
		i++
		switch n = min(n, maxColumns); {
		case blank || n == all:
		case all != 0:
			return 0
		default:
			all = n
		}
	}
	return all
}

// tryDelimiter counts how rows fall apart at a delimiter; 0 means at none.
func tryDelimiter(text []byte, delimiter byte) dialect {
	d := dialect{delimiter: delimiter}
	counts := map[int]int{}
	for i, n := 0, 0; i < len(text) && n < sniffRows; n++ {
		cells, empty := 0, false
		for {
			var start, end int
			start, end, i = cell(text, i, delimiter, false)
			empty = len(bytes.TrimSpace(text[start:end])) == 0
			cells++
			if i >= len(text) || text[i] == '\n' {
				break
			}
			i++
		}
		i++
		if cells = min(cells, maxColumns); cells > 1 || !empty {
			d.lines++
			counts[cells]++
		}
	}
	for n, c := range counts {
		if c > d.regular || c == d.regular && n > d.fields {
			d.fields, d.regular = n, c
		}
	}
	return d
}

// A row of the first ones, as strings.
type row struct {
	at, line int
	cells    []string
}

// rowsOf reads up to n rows of a text. Their cells share one string.
func rowsOf(text []byte, delimiter byte, n int) []row {
	var rows []row
	var cells []span
	ends := make([]int, 0, n) // in cells, of each row
	line, last := 1, 0
	for i := 0; i < len(text) && len(rows) < n; {
		line += bytes.Count(text[last:i], newline)
		last = i
		rows = append(rows, row{at: i, line: line})
		for first := len(cells); ; i++ {
			var start, end int
			start, end, i = cell(text, i, delimiter, false)
			if len(cells)-first < maxColumns {
				cells = append(cells, span{int32(start), int32(end)})
			}
			if i >= len(text) || text[i] == '\n' {
				break
			}
		}
		i++
		ends = append(ends, len(cells))
	}
	if len(cells) == 0 {
		return rows
	}
	whole := string(text[:cells[len(cells)-1].end])
	all := make([]string, len(cells))
	for k, c := range cells {
		all[k] = strings.TrimSpace(whole[c.start:min(c.end, c.start+200)])
	}
	first := 0
	for k, end := range ends {
		rows[k].cells, first = all[first:end:end], end
	}
	return rows
}

// findHeader looks for a row of names among the first ten.
func (d *dialect) findHeader(text []byte) {
	rows := rowsOf(text, d.delimiter, sniffRows)
	for i, r := range rows[:min(len(rows), 10)] {
		if len(r.cells) < d.fields || i > 0 && len(r.cells) == 1 && d.fields == 1 {
			continue
		}
		below := make([][]string, 0, len(rows))
		for _, b := range rows[i+1:] {
			below = append(below, b.cells)
		}
		if isHeader(r.cells, below) {
			d.headed, d.names, d.header, d.line = true, r.cells, r.at, r.line
			d.body = len(text)
			if i+1 < len(rows) {
				d.body = rows[i+1].at
			}
			return
		}
	}
}

// columns returns the columns of the table.
func (d *dialect) columns(container string) []item.Column {
	if d.headed {
		return columnsNamed(container, d.names, d.line)
	}
	return columnsNumbered(container, d.fields)
}
