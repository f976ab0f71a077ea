package detectors

import (
	"math/bits"

	"github.com/ecart-rgpd/ecart/item"
)

// A Scanner is one worker's engine with its buffers. Not safe for concurrent use.
type Scanner struct {
	engine *Engine
	finder finder
	object object

	// Of the segment at hand; the buffers are kept for the next one.
	seg      *item.Segment
	kind     item.Kind
	from, to int // owned part of the text
	sight    sight
	contexts []context
	waiting  []asking
	pulling  []pulling
	signs    signs  // of the segment's text
	wanted   []bool // columns with detectors to ask
	pulls    []asks // and which
	cell     item.Cell
	inCell   bool // the place asked is in cell
	inOrder  bool // cells are walked through in order of place
	windows  []stretch
	hits     []hit
	runs     []int // where a sorted run of hits starts
	spare    []hit
	pullTo   []int     // detector → offset up to which it was asked near a word
	asked    []offsets // detector → where it was asked in cells, if also asked at shapes
	nearest  int       // index in contexts where the last search began
	lines    lineCounter
	judged   judged
}

// A context is a word or phrase of some context lists.
type context struct {
	at, end int32
	lists   listSet
}

// An asking waits until all context of the segment is known.
type asking struct{ det, at int32 }

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
// Words come first: they are the context by which values are weighed.
func (s *Scanner) scan(text []byte) {
	if g, ok := s.seg.Grid.(interface{ LeaveLines() }); ok {
		g.LeaveLines() // only the first hits of a group want one
	}
	s.from, s.to = s.seg.From, s.seg.To
	if s.to == 0 {
		s.to = len(text)
	}
	s.contexts, s.waiting, s.windows, s.hits = s.contexts[:0], s.waiting[:0], s.windows[:0], s.hits[:0]
	s.runs = append(s.runs[:0], 0)
	s.lines, s.nearest = lineCounter{line: s.seg.At.Line}, 0
	clear(s.pullTo)
	for i := range s.asked {
		s.asked[i] = offsets{list: s.asked[i].list[:0]}
	}
	if seen, ok := s.seg.Seen.(*Seen); ok {
		defer s.recall(seen)()
	} else {
		s.look(text)
	}
	s.runPatterns(text)
	sortHits(s.hits)
	s.askColumns(text)
	s.runs = append(s.runs, len(s.hits))
	for _, a := range s.waiting {
		s.ask(text, int(a.det), int(a.at))
	}
	sortHits(s.hits[s.runs[len(s.runs)-1]:])
	s.runs = append(s.runs, len(s.hits))
	for _, ev := range s.sight.shapes {
		s.askShape(text, ev)
	}
	sortHits(s.hits[s.runs[len(s.runs)-1]:])
	if len(s.hits) > 0 {
		s.count(text, s.resolve())
	}
}

// askShape asks the detectors of a shape that begins with a run of so many digits,
// but those that were asked there as in a column.
func (s *Scanner) askShape(text []byte, ev event) {
	e, run := s.engine, 0
	if !e.atAny[ev.kind] {
		if run = int(ev.run) - 1; run < 0 {
			run = digitRun(text, int(ev.at)) & 63
		}
	}
	for set := e.atRun[ev.kind][run]; set != 0; set &= set - 1 {
		det := e.asked[ev.kind][bits.TrailingZeros64(set)]
		if !e.twice.has(int32(det)) || !s.asked[det].at(ev.at) {
			s.ask(text, det, int(ev.at))
		}
	}
}

// look searches the text for shapes and words.
func (s *Scanner) look(text []byte) {
	s.finder.find(text, &s.sight)
	for i := range s.sight.words {
		s.word(text, &s.sight.words[i])
	}
	sortContexts(s.contexts)
}

// ask lets detector det look at text[at].
func (s *Scanner) ask(text []byte, det, at int) {
	m := s.engine.dets[det].Verify(text, at)
	if m.Len <= 0 || s.engine.dets[det].Labelled && !s.labelled(text, det, m.Start) {
		return
	}
	// The hit is made in its place: what is written and copied at once stalls.
	s.hits = append(s.hits, hit{})
	h := &s.hits[len(s.hits)-1]
	h.start, h.end, h.source, h.slot = int32(m.Start), int32(m.Start+m.Len), int32(det), noSlot
	switch {
	case m.Sort == NearMiss:
		if s.inCell { // its cell is at hand
			s.locate(text, h)
		}
	case m.Sort == Specimen:
		h.tier, h.confidence = specimen, confidentFiction
	case m.Grade > C && s.isNobodys(text, det, m.Start):
		if !s.weigh(text, h, C) {
			s.hits = s.hits[:len(s.hits)-1]
		}
	case !s.weigh(text, h, s.gradeHere(det, m.Grade)):
		s.hits = s.hits[:len(s.hits)-1]
	}
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

// word notes what a word, or a phrase round it, stands for.
func (s *Scanner) word(text []byte, w *word) {
	t := s.engine.words
	e := &t.entries[w.entry]
	if !e.alone.empty() {
		s.use(text, int(w.at), int(w.end), &e.alone)
	}
	if len(e.phrases) > 0 {
		e.around(text, int(w.at), int(w.end), func(at, end int, use *wordUse) { s.use(text, at, end, use) })
	}
}

// use notes the context a word gives, and what is to be asked because of it.
func (s *Scanner) use(text []byte, at, end int, use *wordUse) {
	if use.context != 0 {
		s.contexts = append(s.contexts, context{int32(at), int32(end), use.context})
	}
	for set := use.context & s.engine.active; set != 0; set &= set - 1 {
		list := bits.TrailingZeros64(uint64(set))
		for _, det := range s.engine.wordDets[list] {
			s.waiting = append(s.waiting, asking{int32(det), int32(at)})
		}
		if len(s.engine.pulled[list]) > 0 {
			s.pull(text, s.engine.pulled[list], at, end)
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
	if at < s.from || at >= s.to || s.object.mute() {
		return
	}
	h := hit{start: int32(at), end: int32(end), source: int32(s.engine.termSource[term]), tier: sure, slot: noSlot}
	c := s.sayOf(term, text, at, end)
	switch {
	case c > 0:
		h.confidence = permille(c)
	case s.kind == item.Table && s.object.base != noSlot && s.engine.lexicon.Tells(term, text, at, end):
		h.tier = hopeful // carried by the other cells of its column, or nothing
	default:
		return
	}
	s.hits = append(s.hits, h)
}

// sayOf is how surely the term at text[at:end] says something of a person. In a
// table a cell is all there is to read: its neighbours are other subjects.
func (s *Scanner) sayOf(term int, text []byte, at, end int) float64 {
	if s.kind == item.Table && s.object.base != noSlot {
		if c, ok := s.seg.Grid.Cell(at); ok && end <= c.End {
			text, at, end = text[c.Start:c.End], at-c.Start, end-c.Start
		}
	}
	return s.engine.lexicon.Weigh(term, text, at, end, s.kind)
}

// offsets is where a detector was asked already, in order.
type offsets struct {
	list []int32
	next int
}

// at tells whether offset is in the list. Questions come about in order.
func (o *offsets) at(offset int32) bool {
	for o.next < len(o.list) && o.list[o.next] < offset {
		o.next++
	}
	for o.next > 0 && o.list[o.next-1] >= offset {
		o.next--
	}
	return o.next < len(o.list) && o.list[o.next] == offset
}
