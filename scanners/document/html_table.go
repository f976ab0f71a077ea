package document

import (
	"bytes"

	"golang.org/x/net/html"
)

// This file tells tables of data from those that only arrange a page: those that
// say so (role="presentation") and those with a table within.

// layoutRows is how many rows a table that arranges a page has before another
// begins in one of its cells.
const layoutRows = 3

// inTable tells whether cells at this place are data.
func (p *page) inTable() bool { return p.table != nil && p.depth == p.layout+1 }

// openTable reads a start tag.
func (p *page) openTable(z *html.Tokenizer, more bool) error {
	arranges := false
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if role := string(value); string(key) == "role" && (role == "presentation" || role == "none") {
			arranges = true
		}
		p.attribute(string(key), value)
	}
	p.depth++
	if p.table != nil {
		if p.depth != p.layout+2 || len(p.table.rows) > layoutRows {
			return nil // a table in a cell of data: part of its text
		}
		p.spill()
	}
	if arranges {
		p.layout++
		return nil
	}
	if err := p.text.flush(); err != nil {
		return err
	}
	p.table = newTable(p.out, p.at, "")
	return nil
}

// spill makes the table at hand text: it arranges the one that begins in its cell.
func (p *page) spill() {
	t, cell := p.table, bytes.Clone(p.cell)
	open := p.inCell
	p.table, p.inCell, p.layout = nil, false, p.layout+1
	line := p.line
	for _, c := range t.cells {
		p.line = max(p.wrote, c.Line-1)
		p.words(t.text[c.Start:c.End])
		p.words([]byte(" "))
	}
	if p.line = line; open {
		p.words(cell)
	}
}

// endTable reads an end tag.
func (p *page) endTable() error {
	in := p.inTable()
	if p.depth > 0 && p.depth <= p.layout {
		p.layout--
	}
	p.depth = max(p.depth-1, 0)
	if in {
		return p.closeTable()
	}
	return nil
}
