package detectors

import (
	"encoding/binary"
	"hash/maphash"
	"slices"

	"github.com/ecart-rgpd/ecart/item"
)

// A Shelf keeps many findings of history in little room: those of the past wait until
// all of it is read, and the versions of a file give the same ones again and again.
// What they have in common is kept once, and the rest as bytes, which the collector
// of memory does not look into. Not safe for concurrent use.
type Shelf struct {
	kinds  []Finding // findings without what is in the bytes
	number map[findingKind]uint32
	values []*marks // each list of marks once
	same   map[uint64][]uint32
	pages  [][]byte
	whole  [][]Finding // of objects where some have more to them than bytes tell
}

// A Shelved is the findings of one object on a shelf: so many at a place of a page, or,
// with none, a number in the list of those kept whole.
type Shelved struct{ page, at, count uint32 }

// shelfPage is the size in bytes of a stretch of a shelf.
const shelfPage = 256 << 10

// findingKind is all that makes a finding but where in its object, how often, and with
// which values.
type findingKind struct {
	at                                     item.Location
	category, identifier, detector, readBy string
	scope, kept, everyone                  string
	date, oldest, newest                   string
	evidence                               Evidence
	sink                                   item.Sink
	confidence                             float64
	specimen, declared, key, still, fresh  bool
	begun                                  bool
}

// Put puts findings on the shelf.
func (s *Shelf) Put(findings []Finding) Shelved {
	if s.number == nil {
		s.number, s.same = map[findingKind]uint32{}, map[uint64][]uint32{}
	}
	if slices.ContainsFunc(findings, func(f Finding) bool { return !f.plain() }) {
		s.whole = append(s.whole, findings)
		return Shelved{at: uint32(len(s.whole) - 1)}
	}
	p := len(s.pages) - 1
	if p < 0 || len(s.pages[p]) > shelfPage-shelfPage/8 {
		s.pages = append(s.pages, make([]byte, 0, shelfPage))
		p++
	}
	held := Shelved{uint32(p), uint32(len(s.pages[p])), uint32(len(findings))}
	for i := range findings {
		s.pages[p] = s.put(s.pages[p], &findings[i])
	}
	return held
}

// plain tells whether a finding has nothing that only a Finding can tell.
func (f *Finding) plain() bool {
	return f.Flow == nil && f.Third == nil && f.To == nil && f.Past == nil
}

func (s *Shelf) put(b []byte, f *Finding) []byte {
	b = binary.AppendUvarint(b, uint64(s.kindOf(f)))
	b = binary.AppendUvarint(b, uint64(f.At.Line))
	b = binary.AppendUvarint(b, uint64(f.Count))
	b = binary.AppendUvarint(b, uint64(len(f.Lines)))
	last := f.At.Line
	for _, line := range f.Lines {
		b = binary.AppendVarint(b, int64(line-last))
		last = line
	}
	return binary.AppendUvarint(b, uint64(s.valuesOf(f.marks)))
}

// kindOf returns the number of what a finding has in common with others.
func (s *Shelf) kindOf(f *Finding) uint32 {
	k := findingKind{
		at: f.At, category: f.Category, identifier: f.Identifier, detector: f.Detector, readBy: f.ReadBy,
		scope: f.Scope, kept: f.Kept, everyone: f.Everyone, date: f.Date, oldest: f.Oldest, newest: f.Newest,
		evidence: f.Evidence, sink: f.Sink, confidence: f.Confidence,
		specimen: f.Specimen, declared: f.Declared, key: f.Key, still: f.Still, fresh: f.Fresh, begun: f.Begun,
	}
	k.at.Line = 0
	n, known := s.number[k]
	if !known {
		n = uint32(len(s.kinds))
		s.number[k] = n
		c := *f
		c.At.Line, c.Count, c.Lines, c.marks = 0, 0, nil, nil
		s.kinds = append(s.kinds, c)
	}
	return n
}

// valuesOf returns the number of a list of marks, 0 for none.
func (s *Shelf) valuesOf(m *marks) uint32 {
	if m == nil {
		return 0
	}
	var h maphash.Hash
	h.SetSeed(markKey)
	for _, v := range m.list {
		maphash.WriteComparable(&h, v)
	}
	sum := h.Sum64()
	for _, n := range s.same[sum] {
		if s.values[n-1].equal(m) {
			return n
		}
	}
	s.values = append(s.values, m.closed())
	n := uint32(len(s.values))
	s.same[sum] = append(s.same[sum], n)
	return n
}

// Take returns the findings as they were put.
func (s *Shelf) Take(held Shelved) []Finding {
	if held.count == 0 {
		return s.whole[held.at]
	}
	list := make([]Finding, held.count)
	b := s.pages[held.page][held.at:]
	for i := range list {
		list[i], b = s.take(b)
	}
	return list
}

func (s *Shelf) take(b []byte) (Finding, []byte) {
	next := func() uint64 {
		v, n := binary.Uvarint(b)
		b = b[n:]
		return v
	}
	f := s.kinds[next()]
	f.At.Line, f.Count = int(next()), int(next())
	if n := next(); n > 0 {
		f.Lines = make([]int, n)
	}
	last := f.At.Line
	for i := range f.Lines {
		by, n := binary.Varint(b)
		b = b[n:]
		last += int(by)
		f.Lines[i] = last
	}
	if n := next(); n > 0 {
		f.marks = s.values[n-1]
	}
	return f, b
}

// equal tells whether two lists of marks are the same.
func (s *marks) equal(o *marks) bool { return s.cut == o.cut && slices.Equal(s.list, o.list) }
