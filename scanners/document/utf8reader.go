package document

import (
	"io"
	"unicode/utf8"
)

// UTF8 returns the text of r as UTF-8 without a byte order mark, from any
// charset this package knows. Line ends stay as they are.
func UTF8(r io.Reader) io.Reader { return &utf8Reader{in: r, raw: make([]byte, 0, 32<<10)} }

// utf8Reader decodes as it reads. Like a window it takes bytes as they are until
// they turn out not to be UTF-8.
type utf8Reader struct {
	in     io.Reader
	raw    []byte // read and not yet given
	begun  bool
	end    bool
	err    error
	decode *charset
	valid  int                   // bytes of raw known to be UTF-8
	small  [2 * utf8.UTFMax]byte // for readers that ask for less than a character
	left   []byte                // of small
}

func (u *utf8Reader) Read(p []byte) (int, error) {
	for {
		if n := u.give(p); n > 0 {
			return n, nil
		}
		if u.end {
			return 0, u.err
		}
		u.more()
	}
}

// more reads on and settles what charset the text is in.
func (u *utf8Reader) more() {
	n, err := u.in.Read(u.raw[len(u.raw):cap(u.raw)])
	u.raw = u.raw[:len(u.raw)+n]
	if err != nil {
		u.end, u.err = true, err
	}
	if !u.begun && (len(u.raw) >= sniffed || u.end) {
		u.begin()
	}
	if !u.begun || u.decode != nil {
		return
	}
	whole := runes(u.raw, u.end)
	if validUTF8(u.raw[u.valid:whole]) {
		u.valid = whole
		return
	}
	u.decode = guess(u.raw)
}

// begin looks at the start of the text.
func (u *utf8Reader) begin() {
	u.begun = true
	if u.decode = unicodeCharset(u.raw); u.decode != nil {
		u.drop(len(u.decode.mark))
		return
	}
	if len(u.raw) >= len(utf8Mark) && string(u.raw[:len(utf8Mark)]) == string(utf8Mark) {
		u.drop(len(utf8Mark))
	}
}

func (u *utf8Reader) drop(n int) { u.raw = u.raw[:copy(u.raw, u.raw[n:])] }

// give copies what is settled to p.
func (u *utf8Reader) give(p []byte) int {
	if !u.begun {
		return 0
	}
	if u.decode == nil {
		n := copy(p, u.raw[:u.valid])
		u.drop(n)
		u.valid -= n
		return n
	}
	if len(u.left) == 0 {
		if len(p) >= utf8.UTFMax {
			read, wrote := u.decode.decode(p, u.raw, u.end)
			u.drop(read)
			return wrote
		}
		read, wrote := u.decode.decode(u.small[:], u.raw, u.end)
		u.drop(read)
		u.left = u.small[:wrote]
	}
	n := copy(p, u.left)
	u.left = u.left[n:]
	return n
}
