package schema

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// A decoding is a text as UTF-8 without byte order mark.
type decoding struct {
	*bufio.Reader
	mark   int64   // bytes left out at the start
	wide   bool    // it was UTF-16
	mender *mender // nil when wide
}

// plain tells whether offsets in the decoded text, so far, are those of the
// bytes, but for the mark.
func (d *decoding) plain() bool { return !d.wide && !d.mender.mended }

// decoded returns r as UTF-8. UTF-16 is told by its mark or its zero bytes; a
// byte that is no UTF-8 is read as Windows-1252, alone, as dumps mix both.
func decoded(r io.Reader) *decoding {
	b := bufio.NewReaderSize(r, smallest)
	head, _ := b.Peek(4096)
	d := &decoding{}
	order := unicode.LittleEndian
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		_, _ = b.Discard(3)
		d.mark = 3
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), zeros(head, 1):
		d.wide = true
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}), zeros(head, 0):
		d.wide, order = true, unicode.BigEndian
	}
	if d.wide {
		d.Reader = bufio.NewReaderSize(transform.NewReader(b, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), smallest)
		return d
	}
	d.mender = &mender{src: b}
	d.Reader = bufio.NewReaderSize(d.mender, smallest)
	return d
}

// zeros tells whether nearly all bytes at one parity are zero: UTF-16 without a
// mark, in a script whose letters are below U+0100.
func zeros(head []byte, parity int) bool {
	n, all := 0, 0
	for i := parity; i < len(head); i += 2 {
		all++
		if head[i] == 0 {
			n++
		}
	}
	return all >= 8 && n*10 >= all*9
}

// A mender passes UTF-8 on and replaces each byte that is none by the letter it
// is in Windows-1252.
type mender struct {
	src  io.Reader
	in   []byte // read, not yet passed on
	out  []byte // mended, not yet passed on
	err  error
	kept [utf8.UTFMax]byte

	mended bool // at least one byte was no UTF-8
}

func (m *mender) Read(p []byte) (int, error) {
	for {
		if len(m.out) > 0 {
			n := copy(p, m.out)
			m.out = m.out[n:]
			return n, nil
		}
		if m.err != nil && len(m.in) == 0 {
			return 0, m.err
		}
		if n := m.pass(p); n > 0 {
			return n, nil
		}
	}
}

// pass reads into p, directly when the bytes are whole UTF-8.
func (m *mender) pass(p []byte) int {
	if len(p) < utf8.UTFMax+len(m.in) {
		return m.small()
	}
	n := copy(p, m.in)
	m.in = m.in[:0]
	if m.err == nil {
		var read int
		read, m.err = m.src.Read(p[n:])
		n += read
	}
	if utf8.Valid(p[:n]) {
		return n
	}
	cut := n
	if m.err == nil {
		cut = whole(p[:n])
	}
	if utf8.Valid(p[:cut]) {
		m.in = append(m.kept[:0], p[cut:n]...)
		return cut
	}
	m.out = mend(p[:cut])
	m.mended = true
	m.in = append(m.kept[:0], p[cut:n]...)
	return 0
}

// small serves a reader that asks for a few bytes only.
func (m *mender) small() int {
	buf := make([]byte, 4096)
	if n := m.pass(buf); n > 0 {
		m.out = buf[:n]
	}
	return 0
}

// whole returns the length of b without a last character that is cut.
func whole(b []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return len(b) - i
			}
			break
		}
	}
	return len(b)
}

func mend(b []byte) []byte {
	out := make([]byte, 0, len(b)+len(b)/8)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(b[0])
			out = utf8.AppendRune(out, r)
		} else {
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return out
}
