package detectors

import (
	"bytes"
	"slices"

	"github.com/ecart-rgpd/ecart/item"
)

// What the first cells of a column are decides what its name can mean: dates of
// a password are no password, « oui » is no telephone, a mailbox is nobody's name. It is told to the
// judge as a declared type would be.
const (
	sampleCells = 24 // of each column
	leastCells  = 2  // fewer say nothing of the others
	longestCell = 48 // longer is neither a date, an answer nor a label
	leastLabels = 2  // columns that hold their own name make a table of labels
)

// A nature is what all cells of a column looked at are.
type nature uint8

const (
	noCell nature = iota
	aDate
	anAnswer
	aMask
	aMailbox
	other
)

// natureTypes are the types of columns, as a declaration would name them.
var natureTypes = [...]string{aDate: "date", anAnswer: "boolean", aMask: "masked", aMailbox: "emailaddress", other: ""}

// A sample is what the first cells of one column are.
type sample struct {
	cells  int
	nature nature
	first  []byte
}

// sample looks at the first cells of a new table: columns without a declared type
// get that of their cells, and a table of labels is nobody's.
func (o *object) sample(seg *item.Segment, base int) {
	if o.options.History || o.mute() {
		return
	}
	list := make([]sample, len(seg.Columns))
	eachCell(seg, func(c item.Cell) bool {
		if c.Column >= 0 && c.Column < len(list) {
			list[c.Column].take(o.engine.attributes.Answers, bytes.Trim(seg.Text[c.Start:c.End], " \"'\t"))
		}
		return true
	})
	o.tables[o.slots[base].table].empty = !slices.ContainsFunc(list, func(s sample) bool { return s.cells > 0 })
	for i, s := range list {
		o.slots[base+i].empty = s.cells == 0
		if col := &o.slots[base+i].column; s.cells >= leastCells && (col.Type == "" || s.nature == aMailbox && !o.slots[base+i].judged) {
			col.Type = natureTypes[max(s.nature, aDate)] // mailboxes are no names, however long the column called contact
		}
	}
	if o.labelled(base, list) {
		for i := range list {
			o.slots[base+i].judged = true // and speaks of nothing
		}
	}
}

func (s *sample) take(answers []string, cell []byte) {
	if len(cell) == 0 || len(cell) == 4 && bytes.EqualFold(cell, []byte("null")) {
		return
	}
	if s.cells++; s.cells == 1 {
		s.first, s.nature = cell, natureOf(answers, cell)
	} else if s.nature != other && s.nature != natureOf(answers, cell) {
		s.nature = other
	}
}

func natureOf(answers []string, cell []byte) nature {
	switch {
	case len(cell) > longestCell:
		return other
	case len(bytes.Trim(cell, "*•")) == 0 || bytes.Contains(cell, []byte("**")) || bytes.Contains(cell, []byte("••")):
		return aMask
	case isDay(cell):
		return aDate
	case bytes.Count(cell, []byte("@")) == 1 && bytes.IndexByte(cell, '.') > 0 && !bytes.ContainsAny(cell, " ,;:/"):
		return aMailbox
	case len(cell) <= 5 && slices.Contains(answers, item.Fold(string(cell))):
		return anAnswer
	}
	return other
}

// isDay tells whether a cell starts with a day written in figures, and holds
// nothing but a time behind it: 2024-01-31, 31/01/2024, 2024-01-31T08:00:00Z.
func isDay(cell []byte) bool {
	if len(cell) < 10 {
		return false
	}
	form := []byte("dddd-dd-dd")
	if !digitAt(cell, 2) {
		form = []byte("dd-dd-dddd")
	}
	for i, f := range form {
		if c := cell[i]; f == 'd' != (classes[c]&isDigit != 0) || f == '-' && c != '-' && c != '/' && c != '.' {
			return false
		}
	}
	return len(bytes.Trim(cell[10:], "0123456789:.+- TZ")) == 0
}

// labelled tells whether the cells of a table with one row are what a screen
// shows for the names of its columns: the words of an application, in a language.
func (o *object) labelled(base int, list []sample) bool {
	named, labels := 0, 0
	for i, s := range list {
		if s.cells > 1 {
			return false
		}
		col := &o.slots[base+i].column
		v := o.judged.of(o.engine.names, col)
		if s.cells == 0 || len(v) == 0 {
			continue
		}
		named++
		if o.isLabel(s.first, v[0].Category) {
			labels++
		}
	}
	return labels >= leastLabels && labels*2 > named
}

// isLabel tells whether a cell is called after category itself.
func (o *object) isLabel(cell []byte, category string) bool {
	if len(cell) > longestCell || bytes.ContainsAny(cell, "0123456789@*") {
		return false
	}
	v := o.judged.of(o.engine.names, &item.Column{Name: string(cell)})
	return len(v) > 0 && v[0].Category == category
}

// eachCell calls yield for the first cells of each column.
func eachCell(seg *item.Segment, yield func(item.Cell) bool) {
	switch g := seg.Grid.(type) {
	case walker:
		wanted := make([]bool, len(seg.Columns))
		for i := range wanted {
			wanted[i] = true
		}
		left := sampleCells * len(wanted)
		g.Walk(wanted, func(c item.Cell) bool { left--; return yield(c) && left > 0 })
	case columnWalker:
		for i := range seg.Columns {
			left := sampleCells
			g.Column(i, func(c item.Cell) bool { left--; return yield(c) && left > 0 })
		}
	case item.Cells:
		for _, c := range g[:min(len(g), sampleCells*len(seg.Columns))] {
			if !yield(c) {
				return
			}
		}
	}
}
