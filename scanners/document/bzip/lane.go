package bzip

import "encoding/binary"

// A lane puts one block in order, four bytes a step. The way from each byte to the
// one four further on in the text is told by a piece for many places at once: some
// ten thousand pieces, which fit the second level cache, where a table of 900,000
// numbers misses it at every byte.
type lane struct {
	pieces []piece
	at     uint32 // the piece of the next bytes, or one before it
	off    uint32 // how far behind the start of that one they are
}

// A piece is a part of a stretch.
type piece struct {
	way  uint32 // as newWay makes it
	said uint32 // the bytes that it says, the first lowest
	size uint32
}

// newWay tells where a piece leads: the number of the piece where its first place
// leads (20 bits), how many places that one has from there on, less one (6 bits),
// and how many before (6 bits).
func newWay(dest, off, size uint32) uint32 { return dest<<12 | (size-off-1)<<6 | off }

const (
	ahead   = 4  // bytes a step
	longest = 64 // bounds a piece: one that leads to many others would be long in finding the right one
)

// start makes the pieces of k.
func (l *lane) start(k *block, w *ways) {
	list := w.find(k)
	l.pieces = room(l.pieces, len(list))
	for i := range list {
		s := &list[i]
		at, off := w.index.find(s.dest)
		l.pieces[i] = piece{newWay(at, off, uint32(list[at].size)), s.text, uint32(s.size)}
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

// step returns the bytes at off behind the start of a piece, and where the next ones
// are. Most often that is in the piece led to or in the one behind it, which no
// branch could foresee: that much is arithmetic, and of the way alone.
func step(pieces []piece, at, off uint32) (text, next, there uint32) {
	p := &pieces[at]
	for off >= p.size {
		off -= p.size
		at++
		p = &pieces[at]
	}
	room := p.way >> 6 & 63                 // less one
	beyond := uint32(int32(room-off) >> 31) // all ones when it is in the piece behind
	return p.said, p.way>>12 - beyond, off + p.way&63&^beyond - (room+1)&beyond
}
