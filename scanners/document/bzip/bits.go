package bzip

import (
	"encoding/binary"
	"errors"
	"io"
)

// A bitReader reads a stream from its highest bit on. An error sticks, and gives
// zeros. It reads ahead of what it was asked for.
type bitReader struct {
	r    io.Reader
	bits uint64 // the lowest n are not read yet
	n    uint
	left []byte // of those read from r
	err  error
	room [4 << 10]byte
}

// fill sees to it that n bits are there, n ≤ 48.
func (b *bitReader) fill(n uint) {
	if b.n < n {
		b.more(n)
	}
}

// more takes as many whole bytes as there is room for, at least up to n bits.
func (b *bitReader) more(n uint) {
	if len(b.left) >= 8 {
		k := (64 - b.n) / 8
		if k == 8 {
			b.bits, k = binary.BigEndian.Uint64(b.left)>>8, 7
		} else {
			b.bits = b.bits<<(8*k) | binary.BigEndian.Uint64(b.left)>>(64-8*k)
		}
		b.n += 8 * k
		b.left = b.left[k:]
		return
	}
	for b.n < n {
		b.bits = b.bits<<8 | uint64(b.next())
		b.n += 8
	}
}

// next returns the next byte of the stream; zero behind its end.
func (b *bitReader) next() byte {
	for len(b.left) == 0 {
		if b.err != nil {
			return 0
		}
		k, err := b.r.Read(b.room[:])
		if b.left = b.room[:k]; k == 0 && err != nil {
			if b.err = err; errors.Is(err, io.EOF) {
				b.err = io.ErrUnexpectedEOF
			}
		}
	}
	c := b.left[0]
	b.left = b.left[1:]
	return c
}

// ended tells whether the stream ends with the bits that were taken, which end with
// a whole byte.
func (b *bitReader) ended() bool {
	if b.n > 0 {
		return false
	}
	c := b.next()
	if b.err != nil {
		return true
	}
	b.bits, b.n = uint64(c), 8
	return false
}

// take reads n bits, n ≤ 48.
func (b *bitReader) take(n uint) uint64 {
	b.fill(n)
	b.n -= n
	return b.bits >> b.n & (1<<n - 1)
}

func (b *bitReader) bit() bool { return b.take(1) != 0 }

// align drops the bits up to the next whole byte.
func (b *bitReader) align() { b.n -= b.n % 8 }
