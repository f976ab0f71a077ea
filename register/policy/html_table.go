package policy

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// This file reads the tables of a page, whatever their layout: cells over several rows
// or columns, cells without an end tag, tables that only lay out the page. Lists of
// definitions are read as tables of two columns.

// A tableRow is the row of a table that is being read.
type tableRow struct {
	inRow, inCell bool
	row           []cell
	heads         int // cells of the row that are marked as heads
	told          int // cells that the row itself tells
	rows          int // of the table before this one
	head          bool
	across, down  int // columns and rows of the open cell
	cuts          []cut
	layout        []line         // the paragraphs of the last cell
	reaches       map[int]*reach // cells of rows above that go on in this one
	openRow       []*reach       // those that this row begins
}

// A cut is where a paragraph or heading begins within a cell.
type cut struct {
	off   int
	kind  lineKind
	level int
}

// A reach is a cell that goes on in the rows below.
type reach struct {
	cell
	column, rows int
	head         bool
}

// A cell claims no more than this, whatever figure the page gives.
const (
	widestSpan   = 40
	longestReach = 200
	widestRow    = 200
)

// spansOf reads how many columns and rows a cell takes.
func spansOf(z *html.Tokenizer) (across, down int) {
	across, down = 1, 1
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		n, err := strconv.Atoi(strings.TrimSpace(string(value)))
		if err != nil || n < 1 {
			continue
		}
		switch atom.Lookup(key) {
		case atom.Colspan:
			across = min(n, widestSpan)
		case atom.Rowspan:
			down = min(n, longestReach)
		}
	}
	return across, down
}

// openCell begins a cell; one that was left open ends. Outside a row it is the layout
// of a page.
func (p *page) openCell(head bool) {
	across, down := p.across, p.down
	p.endCell()
	if !p.inRow {
		p.boundary()
		return
	}
	p.buf.Reset()
	p.marks, p.cuts = nil, nil
	p.inCell, p.head, p.across, p.down = true, head, across, down
}

// cut marks where a paragraph or a heading begins in the open cell.
func (p *page) cut(kind lineKind, level int) {
	if n := len(p.cuts); n > 0 && strings.TrimSpace(p.buf.String()[p.cuts[n-1].off:]) == "" {
		if kind == plainLine && p.cuts[n-1].kind == headingLine {
			return
		}
		p.cuts = p.cuts[:n-1]
	}
	p.cuts = append(p.cuts, cut{p.buf.Len(), kind, level})
}

// endCell gives the open cell to its row, after those of the rows above that reach
// down to its place.
func (p *page) endCell() {
	if !p.inCell {
		return
	}
	p.inCell = false
	p.reachDown()
	c := cell{text: strings.TrimSpace(p.buf.String()), no: p.no}
	if len(p.marks) > 0 {
		c.no = p.marks[0].no
	}
	p.layout = p.paragraphs()
	p.told++
	for k := 0; k < p.across && len(p.row) < widestRow; k++ {
		if k > 0 && !p.head {
			c.text = "" // the words stand once; those of a head are said of each column
		}
		if p.down > 1 {
			p.openRow = append(p.openRow, &reach{c, len(p.row), p.down - 1, p.head})
		}
		p.row = append(p.row, c)
		if p.head {
			p.heads++
		}
	}
	p.buf.Reset()
	p.marks, p.cuts = nil, nil
}

// reachDown fills the next places of the row that cells above take.
func (p *page) reachDown() {
	for r := p.reaches[len(p.row)]; r != nil && len(p.row) < widestRow; r = p.reaches[len(p.row)] {
		if r.rows--; r.rows == 0 {
			delete(p.reaches, len(p.row))
		}
		p.row = append(p.row, r.cell)
		if r.head {
			p.heads++
		}
	}
}

// endRow hands the row over. A single cell that spans the columns of a table is the
// name of a group of rows; one that holds paragraphs is the layout of the page.
func (p *page) endRow() {
	if !p.inRow {
		return
	}
	p.endCell()
	p.reachDown()
	wide := p.told == 1 && len(p.row) > 1 && p.row[0].text != "" && len(p.reaches) == 0
	switch {
	case p.told == 0, wide && len(p.row) > 2 && p.rows > 0:
	case wide:
		p.out = append(p.out, line{no: p.row[0].no, text: p.row[0].text, kind: headingLine, level: boldLevel, marks: []mark{{0, p.row[0].no}}})
	case p.told == 1 && len(p.row) == 1 && len(p.layout) > 1:
		p.out = append(p.out, p.layout...)
		p.blank()
	default:
		p.out = append(p.out, line{no: p.row[0].no, kind: rowLine, cells: p.row, head: p.heads == len(p.row)})
	}
	p.rows++
	for _, r := range p.openRow {
		if p.reaches == nil {
			p.reaches = map[int]*reach{}
		}
		p.reaches[r.column] = r
	}
	p.inRow, p.row, p.heads, p.told, p.openRow, p.layout = false, nil, 0, 0, nil, nil
	p.buf.Reset()
	p.marks = nil
}

// paragraphs are the lines of the open cell, one a paragraph or heading in it.
func (p *page) paragraphs() []line {
	text := p.buf.String()
	var out []line
	add := func(from, to int, kind lineKind, level int) {
		s := strings.TrimSpace(text[from:to])
		if s == "" {
			return
		}
		no := p.no
		for _, m := range p.marks {
			if m.off <= from {
				no = m.no
			}
		}
		if len(p.marks) > 0 && p.marks[0].off >= from && p.marks[0].off < to {
			no = p.marks[0].no
		}
		out = append(out, line{no: no, text: s, kind: kind, level: level, marks: []mark{{0, no}}}, line{no: no, kind: blankLine})
	}
	last := cut{}
	for _, c := range p.cuts {
		add(last.off, c.off, last.kind, last.level)
		last = c
	}
	add(last.off, len(text), last.kind, last.level)
	return out
}

// leaveLayout tells what a table within a cell finds around it: the table outside was
// the layout of the page, and what it held is text.
func (p *page) leaveLayout() {
	if !p.inRow {
		return
	}
	rest := p.paragraphs()
	if !p.inCell {
		rest = nil
	}
	for _, c := range p.row {
		if c.text != "" {
			p.out = append(p.out, line{no: c.no, text: c.text, marks: []mark{{0, c.no}}}, line{no: c.no, kind: blankLine})
		}
	}
	p.out = append(p.out, rest...)
	p.tableRow = tableRow{}
	p.buf.Reset()
	p.marks = nil
}

// closeTerm keeps the term of a list of definitions when it is the label of a field, to
// stand before its text; any other is the title of what follows.
func (p *page) closeTerm() {
	if p.inRow {
		p.boundary()
		return
	}
	text := strings.TrimSpace(p.buf.String())
	v, err := loadVocabulary()
	if text != "" && err == nil && v.labelOf(bareLabel(text)) != "" {
		p.term, p.termNo = bareLabel(text), p.marks[0].no
		p.buf.Reset()
		p.marks = nil
		return
	}
	if text != "" && boldTitle(text) {
		p.kind, p.level = headingLine, boldLevel
	}
	p.boundary()
}

// defined puts the term before the text it stands for.
func (p *page) defined(s string) string {
	lead := p.term + " : "
	for i := range p.marks {
		p.marks[i].off += len(lead)
	}
	p.marks = append([]mark{{0, p.termNo}}, p.marks...)
	p.term = ""
	return lead + s
}
