package detectors

import (
	"bytes"

	"github.com/ecart-rgpd/ecart/item"
)

// locate finds the cell or label of h.
func (s *Scanner) locate(text []byte, h *hit) {
	if h.located {
		return
	}
	h.located = true
	switch {
	case s.object.base != noSlot:
		s.locateCell(text, h)
	case s.kind == item.Data:
		if label := labelBefore(text, int(h.start)); len(label) > 0 {
			h.slot, h.whole = int32(s.object.label(label)), true
		}
	}
}

func (s *Scanner) locateCell(text []byte, h *hit) {
	cell, ok := s.cell, s.inCell && int(h.start) >= s.cell.Start && int(h.start) < s.cell.End
	if !ok {
		cell, ok = s.seg.Grid.Cell(int(h.start))
	}
	if !ok || cell.Column < 0 || cell.Column >= len(s.seg.Columns) || int(h.end) > cell.End {
		h.cut = true
		return
	}
	h.slot, h.line = int32(s.object.base+cell.Column), int32(cell.Line)
	h.whole = blank(text[cell.Start:h.start]) && blank(text[h.end:cell.End])
}

// blank tells whether b is nothing but spaces and quotes.
func blank(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\t' && c != '"' && c != '\'' {
			return false
		}
	}
	return true
}

// count adds the hits that start in the owned part to the object.
func (s *Scanner) count(text []byte, hits []hit) {
	for i := range hits {
		h := &hits[i]
		if int(h.start) < s.from || int(h.start) >= s.to {
			continue
		}
		if s.locate(text, h); !h.cut {
			if len(s.seg.Cards) > 0 && s.onFirmsCard(h) {
				h.tier, h.confidence = faint, min(h.confidence, confidentFaint)
			}
			s.countHit(text, h)
		}
	}
}

func (s *Scanner) countHit(text []byte, h *hit) {
	key := groupKey{slot: h.slot, source: h.source, tier: h.tier}
	if h.slot == noSlot && (s.seg.At.Table != "" || s.seg.At.Sheet != "") {
		key.part = s.object.part(s.seg.At.Sheet, s.seg.At.Table)
	}
	if h.tier == missed {
		if s.object.options.Added == nil || s.object.added(s.lineOf(text, h)) {
			s.object.group(key).count++
		}
		return
	}
	g := s.object.group(key)
	if g.count > 0 && !g.wantsLine(&s.object) {
		g.count++
		g.confidence = max(g.confidence, h.confidence)
		s.mark(g, text, h)
		return
	}
	line := 0
	if g.wantsLine(&s.object) {
		line = s.lineOf(text, h)
		if !s.object.added(line) {
			return
		}
	}
	p := s.seg.At.Place
	p.Line = line
	g.add(&s.object, p, h.confidence)
	s.mark(g, text, h)
}

// mark notes the value of h where the past is compared with the present.
func (s *Scanner) mark(g *group, text []byte, h *hit) {
	if s.object.options.Marks {
		if g.marks == nil {
			g.marks = &marks{}
		}
		g.marks.note(text[h.start:h.end])
	}
}

// lineOf returns the line of h, 0 when lines mean nothing here.
func (s *Scanner) lineOf(text []byte, h *hit) int {
	switch {
	case h.line > 0:
		return int(h.line)
	case h.line < 0:
		return s.lines.at(text, int(-1-h.line))
	case s.seg.At.Line == 0:
		return 0
	}
	return s.lines.at(text, int(h.start))
}

// A lineCounter counts lines on from the last offset it was asked for: most
// texts have no hit, and need no lines.
type lineCounter struct{ offset, line int }

func (c *lineCounter) at(text []byte, offset int) int {
	if offset >= c.offset {
		c.line += bytes.Count(text[c.offset:offset], []byte{'\n'})
		c.offset = offset
		return c.line
	}
	return c.line - bytes.Count(text[offset:c.offset], []byte{'\n'})
}
