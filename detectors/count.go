package detectors

import (
	"bytes"

	"github.com/ecart-rgpd/ecart/item"
)

// A place says which slot a hit is in.
type place struct {
	slot  int
	cell  item.Cell
	whole bool // the hit is all there is in its cell
	cut   bool // the hit goes beyond its cell, or is in none
}

// locate finds the cell or label of h.
func (s *Scanner) locate(text []byte, h *hit) {
	h.place = place{slot: noSlot}
	switch {
	case s.object.base != noSlot:
		s.locateCell(text, h)
	case s.kind == item.Data:
		if label := labelBefore(text, h.start); len(label) > 0 {
			h.slot, h.whole = s.object.label(label), true
		}
	}
}

func (s *Scanner) locateCell(text []byte, h *hit) {
	cell, ok := s.seg.Grid.Cell(h.start)
	if !ok || cell.Column < 0 || cell.Column >= len(s.seg.Columns) || h.end > cell.End {
		h.cut = true
		return
	}
	h.slot, h.cell = s.object.base+cell.Column, cell
	h.whole = len(trimCell(text[cell.Start:h.start])) == 0 && len(trimCell(text[h.end:cell.End])) == 0
}

func trimCell(b []byte) []byte { return bytes.Trim(b, " \t\"'") }

// count adds the hits that start in the owned part to the object.
func (s *Scanner) count(text []byte, hits []hit) {
	for i := range hits {
		h := &hits[i]
		if h.start < s.from || h.start >= s.to {
			continue
		}
		if h.tier != alone && h.tier != sure && h.tier != hopeful || h.source >= len(s.engine.dets) {
			s.locate(text, h)
		}
		if h.cut {
			continue
		}
		s.countHit(text, h)
	}
}

func (s *Scanner) countHit(text []byte, h *hit) {
	key := groupKey{slot: h.slot, source: h.source, tier: h.tier}
	if h.slot == noSlot {
		key.table, key.sheet = s.seg.At.Table, s.seg.At.Sheet
	}
	line := 0
	if s.object.wantsLine(key) {
		line = s.lineOf(text, h)
	}
	if !s.object.added(line) {
		return
	}
	if h.tier == missed {
		s.object.misses[missKey{h.slot, h.source}]++
		return
	}
	p := s.seg.At.Place
	p.Line = line
	s.object.add(key, p, h.confidence)
}

// lineOf returns the line of h, 0 when lines mean nothing here.
func (s *Scanner) lineOf(text []byte, h *hit) int {
	switch {
	case h.cell.Line > 0:
		return h.cell.Line
	case s.seg.At.Line == 0:
		return 0
	}
	return s.lines.at(text, h.start)
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
