package schema

import (
	"bytes"
	"errors"
	"io"
)

// window is how much is read at a time, and about how long a block of rows or
// of other text gets before it is handed over.
const window = 256 << 10

// smallest is how much is read first: most migrations are short.
const smallest = 16 << 10

// maxStatement bounds what is held of one statement or row. What is longer is
// text all the same, but not understood.
const maxStatement = 16 << 20

// A stream is a window on a text too long to hold. It always holds what has not
// been handed over yet; at is how far it is understood.
type stream struct {
	src  io.Reader
	buf  []byte
	at   int
	line int   // of buf[0], 1-based
	base int64 // offset of buf[0] in the text
	eof  bool
	err  error
}

func newStream(r io.Reader) *stream {
	return &stream{src: r, line: 1, buf: make([]byte, 0, 2*smallest)}
}

// more reads on, at least as much as stands ahead of at, so that reading again
// from at stays linear. It tells whether there was more.
func (s *stream) more() bool {
	if s.eof {
		return false
	}
	want := max(min(window, smallest+2*len(s.buf)), len(s.buf)-s.at)
	if cap(s.buf)-len(s.buf) < want {
		grown := make([]byte, len(s.buf), len(s.buf)+2*want)
		copy(grown, s.buf)
		s.buf = grown
	}
	before := len(s.buf)
	for len(s.buf)-before < want && !s.eof {
		n, err := s.src.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+n]
		if err != nil {
			s.eof = true
			if !errors.Is(err, io.EOF) {
				s.err = err
			}
		}
	}
	return len(s.buf) > before
}

// need makes sure that n bytes stand ahead of at, if the text is that long.
func (s *stream) need(n int) bool {
	for len(s.buf)-s.at < n && s.more() {
		continue
	}
	return len(s.buf)-s.at >= n
}

// drop forgets the first n bytes: they have been handed over.
func (s *stream) drop(n int) {
	s.line += bytes.Count(s.buf[:n], newline)
	s.base += int64(n)
	s.at -= n
	s.buf = s.buf[:copy(s.buf, s.buf[n:])]
}

var newline = []byte{'\n'}

// lineAt returns the line of an offset of buf.
func (s *stream) lineAt(at int) int { return s.line + bytes.Count(s.buf[:at], newline) }

// lineEnd returns the offset after the line that holds at.
func (s *stream) lineEnd(at int) int {
	for {
		if i := bytes.IndexByte(s.buf[at:], '\n'); i >= 0 {
			return at + i + 1
		}
		if len(s.buf)-s.at > maxStatement || !s.more() {
			return len(s.buf)
		}
	}
}

// wordAt returns the bare word at an offset of b, in capitals: keywords are
// ASCII.
func wordAt(b []byte, at int) string {
	end := at
	for end < len(b) && end-at < 32 && isNameByte(b[end]) {
		end++
	}
	return string(bytes.ToUpper(b[at:end]))
}
