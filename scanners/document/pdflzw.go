package document

import (
	"bufio"
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
	end    bool
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
		if l.end {
			return 0, io.EOF
		}
		l.step()
	}
	n := copy(p, l.ready)
	l.ready = l.ready[n:]
	return n, nil
}

// code reads one code; lzwEnd at the end of the bytes.
func (l *lzwReader) code() int {
	for l.have < l.width {
		b, err := l.r.ReadByte()
		if err != nil {
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
	case code == lzwEnd, code > l.next, code == l.next && l.before < 0:
		l.end = true
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
