package bzip

import "encoding/binary"

// A lane puts one block in order, four bytes a step. The way from each byte to the
// one four further on in the text is told by a piece for many places at once: some
// ten thousand pieces, which fit the second level cache, where a table of 900,000
// numbers misses it at every byte.
type lane struct {
	pieces []piece
	at     uint32 // the piece of the next bytes
	off    uint32 // and where in it
}

// A piece is a part of a stretch.
type piece struct {
	text uint32 // the bytes that it says
	dest uint32 // the piece where its first place leads
	off  uint8  // and the place in it
	size uint8
}

const (
	ahead   = 4  // bytes a step
	longest = 64 // bounds a piece: one that leads to many others would be long in finding the right one
)

// start makes the pieces of k.
func (l *lane) start(k *block, w *ways) {
	list := w.find(k)
	l.pieces = room(l.pieces, len(list))
	for i, s := range list {
		at, off := w.index.find(s.dest)
		l.pieces[i] = piece{s.text, at, uint8(off), uint8(s.size)}
	}
	l.at, l.off = w.index.find(int32(k.origin))
}

// room returns a list of n, with some more room for the next block.
func room[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n, n+n/4)
	}
	return list[:n]
}

// run writes the next bytes of the text to out, a multiple of a step.
func (l *lane) run(out []byte) {
	pieces, at, off := l.pieces, l.at, l.off
	for ; len(out) >= ahead; out = out[ahead:] {
		var text uint32
		text, at, off = step(pieces, at, off)
		binary.LittleEndian.PutUint32(out, text)
	}
	l.at, l.off = at, off
}

// runFour does the same for four lanes at once: while one waits for its next
// piece the others go on.
func runFour(l *[4]*lane, out *[4][]byte) {
	a, b, c, d := l[0].pieces, l[1].pieces, l[2].pieces, l[3].pieces
	ai, bi, ci, di := l[0].at, l[1].at, l[2].at, l[3].at
	ao, bo, co, do := l[0].off, l[1].off, l[2].off, l[3].off
	n := len(out[0])
	oa, ob, oc, od := out[0][:n], out[1][:n], out[2][:n], out[3][:n]
	var text uint32
	for i := 0; i+ahead <= n; i += ahead {
		text, ai, ao = step(a, ai, ao)
		binary.LittleEndian.PutUint32(oa[i:], text)
		text, bi, bo = step(b, bi, bo)
		binary.LittleEndian.PutUint32(ob[i:], text)
		text, ci, co = step(c, ci, co)
		binary.LittleEndian.PutUint32(oc[i:], text)
		text, di, do = step(d, di, do)
		binary.LittleEndian.PutUint32(od[i:], text)
	}
	l[0].at, l[1].at, l[2].at, l[3].at = ai, bi, ci, di
	l[0].off, l[1].off, l[2].off, l[3].off = ao, bo, co, do
}

// step returns the bytes at off in a piece and where the next ones are. Most often
// that is in the piece led to or in the one behind it, which no branch could
// foresee: that much is arithmetic.
func step(pieces []piece, at, off uint32) (uint32, uint32, uint32) {
	p := &pieces[at]
	at, off = p.dest, off+uint32(p.off)
	size := uint32(pieces[at].size)
	beyond := uint32(int32(size-1-off) >> 31) // all ones when off is behind the piece
	at, off = at-beyond, off-size&beyond
	for off >= uint32(pieces[at].size) {
		off -= uint32(pieces[at].size)
		at++
	}
	return p.text, at, off
}
