package bzip

import (
	"bufio"
	"errors"
	"io"
)

// A bitReader reads a stream from its highest bit on. An error sticks, and gives
// zeros.
type bitReader struct {
	r    io.ByteReader
	bits uint64 // the lowest n are not read yet
	n    uint
	err  error
}

func newBitReader(r io.Reader) bitReader {
	br, ok := r.(io.ByteReader)
	if !ok {
		br = bufio.NewReader(r)
	}
	return bitReader{r: br}
}

// fill sees to it that n bits are there, n ≤ 48.
func (b *bitReader) fill(n uint) {
	for b.n < n {
		c, err := b.r.ReadByte()
		if err != nil && b.err == nil {
			if b.err = err; errors.Is(err, io.EOF) {
				b.err = io.ErrUnexpectedEOF
			}
		}
		b.bits = b.bits<<8 | uint64(c)
		b.n += 8
	}
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
