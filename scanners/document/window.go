package document

import (
	"bytes"
	"unicode/utf8"
)

// A window slides over a text of any length in constant memory: each step holds
// one chunk in UTF-8 with the margins of its neighbours.
type window struct {
	in    *input
	text  []byte // what is in view, in in.buf
	from  int    // text[from:to] is this step's own
	to    int
	line  int // line of text[0], 1-based
	last  bool
	begun bool
	valid int // text[:valid] is known to be UTF-8

	decode *charset // nil while the bytes are UTF-8
	raw    []byte   // bytes read and not yet decoded, when decode is set
	spare  []byte   // room for raw
}

// windowOver starts a window over the file in hand.
func windowOver(f *File) *window {
	in := f.in
	if in.taken {
		panic("document: a file is read both as a stream and in windows")
	}
	in.taken, in.worn = true, true
	w := &in.window
	*w = window{in: in, line: f.firstLine(), spare: w.spare}
	w.decode = unicodeCharset(in.buf[:in.n])
	switch {
	case w.decode != nil:
		w.decodeFrom(0, len(w.decode.mark))
	case bytes.HasPrefix(in.buf[:in.n], utf8Mark):
		in.n = copy(in.buf, in.buf[len(utf8Mark):in.n])
	}
	w.refill(0, in.n)
	return w
}

// cutter returns where in text the chunk that starts at from may end, when
// nominal is the wish: in (from, len(text)].
type cutter func(text []byte, from, nominal int) int

// next moves to the next chunk; false at the end of the text.
func (w *window) next(cut cutter) bool {
	if w.last || w.begun && !w.slide() {
		return false
	}
	w.begun = true
	w.last = w.exhausted()
	w.to = len(w.text)
	if !w.last {
		w.to = cut(w.text, w.from, len(w.text)-margin)
	}
	return w.to > w.from || !w.last
}

// slide drops what is behind the margin and reads on.
func (w *window) slide() bool {
	drop := max(0, w.to-margin)
	w.line += bytes.Count(w.text[:drop], newline)
	n := copy(w.in.buf, w.text[drop:])
	w.from, w.valid = w.to-drop, max(0, w.valid-drop)
	w.refill(n, -1)
	return len(w.text) > w.from
}

// refill completes the view, of which n bytes are there. have ≥ 0 says that
// bytes up to have were read already.
func (w *window) refill(n, have int) {
	buf := w.in.buf
	if w.decode == nil {
		if have < 0 {
			have = w.in.fill(buf, n)
		}
		n = w.valid
		if whole := runes(buf[n:have], w.in.end); validUTF8(buf[n : n+whole]) {
			w.text, w.valid = buf[:have], n+whole
			return
		}
		w.decode = guess(buf[n:have])
		w.keepRaw(buf[n:have])
	}
	w.text = buf[:w.decodeInto(n)]
}

// exhausted tells whether no byte is left beyond the view.
func (w *window) exhausted() bool { return w.in.end && len(w.raw) == 0 }

// runes returns how much of b is whole runes: all of it at the end of the text.
func runes(b []byte, end bool) int {
	if end {
		return len(b)
	}
	for i := len(b) - 1; i >= 0 && i > len(b)-utf8.UTFMax; i-- {
		if utf8.RuneStart(b[i]) {
			if !utf8.FullRune(b[i:]) {
				return i
			}
			break
		}
	}
	return len(b)
}

// keepRaw puts bytes aside to be decoded.
func (w *window) keepRaw(b []byte) {
	if w.spare == nil {
		w.spare = make([]byte, room)
	}
	w.raw = w.spare[:copy(w.spare, b)]
}

// decodeFrom turns to decoding for all that is in the buffer from n, of which
// the first mark bytes are no text.
func (w *window) decodeFrom(n, mark int) {
	w.keepRaw(w.in.buf[n+mark : w.in.n])
	w.in.n = n
}

// decodeInto fills the buffer from n with decoded text.
func (w *window) decodeInto(n int) int {
	buf := w.in.buf
	for {
		read, wrote := w.decode.decode(buf[n:], w.raw, w.in.end)
		n += wrote
		w.raw = w.spare[:copy(w.spare, w.raw[read:])]
		if w.in.end || len(buf)-n < utf8.UTFMax {
			return n
		}
		w.raw = w.spare[:w.in.fill(w.spare, len(w.raw))]
	}
}

// atRune cuts between two runes.
func atRune(text []byte, from, nominal int) int {
	for i := nominal; i > from && i > nominal-utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			return i
		}
	}
	return nominal
}

var (
	newline  = []byte{'\n'}
	utf8Mark = []byte("\xEF\xBB\xBF")
)
