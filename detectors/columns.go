package detectors

import (
	"bytes"
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
		s.pulling = s.pulling[:0]
		for set := s.columnLists(s.object.base+i) & s.engine.active; set != 0; set &= set - 1 {
			for _, p := range s.engine.pulled[bits.TrailingZeros64(uint64(set))] {
				if p.sign == 0 || bytes.IndexByte(text, p.sign) >= 0 {
					s.pulling = append(s.pulling, pulling{pull: p})
				}
			}
		}
		if len(s.pulling) > 0 {
			s.runs = append(s.runs, len(s.hits))
			s.askCells(text, i)
			sortHits(s.hits[s.runs[len(s.runs)-1]:])
		}
	}
}

// columnLists returns the lists that the name of a slot belongs to, by its
// words or by what it was judged to be.
func (s *Scanner) columnLists(i int) listSet {
	sl := &s.object.slots[i]
	if sl.asks {
		return sl.asked
	}
	sl.asks, sl.asked = true, sl.lists
	for _, v := range s.object.judge(i) {
		if v.Confidence >= Sure {
			sl.asked |= s.engine.category[v.Category]
		}
	}
	return sl.asked
}

// askCells asks the detectors at hand at the start of every cell of a column.
func (s *Scanner) askCells(text []byte, column int) {
	ask := func(c item.Cell) bool {
		at := c.Start
		for at < c.End && classes[text[at]]&(isDigit|isLetter) == 0 {
			at++
		}
		if at == c.End {
			return true
		}
		run := digitRun(text, at)
		for k := range s.pulling {
			if p := &s.pulling[k]; p.first>>run&1 != 0 {
				s.ask(text, p.det, at)
			}
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
