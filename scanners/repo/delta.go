package repo

import (
	"errors"

	"github.com/ecart-rgpd/ecart/detectors"
)

var errDelta = errors.New("corrupt delta")

// apply makes the object that delta describes against base (gitformat-pack,
// "deltified representation"), and notes in copies which stretches it takes from
// base; nil notes nothing.
func apply(base, delta, into []byte, copies *[]detectors.Copied) ([]byte, error) {
	from, n := varint(delta)
	delta = delta[n:]
	to, m := varint(delta)
	delta = delta[m:]
	if n == 0 || m == 0 || from != int64(len(base)) || to > maxObject {
		return nil, errDelta
	}
	out := sized(into, int(to))[:0]
	for len(delta) > 0 {
		op := delta[0]
		delta = delta[1:]
		switch {
		case op&0x80 != 0:
			at, size, used := copyOf(op, delta)
			if used < 0 || at+size > len(base) || len(out)+size > int(to) {
				return nil, errDelta
			}
			delta = delta[used:]
			join(copies, at, len(out), size)
			out = append(out, base[at:at+size]...)
		case op != 0:
			if int(op) > len(delta) || len(out)+int(op) > int(to) {
				return nil, errDelta
			}
			out = append(out, delta[:op]...)
			delta = delta[op:]
		default:
			return nil, errDelta
		}
	}
	if len(out) != int(to) {
		return nil, errDelta
	}
	return out, nil
}

// largeMade is the size in bytes from which the parts of an object are counted before
// there is made room for it.
const largeMade = 16 << 20

// made returns the size of what a delta makes.
func made(delta []byte) (int64, error) {
	_, n := varint(delta)
	size, m := varint(delta[n:])
	switch {
	case n == 0 || m == 0 || size < 0:
		return 0, errDelta
	case size > maxObject:
		return 0, errLarge
	case size > largeMade && size != parts(delta[n+m:]):
		return 0, errDelta
	}
	return size, nil
}

// parts returns the size of all that the instructions of a delta put together.
func parts(delta []byte) (size int64) {
	for len(delta) > 0 {
		op := delta[0]
		delta = delta[1:]
		if op&0x80 == 0 {
			size += int64(op)
			delta = delta[min(int(op), len(delta)):]
			continue
		}
		_, n, used := copyOf(op, delta)
		if used < 0 {
			return -1
		}
		size += int64(n)
		delta = delta[used:]
	}
	return size
}

// join adds a copied stretch to a list; one that goes on where the last ended
// makes that longer, and one that is of no use is dropped.
func join(copies *[]detectors.Copied, from, at, size int) {
	if copies == nil {
		return
	}
	if n := len(*copies); n > 0 {
		if c := &(*copies)[n-1]; c.From+c.Len == from && c.At+c.Len == at {
			c.Len += size
			return
		}
	}
	if n := len(*copies); n > 0 && (*copies)[n-1].Len < detectors.Worthwhile {
		*copies = (*copies)[:n-1] // a file that is changed all over has hundreds of thousands
	}
	*copies = append(*copies, detectors.Copied{From: from, At: at, Len: size})
}

// copyOf reads a copy instruction: which bytes of the base; used is -1 when it is
// cut short.
func copyOf(op byte, b []byte) (at, size, used int) {
	for i := range 7 {
		if op>>i&1 == 0 {
			continue
		}
		if used >= len(b) {
			return 0, 0, -1
		}
		if i < 4 {
			at |= int(b[used]) << (8 * i)
		} else {
			size |= int(b[used]) << (8 * (i - 4))
		}
		used++
	}
	if size == 0 {
		size = 0x10000
	}
	return at, size, used
}

// varint reads a size of a delta; used is 0 when it is cut short.
func varint(b []byte) (n int64, used int) {
	for i := 0; i < len(b) && i < 9; i++ {
		n |= int64(b[i]&0x7f) << (7 * i)
		if b[i]&0x80 == 0 {
			return n, i + 1
		}
	}
	return 0, 0
}
