package detectors

import (
	"math/bits"

	"github.com/ecart-rgpd/ecart/item"
)

// A walker is a Grid that can go through the cells of one column. Without it,
// detectors that need a name to look at all are not asked in tables.
type walker interface {
	// Column calls yield for each cell of column, in order, until it says false.
	Column(column int, yield func(item.Cell) bool)
}

// askColumns asks the detectors that need context in the cells of columns whose
// name gives it: their header is too far away to be seen in the text.
func (s *Scanner) askColumns(text []byte) {
	if s.object.base == noSlot {
		return
	}
	for i := range s.seg.Columns {
		lists := s.columnLists(s.object.base + i)
		for set := lists & s.engine.active; set != 0; set &= set - 1 {
			for _, p := range s.engine.pulled[bits.TrailingZeros64(uint64(set))] {
				s.runs = append(s.runs, len(s.hits))
				s.askCells(text, i, p)
				sortHits(s.hits[s.runs[len(s.runs)-1]:])
			}
		}
	}
}

// columnLists returns the lists that the name of a slot belongs to, by its
// words or by what it was judged to be.
func (s *Scanner) columnLists(slot int) listSet {
	lists := s.object.slots[slot].lists
	for _, v := range s.object.judge(slot) {
		if v.Confidence >= Sure {
			lists |= s.engine.category[v.Category]
		}
	}
	return lists
}

// askCells asks p at the start of every cell of a column.
func (s *Scanner) askCells(text []byte, column int, p pull) {
	ask := func(c item.Cell) bool {
		at := c.Start
		for at < c.End && !wordByteAt(text, at) {
			at++
		}
		if at < c.End && (!p.digits || digitAt(text, at)) {
			s.ask(text, p.det, at)
		}
		return true
	}
	switch g := s.seg.Grid.(type) {
	case walker:
		g.Column(column, ask)
	case item.Cells:
		for _, c := range g {
			if c.Column == column {
				ask(c)
			}
		}
	}
}
