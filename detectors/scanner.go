package detectors

import (
	"github.com/ecart-rgpd/ecart/item"
)

// A Scanner is one worker's engine with its buffers. Not safe for concurrent use.
type Scanner struct {
	engine *Engine
	finder finder
	object object

	// Buffers of one segment, kept between segments.
	events   []event
	contexts []context
	hits     []hit
	windows  []stretch
	pullTo   []int // detector → offset up to which it was asked near a word
	seg      *item.Segment
	kind     item.Kind
	from, to int // owned part of the text
	lines    lineCounter
}

// A context is a word or phrase of some context lists.
type context struct {
	at, end int
	lists   listSet
}

// A hit is what a detector, a lexicon or a pattern saw at one place.
type hit struct {
	start, end int
	source     int // detector; after them terms' rules and patterns, see source
	tier       tier
	grade      Grade
	confidence float64
	place
}

// A tier says what a hit still needs.
type tier uint8

const (
	missed   tier = iota // right shape, wrong check
	faint                // grade C beside a context word: kept, raises no gap
	hopeful              // grade B without context: may be carried by its column
	alone                // grade A without context: weighed against its misses
	sure                 // has its context, or needs none
	specimen             // published specimen
)

// Begin starts an object: its segments follow, in order, until End.
func (s *Scanner) Begin(at item.Location, o Options) { s.object.begin(s, at, o) }

// Unread returns what could not be searched since Begin: stretches where a
// pattern of the user was stopped by its limit.
func (s *Scanner) Unread() []item.Unread { return s.object.unread }

// Add reads one segment.
func (s *Scanner) Add(seg *item.Segment) error {
	s.seg, s.kind = seg, seg.Kind
	s.object.enter(seg)
	if !s.object.options.History {
		s.object.thirds(seg)
		s.object.flows(seg)
	}
	if len(seg.Text) > 0 {
		s.scan(seg.Text)
	}
	return nil
}

// scan finds, weighs and counts the values and words of the segment's text.
func (s *Scanner) scan(text []byte) {
	s.from, s.to = s.seg.From, s.seg.To
	if s.to == 0 {
		s.to = len(text)
	}
	s.hits, s.contexts, s.windows = s.hits[:0], s.contexts[:0], s.windows[:0]
	s.lines = lineCounter{line: s.seg.At.Line}
	clear(s.pullTo)
	s.events = s.finder.find(text, s.events[:0])
	for _, ev := range s.events {
		if ev.kind == aWord {
			s.wordEvent(text, ev)
			continue
		}
		for _, det := range s.engine.asked[ev.kind] {
			if ev.kind != number9 || s.engine.context[det] == 0 {
				s.ask(text, det, ev.at)
			}
		}
	}
	s.askColumns(text)
	s.runPatterns(text)
	if len(s.hits) == 0 {
		return
	}
	s.weigh(text)
	s.count(text, s.resolve())
}

// ask lets detector det look at text[at].
func (s *Scanner) ask(text []byte, det, at int) {
	m := s.engine.dets[det].Verify(text, at)
	if m.Len <= 0 {
		return
	}
	h := hit{start: m.Start, end: m.Start + m.Len, source: det}
	switch {
	case m.NearMiss:
	case m.Specimen:
		h.tier = specimen
	default:
		h.tier, h.grade = alone, s.gradeHere(det, m.Grade)
	}
	s.hits = append(s.hits, h)
}

// gradeHere is what a match of grade g is worth in this kind of text.
func (s *Scanner) gradeHere(det int, g Grade) Grade {
	d := s.engine.dets[det]
	if g < B {
		return g
	}
	switch s.kind {
	case item.Code, item.Comment:
		if d.InCode != None {
			return d.InCode
		}
	case item.Log:
		if d.InLog != None {
			return d.InLog
		}
	}
	return g
}

// wordEvent notes the context a word gives and asks the detectors it starts.
func (s *Scanner) wordEvent(text []byte, ev event) {
	s.engine.words.uses(text, ev, func(at, end int, use *wordUse) {
		s.useWord(text, at, end, use)
	})
}

func (s *Scanner) useWord(text []byte, at, end int, use *wordUse) {
	if use.context != 0 {
		s.contexts = append(s.contexts, context{at, end, use.context})
		for _, list := range s.engine.active {
			if use.context&(1<<list) == 0 {
				continue
			}
			for _, det := range s.engine.wordDets[list] {
				s.ask(text, det, at)
			}
			for _, p := range s.engine.pulled[list] {
				s.pull(text, p, at, end)
			}
		}
	}
	if s.object.options.History {
		return
	}
	for _, term := range use.terms {
		s.term(text, term, at, end)
	}
	for _, p := range use.patterns {
		s.windows = append(s.windows, stretch{p, at})
	}
}

// term weighs a word of the lexicon.
func (s *Scanner) term(text []byte, term, at, end int) {
	if at < s.from || at >= s.to {
		return
	}
	if c := s.engine.lexicon.Weigh(term, text, at, end, s.kind); c > 0 {
		s.hits = append(s.hits, hit{start: at, end: end, source: s.engine.termSource[term], tier: sure, confidence: c})
	}
}

// How far from a context word a detector that is pulled looks, in bytes.
const (
	pullAfter  = 120
	pullBefore = 40
)

// pull asks a detector at the starts of words and numbers on the line of a
// context word.
func (s *Scanner) pull(text []byte, p pull, at, end int) {
	lo, hi := max(at-pullBefore, 0), min(end+pullAfter, len(text))
	lo, hi = afterBreak(text, lo, at), untilBreak(text, end, hi)
	lo = max(lo, s.pullTo[p.det])
	s.pullTo[p.det] = max(hi, s.pullTo[p.det])
	s.askStarts(text, p, lo, hi)
}

// askStarts asks at every start of a word or number in text[lo:hi].
func (s *Scanner) askStarts(text []byte, p pull, lo, hi int) {
	for i := lo; i < hi; i++ {
		if !wordByteAt(text, i) || wordByteAt(text, i-1) || p.digits && !digitAt(text, i) {
			continue
		}
		s.ask(text, p.det, i)
	}
}

// afterBreak returns the start of the last line of text[lo:at].
func afterBreak(text []byte, lo, at int) int {
	for i := at; i > lo; i-- {
		if text[i-1] == '\n' {
			return i
		}
	}
	return lo
}

// untilBreak returns the end of the first line of text[end:hi] that is not
// blank: the value of a form may stand below its label.
func untilBreak(text []byte, end, hi int) int {
	seen := false
	for i := end; i < hi; i++ {
		switch {
		case wordByteAt(text, i):
			seen = true
		case text[i] == '\n' && seen:
			return i
		}
	}
	return hi
}
