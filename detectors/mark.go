package detectors

import (
	"hash/maphash"
	"slices"
)

// Marks tell values apart without being them, so that a value of the past can be
// looked for in the present. They are made with a key that is drawn at the start and
// never written: a mark means nothing in another process, and no output has any. A
// finding has none unless Options.Marks asks for them, or when it was read before.
func (f *Finding) Marks() []uint64 { return f.marks }

// maxMarks bounds the marks of a finding; a value behind them has none.
const maxMarks = 4096

var markKey = maphash.MakeSeed()

// mark notes a value of the group: its letters and digits, however they are set apart.
func (g *group) mark(value []byte) {
	if len(g.marks) >= maxMarks {
		return
	}
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
	if m := h.Sum64(); !slices.Contains(g.marks[max(0, len(g.marks)-8):], m) { // the same again comes soon
		g.marks = append(g.marks, m)
	}
}
