package detectors

import (
	"bytes"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// An attributeTable keeps one datum a row: the cells of a column name what the
// column beside it holds.
type attributeTable struct {
	key   int // column of the names; -1 for an ordinary table
	names []attribute
	known map[string]bool
}

// An attribute is a name met in the cells.
type attribute struct {
	name string
	at   item.Place
}

const (
	maxAttributeColumns = 8   // wider tables have columns for their data
	maxAttributes       = 512 // of one table: names that are data themselves must not fill the memory
	maxAttributeName    = 48
)

// attributes notes the names in the cells of seg when its table keeps
// attributes as rows.
func (o *object) attributes(seg *item.Segment) {
	if o.base == noSlot || o.mute() {
		return
	}
	t := &o.tables[o.slots[o.base].table]
	if t.attributes == nil {
		t.attributes = &attributeTable{key: keyColumn(&o.engine.attributes, seg.Columns), known: map[string]bool{}}
	}
	a := t.attributes
	if a.key < 0 {
		return
	}
	take := func(c item.Cell) bool {
		a.take(bytes.Trim(seg.Text[c.Start:c.End], " \"'\t"), item.Place{Line: c.Line, Page: seg.At.Page, Sheet: seg.At.Sheet, Table: seg.At.Table})
		return len(a.names) < maxAttributes
	}
	switch g := seg.Grid.(type) {
	case walker:
		wanted := make([]bool, len(seg.Columns))
		wanted[a.key] = true
		g.Walk(wanted, take)
	case columnWalker:
		g.Column(a.key, take)
	case item.Cells:
		for _, c := range g {
			if c.Column == a.key && !take(c) {
				return
			}
		}
	}
}

// take notes one name.
func (a *attributeTable) take(name []byte, at item.Place) {
	if len(name) < 2 || len(name) > maxAttributeName || a.known[string(name)] || !isName(name) {
		return
	}
	a.known[string(name)] = true
	a.names = append(a.names, attribute{string(name), at})
}

// isName tells whether a cell may be called so: words of letters, which start
// with one. Numbers are no names, and sentences none.
func isName(cell []byte) bool {
	words := 1
	for _, c := range cell {
		switch {
		case c == ' ' || c == '_' || c == '-' || c == '.':
			words++
		case classes[c]&(isDigit|isLetter) == 0 && c < 0x80:
			return false
		}
	}
	return words <= 6 && (classes[cell[0]]&isLetter != 0 || cell[0] >= 0x80 || cell[0] == '_')
}

// enterAttributes makes a slot of every name met, to be judged like a column.
func (o *object) enterAttributes() {
	for i := range o.tables {
		a := o.tables[i].attributes
		if a == nil || len(a.names) == 0 {
			continue
		}
		first := &o.slots[o.tables[i].first]
		names := append([]string(nil), first.column.Neighbours...)
		for _, n := range a.names {
			names = append(names, n.name)
		}
		for _, n := range a.names {
			at := o.at
			at.Path, at.Place = first.at.Path, n.at
			at.Sheet, at.Table, at.Column = first.at.Sheet, first.at.Table, o.mask(n.name)
			o.slots = append(o.slots, slot{
				column: item.Column{Container: o.slots[o.tables[i].first].column.Container, Name: n.name, Neighbours: names},
				at:     at, table: -1, declared: true, header: true,
			})
			first = &o.slots[o.tables[i].first] // append may have moved it
		}
	}
}

// keyColumn returns the column that names what a row holds, -1 when the table
// is an ordinary one.
func keyColumn(words *rules.Attributes, columns []item.Column) int {
	if len(columns) < 2 || len(columns) > maxAttributeColumns {
		return -1
	}
	for i := 1; i < len(columns); i++ {
		if !calledAfter(columns[i].Name, words.Values) {
			continue
		}
		for k := i - 1; k >= 0 && k >= i-2; k-- {
			if calledAfter(columns[k].Name, words.Keys) {
				return k
			}
		}
	}
	return -1
}

// calledAfter tells whether name is one of words, or ends with one.
func calledAfter(name string, words []string) bool {
	var b strings.Builder
	for i, r := range name {
		switch {
		case r == ' ' || r == '-' || r == '.':
			r = '_'
		case i > 0 && r >= 'A' && r <= 'Z' && name[i-1] >= 'a' && name[i-1] <= 'z':
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	folded := item.Fold(b.String())
	return slices.ContainsFunc(words, func(w string) bool { return folded == w || strings.HasSuffix(folded, "_"+w) })
}
