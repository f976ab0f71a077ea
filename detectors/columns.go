package detectors

import (
	"bytes"
	"math/bits"
	"slices"

	"github.com/ecart-rgpd/ecart/item"
)

// A walker is a Grid that can go through the cells of some columns. Without it,
// detectors that need a name to look at all are not asked in tables.
type walker interface {
	// Walk calls yield for each cell of the columns wanted, in order of place,
	// until it says false.
	Walk(wanted []bool, yield func(item.Cell) bool)
}

// A columnWalker goes through one column at a time.
type columnWalker interface {
	Column(column int, yield func(item.Cell) bool)
}

// askColumns asks the detectors that need context in the cells of columns whose
// name gives it: their header is too far away to be seen in the text.
func (s *Scanner) askColumns(text []byte) {
	if s.object.base == noSlot || !s.wantColumns(text) {
		return
	}
	_, s.inOrder = s.seg.Grid.(walker)
	switch g := s.seg.Grid.(type) {
	case walker:
		s.runs = append(s.runs, len(s.hits))
		g.Walk(s.wanted, func(c item.Cell) bool { s.askCell(text, &c); return true })
	case columnWalker:
		for i := range s.wanted {
			if s.wanted[i] {
				s.runs = append(s.runs, len(s.hits))
				g.Column(i, func(c item.Cell) bool { s.askCell(text, &c); return true })
				sortHits(s.hits[s.runs[len(s.runs)-1]:])
			}
		}
	case item.Cells:
		s.runs = append(s.runs, len(s.hits))
		for i := range g {
			if c := g[i]; c.Column >= 0 && c.Column < len(s.wanted) && s.wanted[c.Column] {
				s.askCell(text, &c)
			}
		}
	}
	s.inCell = false
	sortHits(s.hits[s.runs[len(s.runs)-1]:])
}

// wantColumns notes which detectors each column of the segment calls for; false
// for none at all.
func (s *Scanner) wantColumns(text []byte) bool {
	some := false
	s.signs = signs{}
	s.wanted, s.pulls = s.wanted[:0], s.pulls[:min(len(s.pulls), len(s.seg.Columns))]
	for i := range s.seg.Columns {
		if i == len(s.pulls) {
			s.pulls = slices.Grow(s.pulls, 1)[:i+1] // with the list that an earlier table left there
		}
		a := &s.pulls[i]
		*a = asks{list: a.list[:0]}
		for set := s.columnLists(s.object.base+i) & s.engine.active; set != 0; set &= set - 1 {
			for _, p := range s.engine.pulled[bits.TrailingZeros64(uint64(set))] {
				if p.sign == 0 || s.signs.in(text, p.sign) {
					a.add(p, s.engine.twice.has(int32(p.det)))
				}
			}
		}
		s.wanted = append(s.wanted, len(a.list) > 0)
		some = some || len(a.list) > 0
	}
	return some
}

// askCell asks at the start of a cell.
func (s *Scanner) askCell(text []byte, c *item.Cell) {
	at := c.Start
	for at < c.End && classes[text[at]]&(isDigit|isLetter) == 0 {
		at++
	}
	if at >= c.End || c.Column < 0 || c.Column >= len(s.pulls) {
		return
	}
	a := &s.pulls[c.Column]
	set := a.atRun[digitRun(text, at)&63]
	if s.inOrder {
		for twice := set & a.twice; twice != 0; twice &= twice - 1 {
			p := &a.list[bits.TrailingZeros64(twice)]
			s.asked[p.det].list = append(s.asked[p.det].list, int32(at))
		}
	}
	if set &= a.inCell[min(c.End-at, 63)]; set == 0 {
		return
	}
	s.cell, s.inCell = *c, true
	for ; set != 0; set &= set - 1 {
		s.ask(text, a.list[bits.TrailingZeros64(set)].det, at)
	}
}

// asks are the detectors to ask in the cells of a column.
type asks struct {
	list   []pull
	atRun  runs
	inCell runs   // that are asked in a cell with so many bytes left, 63 for all longer ones
	twice  uint64 // that are asked at shapes, too
}

func (a *asks) add(p pull, twice bool) {
	i := len(a.list)
	a.atRun.add(i, p.first)
	for n := min(max(p.minLen-1, 0), 63); n < 64; n++ { // a sign may stand before
		a.inCell[n] |= 1 << i
	}
	if twice {
		a.twice |= 1 << i
	}
	a.list = append(a.list, p)
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

// signs remembers which bytes are in a text.
type signs struct{ known, here [256 / 64]uint64 }

func (s *signs) in(text []byte, c byte) bool {
	i, bit := c/64, uint64(1)<<(c%64)
	if s.known[i]&bit == 0 {
		s.known[i] |= bit
		if bytes.IndexByte(text, c) >= 0 {
			s.here[i] |= bit
		}
	}
	return s.here[i]&bit != 0
}
