package bzip

import "encoding/binary"

// An expander undoes the first step of packing: behind four equal bytes stands how
// many more there are.
type expander struct {
	text []byte // not read yet
	last byte   // the byte before it
	same int    // how many of those before it are equal
	more int    // how often last is to be repeated
	sum  uint32
	want uint32 // the block's checksum
}

// open turns to a block.
func (e *expander) open(k *block) {
	*e = expander{text: k.text, want: k.crc, sum: ^uint32(0)}
}

// read fills p as far as the block goes; less than that is its end.
func (e *expander) read(p []byte) (n int) {
	for n < len(p) && (e.more > 0 || len(e.text) > 0) {
		if e.more > 0 {
			n += e.repeat(p[n:])
			continue
		}
		k := e.plain(min(len(p)-n, len(e.text)))
		n += copy(p[n:], e.text[:k])
		e.text = e.text[k:]
		if e.same == 4 && len(e.text) > 0 {
			e.more, e.same, e.text = int(e.text[0]), 0, e.text[1:]
		}
	}
	e.sum = checksum(e.sum, p[:n])
	return n
}

// whole tells whether the block's checksum is right, once all of it was read.
func (e *expander) whole() bool { return ^e.sum == e.want }

func (e *expander) repeat(p []byte) int {
	n := min(e.more, len(p))
	for i := range p[:n] {
		p[i] = e.last
	}
	e.more -= n
	return n
}

// plain returns how many of the next bytes, up to limit, come before a count.
func (e *expander) plain(limit int) int {
	text, i := e.text[:limit], 0
	for i < len(text) && e.same < 4 {
		if e.same == 0 || text[i] != e.last {
			if n := beforeFour(text[i:]); n > 0 {
				i += n
				e.last, e.same = text[i-1], alike(text[i-n:i])
				continue
			}
			if i+8 <= len(text) && allDiffer(binary.LittleEndian.Uint64(text[i:])) {
				e.last, e.same = text[i+7], 1
				i += 8
				continue
			}
		}
		if text[i] == e.last {
			e.same++
		} else {
			e.same = 1
		}
		e.last = text[i]
		i++
	}
	return i
}

// alike returns how many bytes at the end of p, which has no four that are equal,
// are equal.
func alike(p []byte) int {
	n := 1
	for n < len(p) && p[len(p)-1-n] == p[len(p)-1] {
		n++
	}
	return n
}

// allDiffer tells whether each of eight bytes differs from the next.
func allDiffer(x uint64) bool {
	const ones = 0x0101010101010101
	y := x ^ x>>8 | 1<<56 // the last has no next
	return (y-ones)&^y&(0x80*ones) == 0
}
