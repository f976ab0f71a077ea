package detectors

import (
	"bytes"

	"github.com/ecart-rgpd/ecart/item"
)

// Confidence of a match by its grade and context, in thousandths. Under Sure it
// raises no gap.
const (
	confidentAlone   = 950 // grade A
	confidentNamed   = 970 // in a column of that name
	confidentContext = 800 // grade B with its context
	confidentInCode  = 650 // the same in code, comments and logs
	confidentColumn  = 700 // grade B carried by the other cells of its column
	confidentHalf    = 550 // half of the column only
	confidentFaint   = 400 // grade C beside its word: kept in the findings, raises no gap
	confidentFiction = 100 // published specimen
)

// Within how many bytes a context word counts: before or after the value in
// prose, on the same line in other texts.
const (
	contextProse  = 300
	contextBefore = 160
	contextAfter  = 60
	contextShort  = 24 // for words too short for the word table
)

// weigh gives h its tier and confidence by its grade and context; false when it
// is nothing without the context it lacks.
func (s *Scanner) weigh(text []byte, h *hit, grade Grade) bool {
	if grade == None {
		return false
	}
	if s.locate(text, h); h.cut {
		return false // across cells: two values, not one
	}
	lists := s.engine.context[h.source]
	switch {
	case s.named(h) && (grade > C || h.whole):
		h.tier, h.confidence = sure, confidentNamed
		if grade == C {
			h.confidence = confidentContext
		}
	case grade == A:
		h.tier, h.confidence = alone, confidentAlone
		if s.hasContext(text, h, lists) {
			h.tier = sure
		}
	case grade == C && s.hasContext(text, h, lists):
		h.tier, h.confidence = faint, confidentFaint
	case grade == C:
		return false
	case lists == 0 || s.hasContext(text, h, lists):
		h.tier, h.confidence = sure, confidentContext
		if s.inCode() {
			h.confidence = confidentInCode
		}
	case h.whole && s.object.base != noSlot:
		h.tier, h.confidence = hopeful, 0
	default:
		return false
	}
	return true
}

func (s *Scanner) inCode() bool {
	return s.kind == item.Code || s.kind == item.Comment || s.kind == item.Log
}

// named tells whether the column or label of h is called after what it is.
func (s *Scanner) named(h *hit) bool {
	if h.slot == noSlot {
		return false
	}
	return s.object.speaks(int(h.slot), h.source)
}

// hasContext tells whether a word of lists stands near h, or in the name of the
// object.
func (s *Scanner) hasContext(text []byte, h *hit, lists listSet) bool {
	if lists == 0 {
		return false
	}
	if s.object.lists&lists != 0 {
		return true
	}
	start, end := int(h.start), int(h.end)
	prose := s.kind == item.Prose || s.kind == item.Meta
	lo, hi := start-contextBefore, end+contextAfter
	if prose {
		lo, hi = start-contextProse, end+contextProse
	}
	for i := s.firstContext(lo); i < len(s.contexts) && int(s.contexts[i].at) < hi; i++ {
		c := &s.contexts[i]
		if c.lists&lists != 0 && int(c.end) <= hi && (prose || sameLine(text, c, start, end)) {
			return true
		}
	}
	return s.engine.short&lists != 0 && s.engine.shortNear(text[lineStart(text, max(start-contextShort, 0), start):start], lists)
}

// labelled tells whether the value of det at start stands by itself, or is joined by
// a sign to a word of its context.
func (s *Scanner) labelled(text []byte, det, start int) bool {
	if start < 2 || text[start-1] != '-' && text[start-1] != '.' || text[start-2] >= 0x80 || !letterAt(text, start-2) {
		return true
	}
	for i := s.firstContext(start - maxLabel); i < len(s.contexts) && int(s.contexts[i].at) < start; i++ {
		if c := &s.contexts[i]; int(c.end) == start-1 && c.lists&s.engine.context[det] != 0 {
			return true
		}
	}
	return false
}

// isNobodys tells whether words before the value of det at start, in its
// paragraph, say that it is no person's: the number of a company before its seat.
func (s *Scanner) isNobodys(text []byte, det, start int) bool {
	lists := s.engine.against[det]
	if lists == 0 {
		return false
	}
	for i := s.firstContext(start - contextBefore); i < len(s.contexts) && int(s.contexts[i].end) <= start; i++ {
		if c := &s.contexts[i]; c.lists&lists != 0 && !bytes.Contains(text[c.end:start], []byte("\n\n")) {
			return true
		}
	}
	return false
}

// firstContext returns the index of the first context that starts at lo or
// after it. Values come in order, so it goes on from where it was.
func (s *Scanner) firstContext(lo int) int {
	i := s.nearest
	for i < len(s.contexts) && int(s.contexts[i].at) < lo {
		i++
	}
	for i > 0 && int(s.contexts[i-1].at) >= lo {
		i--
	}
	s.nearest = i
	return i
}

// sameLine tells whether no line ends between a context word and a value.
func sameLine(text []byte, c *context, start, end int) bool {
	switch {
	case int(c.end) <= start:
		return bytes.IndexByte(text[c.end:start], '\n') < 0
	case int(c.at) >= end:
		return bytes.IndexByte(text[end:c.at], '\n') < 0
	}
	return true
}

// shortNear tells whether a word too short for the word table is in text: « CB ».
func (e *Engine) shortNear(text []byte, lists listSet) bool {
	for i := 0; i < len(text); {
		end := tokenEnd(text, i)
		if end == i {
			i++
			continue
		}
		if end-i < minWord && e.shortUse(text, i, end)&lists != 0 {
			return true
		}
		i = end
	}
	return false
}

func (e *Engine) shortUse(text []byte, at, end int) (set listSet) {
	if i, ok := e.words.lookup(text[at:end]); ok {
		e.words.uses(text, word{int32(at), int32(end), int32(i)}, func(_, _ int, u *wordUse) { set |= u.context })
	}
	return set
}
