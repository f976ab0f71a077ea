package document

import (
	"bufio"
	"errors"
	"io"
)

// An lzwReader undoes the LZW packing of old PDF and TIFF files, whose codes grow
// a bit one code early, which compress/lzw does not know.
type lzwReader struct {
	r      *bufio.Reader
	bits   uint32
	have   uint
	width  uint
	early  int
	next   int // code to be given
	before int // last code; -1 after a clear
	prefix [4096]uint16
	suffix [4096]byte
	buf    [4096]byte
	ready  []byte
	end    error // why no more comes; io.EOF behind the code that says so
}

const (
	lzwClear = 256
	lzwEnd   = 257
)

func newLZW(r io.Reader, early int) *lzwReader {
	l := &lzwReader{r: bufio.NewReader(r), early: early}
	l.clear()
	return l
}

func (l *lzwReader) clear() { l.width, l.next, l.before = 9, lzwEnd+1, -1 }

func (l *lzwReader) Read(p []byte) (int, error) {
	for len(l.ready) == 0 {
		if l.end != nil {
			return 0, l.end
		}
		l.step()
	}
	n := copy(p, l.ready)
	l.ready = l.ready[n:]
	return n, nil
}

// code reads one code. Bytes that run out before the code that ends them were cut
// short.
func (l *lzwReader) code() int {
	for l.have < l.width {
		b, err := l.r.ReadByte()
		if err != nil {
			if l.end = err; errors.Is(err, io.EOF) {
				l.end = Truncated
			}
			return lzwEnd
		}
		l.bits, l.have = l.bits<<8|uint32(b), l.have+8
	}
	l.have -= l.width
	return int(l.bits >> l.have & (1<<l.width - 1))
}

// step decodes one code.
func (l *lzwReader) step() {
	code := l.code()
	switch {
	case code == lzwClear:
		l.clear()
		return
	case l.end != nil: // the bytes have run out
		return
	case code == lzwEnd:
		l.end = io.EOF
		return
	case code > l.next, code == l.next && l.before < 0:
		l.end = Corrupt
		return
	}
	i, c := len(l.buf), code
	if code == l.next { // the string of the code before and its own first byte
		i--
		c = l.before
	}
	for ; c > lzwEnd && i > 1; c = int(l.prefix[c]) {
		i--
		l.buf[i] = l.suffix[c]
	}
	i--
	l.buf[i] = byte(c)
	if code == l.next {
		l.buf[len(l.buf)-1] = byte(c)
	}
	l.ready = l.buf[i:]
	if l.before >= 0 && l.next < len(l.suffix) {
		l.prefix[l.next], l.suffix[l.next] = uint16(l.before), byte(c)
		if l.next++; l.next+l.early >= 1<<l.width && l.width < 12 {
			l.width++
		}
	}
	l.before = code
}
