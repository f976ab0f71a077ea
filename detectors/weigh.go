package detectors

import (
	"slices"

	"github.com/ecart-rgpd/ecart/item"
)

// Confidence of a match by its grade and context. Under Sure it raises no gap.
const (
	confidentAlone   = 0.95 // grade A
	confidentNamed   = 0.97 // in a column of that name
	confidentContext = 0.8  // grade B with its context
	confidentInCode  = 0.65 // the same in code, comments and logs
	confidentColumn  = 0.7  // grade B carried by the other cells of its column
	confidentHalf    = 0.55 // half of the column only
	confidentFaint   = 0.4  // grade C beside its word: kept, raises no gap
	confidentFiction = 0.1  // published specimen
)

// Within how many bytes a context word counts: before or after the value in
// prose, on the same line in other texts.
const (
	contextProse  = 300
	contextBefore = 160
	contextAfter  = 60
)

// weigh turns the grade of each hit into a tier and a confidence.
func (s *Scanner) weigh(text []byte) {
	slices.SortFunc(s.hits, compareHits)
	slices.SortFunc(s.contexts, func(a, b context) int { return a.at - b.at })
	for i := range s.hits {
		h := &s.hits[i]
		if h.tier != alone {
			if h.tier == specimen {
				h.confidence = confidentFiction
			}
			continue
		}
		s.weighGrade(text, h)
	}
}

// compareHits orders by place, longest first, then by detector, so that the
// order in which they were asked does not matter.
func compareHits(a, b hit) int {
	switch {
	case a.start != b.start:
		return a.start - b.start
	case a.end != b.end:
		return b.end - a.end
	}
	return a.source - b.source
}

func (s *Scanner) weighGrade(text []byte, h *hit) {
	s.locate(text, h)
	named, near := s.context(text, h)
	switch {
	case h.grade == C && near && !(named && h.whole):
		h.tier, h.confidence = faint, confidentFaint
	case h.grade == None || h.grade == C && !(named && h.whole):
		h.tier, h.confidence = missed, unfounded
	case named:
		h.tier, h.confidence = sure, confidentNamed
		if h.grade == C {
			h.confidence = confidentContext
		}
	case h.grade == A:
		h.confidence = confidentAlone
		if near {
			h.tier = sure
		}
	case near && s.inCode():
		h.tier, h.confidence = sure, confidentInCode
	case near:
		h.tier, h.confidence = sure, confidentContext
	case h.whole && s.kind == item.Table:
		h.tier, h.confidence = hopeful, 0
	default:
		h.tier, h.confidence = missed, unfounded
	}
}

// unfounded marks a hit that is nothing without the context it lacks.
const unfounded = -1

func (s *Scanner) inCode() bool {
	return s.kind == item.Code || s.kind == item.Comment || s.kind == item.Log
}

// context tells whether the column or label of h is called after what it is,
// and whether a context word is near.
func (s *Scanner) context(text []byte, h *hit) (named, near bool) {
	d := s.engine.dets[h.source]
	lists := s.engine.context[h.source]
	if s.object.speaks(h.slot, d.Category, lists|s.engine.category[d.Category]) {
		return true, true
	}
	if lists == 0 {
		return false, h.grade == B
	}
	return false, s.object.lists&lists != 0 || s.near(text, h.start, h.end, lists)
}

// near tells whether a word of lists stands near text[start:end].
func (s *Scanner) near(text []byte, start, end int, lists listSet) bool {
	lo, hi := start-contextBefore, end+contextAfter
	if s.kind == item.Prose || s.kind == item.Meta {
		lo, hi = start-contextProse, end+contextProse
	}
	lo, hi = max(lo, 0), min(hi, len(text))
	if s.kind != item.Prose && s.kind != item.Meta {
		lo, hi = afterBreak(text, lo, start), lineEnd(text, end, hi)
	}
	i, _ := slices.BinarySearchFunc(s.contexts, lo, func(c context, at int) int { return c.at - at })
	for ; i < len(s.contexts) && s.contexts[i].at < hi; i++ {
		if c := s.contexts[i]; c.lists&lists != 0 && c.end <= hi && (c.end <= start || c.at >= end) {
			return true
		}
	}
	return s.engine.short&lists != 0 && s.engine.shortNear(text[afterBreak(text, lo, start):start], lists)
}

func lineEnd(text []byte, end, hi int) int {
	for i := end; i < hi; i++ {
		if text[i] == '\n' {
			return i
		}
	}
	return hi
}

// shortNear tells whether a word too short for the word table is in text: « CB ».
func (e *Engine) shortNear(text []byte, lists listSet) bool {
	for i := 0; i < len(text); {
		end := tokenEnd(text, i)
		if end == i {
			i++
			continue
		}
		if end-i < minWord {
			if w, ok := e.words.lookup(text[i:end]); ok && e.shortUse(text, i, end, w)&lists != 0 {
				return true
			}
		}
		i = end
	}
	return false
}

func (e *Engine) shortUse(text []byte, at, end, w int) (set listSet) {
	e.words.uses(text, event{at: at, end: end, word: w}, func(_, _ int, u *wordUse) { set |= u.context })
	return set
}

// resolve drops hits that overlap a stronger one, in place.
func (s *Scanner) resolve() []hit {
	founded := s.hits[:0]
	for _, h := range s.hits {
		if h.confidence != unfounded {
			founded = append(founded, h)
		}
	}
	return dropWeaker(founded)
}

// strongest sorts hits and drops those that overlap a stronger one.
func strongest(hits []hit) []hit {
	slices.SortFunc(hits, compareHits)
	return dropWeaker(hits)
}

func dropWeaker(hits []hit) []hit {
	kept := hits[:0]
	for _, h := range hits {
		if n := len(kept); n > 0 && kept[n-1].end > h.start {
			if stronger(&h, &kept[n-1]) {
				kept[n-1] = h
			}
			continue
		}
		kept = append(kept, h)
	}
	return kept
}

// stronger tells whether a takes the place of b, which starts before it.
func stronger(a, b *hit) bool {
	switch {
	case a.strength() != b.strength():
		return a.strength() > b.strength()
	case a.tier != b.tier:
		return a.tier > b.tier
	}
	return a.end-a.start > b.end-b.start
}

// strength is the confidence of a hit against others at its place: a specimen
// is surely what it looks like.
func (h *hit) strength() float64 {
	if h.tier == specimen {
		return confidentAlone
	}
	return h.confidence
}
