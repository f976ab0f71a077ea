package detectors

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// Marks tell values apart without being them, so that a value of the past can be
// looked for in the present. They are made with a key that is drawn at the start and
// never written: a mark means nothing in another process, no output has any, and
// nothing that goes through a queue or into a state does. A finding has them only
// where Options.Marks asks for them.
type marks struct {
	list  []uint64 // each value once
	known map[uint64]struct{}
	cut   bool // there were more values
}

// maxMarks bounds the marks of a finding; a value behind them has none.
const maxMarks = 4096

// fewMarks are compared one by one: most findings have no more values.
const fewMarks = 8

var markKey = maphash.MakeSeed()

// note marks a value: its letters and digits, however they are set apart.
func (s *marks) note(value []byte) {
	if s.cut {
		return
	}
	m := markOf(value)
	if len(s.list) <= fewMarks {
		if !slices.Contains(s.list, m) {
			s.list = append(s.list, m)
		}
		return
	}
	if s.known == nil {
		s.known = map[uint64]struct{}{}
		for _, m := range s.list {
			s.known[m] = struct{}{}
		}
	}
	if _, ok := s.known[m]; ok {
		return
	}
	if len(s.list) == maxMarks {
		s.cut = true
		return
	}
	s.known[m] = struct{}{}
	s.list = append(s.list, m)
}

func markOf(value []byte) uint64 {
	var h maphash.Hash
	h.SetSeed(markKey)
	for _, c := range value {
		switch {
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 0x80, c == '@':
		default:
			continue
		}
		_ = h.WriteByte(c) // never fails
	}
	return h.Sum64()
}

// closed returns the marks when no more come: a finding may be held for long, and what
// only helps to note a value takes three times the room.
func (s *marks) closed() *marks {
	if s != nil {
		s.list, s.known = slices.Clip(slices.Clone(s.list)), nil
	}
	return s
}

// both are the marks of two sources of one finding. Neither is written to: copies of
// a finding share them.
func both(a, b *marks) *marks {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	return &marks{list: slices.Concat(a.list, b.list), cut: a.cut || b.cut}
}

// Values are those that a repository holds today. Not safe for concurrent change.
type Values struct{ marks map[uint64]struct{} }

// Add adds the values of a finding of the present.
func (v *Values) Add(f *Finding) {
	if v.marks == nil {
		v.marks = map[uint64]struct{}{}
	}
	if f.marks == nil {
		return
	}
	for _, m := range f.marks.list {
		v.marks[m] = struct{}{}
	}
}

// Hold tells whether every value of a finding is among them. It is false where that
// is not known: of a finding without marks, or with more values than marks, and of
// values behind the marks of the present.
func (v *Values) Hold(f *Finding) bool {
	if f.marks == nil || f.marks.cut {
		return false
	}
	for _, m := range f.marks.list {
		if _, ok := v.marks[m]; !ok {
			return false
		}
	}
	return true
}
