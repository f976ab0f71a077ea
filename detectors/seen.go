package detectors

import (
	"cmp"
	"slices"

	"github.com/ecart-rgpd/ecart/item"
)

// Seen is what a Looker saw in a text: where detectors have something to say,
// and the words that give context. It holds offsets, no text. It serves segments
// of history alone, in which no other words count.
type Seen struct {
	shapes   []event   // shapes that some detector takes for its own
	asks     []asking  // the same, asked because of a word near by
	contexts []context // words of context lists
}

// Quiet tells that there is nothing in the text to be found.
func (s *Seen) Quiet() bool { return len(s.shapes) == 0 && len(s.asks) == 0 }

// CopyTo makes into a copy of s.
func (s *Seen) CopyTo(into *Seen) {
	into.shapes = append(into.shapes[:0], s.shapes...)
	into.asks = append(into.asks[:0], s.asks...)
	into.contexts = append(into.contexts[:0], s.contexts...)
}

// Large tells that s keeps room for more than most texts hold.
func (s *Seen) Large() bool { return cap(s.shapes)+cap(s.asks)+cap(s.contexts) > 1<<14 }

// A Copied stretch of a text stands in another, too: text[At:At+Len] is
// base[From:From+Len].
type Copied struct{ From, At, Len int }

// A Looker sees what is in texts before they are read. Where most of a text is
// copied from one that it has seen, it looks only at what is new: versions of a
// file differ little. Not safe for concurrent use.
type Looker struct{ scanner *Scanner }

// Looker returns a new Looker.
func (e *Engine) Looker() *Looker {
	l := &Looker{scanner: e.Scanner()}
	l.scanner.object.begin(l.scanner, item.Location{}, Options{History: true})
	l.scanner.object.base = noSlot
	return l
}

// How many bytes decide what is seen at a place. A match looks around itself by
// MaxLen and a little; the phrase that asked for it may stand as far before it as
// a pull goes, or a little behind.
const (
	reachBefore = 320
	reachAfter  = 288 // the longest match, an address of 254 bytes, and what it looks at behind
	worthwhile  = 512 // bytes: looking at less costs no more than to carry it
)

// Worthwhile is the length from which a Copied stretch can be of use: shorter ones may
// be left out of a list.
const Worthwhile = worthwhile

// Look sees a whole text.
func (l *Looker) Look(text []byte, into *Seen) {
	into.Reset()
	l.stretch(text, 0, len(text), into)
}

// Again sees a text made of pieces of base, in which seen was seen, and of new
// ones. copies are in order of At and do not overlap there. changed is called
// for every stretch that is not copied, with what decides on it around it.
func (l *Looker) Again(text []byte, size int, seen *Seen, copies []Copied, into *Seen, changed func(from, to int)) {
	into.Reset()
	into.likeThat(seen)
	done := 0
	for _, c := range copies {
		from, to := c.At+reachBefore, c.At+c.Len-reachAfter
		if c.At == 0 && c.From == 0 {
			from = 0
		}
		if c.At+c.Len == len(text) && c.From+c.Len == size {
			to = len(text)
		}
		if to-from < worthwhile {
			continue
		}
		l.stretch(text, done, from, into)
		if done < from {
			changed(done, from)
		}
		seen.carry(from, to, c.At-c.From, into)
		done = to
	}
	l.stretch(text, done, len(text), into)
	if done < len(text) {
		changed(done, len(text))
	}
}

// Reset makes s empty; its room stays.
func (s *Seen) Reset() {
	s.shapes, s.asks, s.contexts = s.shapes[:0], s.asks[:0], s.contexts[:0]
}

// likeThat makes room in s for as much as o has: versions of a text differ little, and
// lists of a large one that grow step by step take several times the room.
func (s *Seen) likeThat(o *Seen) {
	s.shapes = slices.Grow(s.shapes, len(o.shapes)+len(o.shapes)/64)
	s.asks = slices.Grow(s.asks, len(o.asks)+len(o.asks)/64)
	s.contexts = slices.Grow(s.contexts, len(o.contexts)+len(o.contexts)/64)
}

// carry appends to into what s saw of the stretch that is at from to to now, and
// was by bytes before.
func (s *Seen) carry(from, to, by int, into *Seen) {
	at, end := int32(from-by), int32(to-by)
	for _, e := range within(s.shapes, at, end, func(e event) int32 { return e.at }) {
		e.at += int32(by)
		into.shapes = append(into.shapes, e)
	}
	for _, a := range within(s.asks, at, end, func(a asking) int32 { return a.at }) {
		a.at += int32(by)
		into.asks = append(into.asks, a)
	}
	for _, c := range within(s.contexts, at, end, func(c context) int32 { return c.at }) {
		c.at, c.end = c.at+int32(by), c.end+int32(by)
		into.contexts = append(into.contexts, c)
	}
}

// within returns the part of a list in order of place that is at from to to.
func within[T any](list []T, from, to int32, at func(T) int32) []T {
	find := func(p int32) int {
		i, _ := slices.BinarySearchFunc(list, p, func(e T, p int32) int { return cmp.Compare(at(e), p) })
		return i
	}
	return list[find(from):find(to)]
}

// stretch appends to into what is seen in text[from:to].
func (l *Looker) stretch(text []byte, from, to int, into *Seen) {
	if from >= to {
		return
	}
	lo, hi := max(0, from-reachBefore), min(len(text), to+reachAfter)
	s, part := l.scanner, text[lo:hi:hi]
	s.contexts, s.waiting = s.contexts[:0], s.waiting[:0]
	clear(s.pullTo)
	s.look(part)
	first, last, by := int32(from-lo), int32(to-lo), int32(lo)
	for _, c := range s.contexts {
		if c.at >= first && c.at < last {
			into.contexts = append(into.contexts, context{c.at + by, c.end + by, c.lists})
		}
	}
	n := len(into.asks)
	for _, a := range s.waiting {
		if a.at >= first && a.at < last && s.matches(part, int(a.det), int(a.at)) {
			into.asks = append(into.asks, asking{a.det, a.at + by})
		}
	}
	slices.SortFunc(into.asks[n:], func(a, b asking) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.det, b.det)) })
	into.asks = slices.Compact(into.asks)
	n = len(into.shapes)
	for _, e := range s.sight.shapes {
		if e.at >= first && e.at < last && s.speaks(part, e) {
			into.shapes = append(into.shapes, event{at: e.at + by, kind: e.kind})
		}
	}
	slices.SortFunc(into.shapes[n:], func(a, b event) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.kind, b.kind)) })
}

// speaks tells whether a detector has anything to say of a shape.
func (s *Scanner) speaks(text []byte, e event) bool {
	run := digitRun(text, int(e.at))
	for _, det := range s.engine.asked[e.kind] {
		if s.engine.first[det]>>run&1 != 0 && s.matches(text, det, int(e.at)) {
			return true
		}
	}
	return false
}

func (s *Scanner) matches(text []byte, det, at int) bool {
	return s.engine.dets[det].Verify(text, at).Len > 0
}

// recall puts what was seen in the segment's text in the place of a search. The shapes
// are borrowed, not copied: a large text has many.
func (s *Scanner) recall(seen *Seen) (giveBack func()) {
	own := s.sight.shapes
	s.sight.shapes = seen.shapes
	s.contexts = append(s.contexts, seen.contexts...)
	s.waiting = append(s.waiting, seen.asks...)
	return func() { s.sight.shapes = own }
}
