package document

import (
	"bytes"
	"encoding/binary"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A charset turns bytes into UTF-8.
type charset struct {
	name string
	mark []byte // byte order mark to leave out
	unit int    // bytes of a code unit: 1, 2 or 4
	big  bool
	high *[128]string // what the bytes from 0x80 mean, when unit is 1
}

// single builds the charset of one byte a character.
func single(name string, m *charmap.Charmap) func() *charset {
	return sync.OnceValue(func() *charset {
		c := &charset{name: name, unit: 1, high: new([128]string)}
		for i := range c.high {
			c.high[i] = string(m.DecodeByte(byte(i + 0x80)))
		}
		return c
	})
}

var (
	windows1252 = single("windows-1252", charmap.Windows1252)
	latin9      = single("iso-8859-15", charmap.ISO8859_15)
	macRoman    = single("macintosh", charmap.Macintosh)
	cp850       = single("cp850", charmap.CodePage850)
)

// marked are the charsets told by a byte order mark, longest first.
var marked = []*charset{
	{name: "utf-32le", mark: []byte("\xFF\xFE\x00\x00"), unit: 4},
	{name: "utf-32be", mark: []byte("\x00\x00\xFE\xFF"), unit: 4, big: true},
	{name: "utf-16le", mark: []byte("\xFF\xFE"), unit: 2},
	{name: "utf-16be", mark: []byte("\xFE\xFF"), unit: 2, big: true},
}

// unicodeCharset returns the UTF-16 or UTF-32 that head is in, by its mark or by
// the zeros that plain letters leave in it; nil when it is neither.
func unicodeCharset(head []byte) *charset {
	if len(head) > 0 && (head[0] >= 0xFE || head[0] == 0) {
		for _, c := range marked {
			if bytes.HasPrefix(head, c.mark) {
				return c
			}
		}
	}
	return unmarked16(head[:min(len(head), sniffed)])
}

// unmarked16 knows UTF-16 without a mark: letters of our languages have a zero
// as their high byte, and no zero as their low one.
func unmarked16(head []byte) *charset {
	zeros := [2]int{}
	if bytes.IndexByte(head, 0) < 0 {
		return nil
	}
	for i, b := range head {
		if b == 0 {
			zeros[i&1]++
		}
	}
	units := len(head) / 2
	switch {
	case units < 2:
		return nil
	case zeros[1] > units*6/10 && zeros[0] <= units/50:
		return &charset{name: "utf-16le", unit: 2}
	case zeros[0] > units*6/10 && zeros[1] <= units/50:
		return &charset{name: "utf-16be", unit: 2, big: true}
	}
	return nil
}

// decode writes src to dst as UTF-8 until one of them is used up. end says that
// nothing follows src.
func (c *charset) decode(dst, src []byte, end bool) (read, wrote int) {
	if c.unit == 1 {
		return c.decodeBytes(dst, src, end)
	}
	return c.decodeUnits(dst, src, end)
}

// decodeBytes keeps what is valid UTF-8 among the other bytes: files that were
// written to by two programs hold both, and the other way round such pairs are
// next to impossible in French.
func (c *charset) decodeBytes(dst, src []byte, end bool) (read, wrote int) {
	for read < len(src) && len(dst)-wrote >= utf8.UTFMax {
		b := src[read]
		if b < utf8.RuneSelf {
			dst[wrote] = b
			read, wrote = read+1, wrote+1
			continue
		}
		if !end && !utf8.FullRune(src[read:]) {
			break
		}
		if r, n := utf8.DecodeRune(src[read:]); r != utf8.RuneError {
			wrote += copy(dst[wrote:], src[read:read+n])
			read += n
			continue
		}
		wrote += copy(dst[wrote:], c.high[b-0x80])
		read++
	}
	return read, wrote
}

// decodeUnits decodes UTF-16 and UTF-32.
func (c *charset) decodeUnits(dst, src []byte, end bool) (read, wrote int) {
	for len(dst)-wrote >= utf8.UTFMax {
		rest := src[read:]
		if len(rest) < c.unit {
			if end {
				read = len(src)
			}
			break
		}
		r, n := c.rune(rest)
		if n > len(rest) {
			if !end {
				break
			}
			r, n = utf8.RuneError, len(rest)
		}
		read += n
		wrote += utf8.EncodeRune(dst[wrote:], r)
	}
	return read, wrote
}

// rune reads one character and how many bytes it needs, which may be more than
// there are.
func (c *charset) rune(b []byte) (rune, int) {
	if c.unit == 4 {
		return rune(c.order().Uint32(b)), 4
	}
	r := rune(c.order().Uint16(b))
	if !utf16.IsSurrogate(r) {
		return r, 2
	}
	if len(b) < 4 {
		return r, 4
	}
	if pair := utf16.DecodeRune(r, rune(c.order().Uint16(b[2:]))); pair != utf8.RuneError {
		return pair, 4
	}
	return utf8.RuneError, 2
}

func (c *charset) order() binary.ByteOrder {
	if c.big {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// guess returns the charset of one byte a character that makes the most sense
// of sample.
func guess(sample []byte) *charset {
	sample = sample[max(0, firstHigh(sample)-64):]
	sample = sample[:min(len(sample), 64<<10)]
	best, most := windows1252(), sense(sample, windows1252())
	for _, c := range []*charset{macRoman(), cp850()} {
		if s := sense(sample, c); s > most {
			best, most = c, s
		}
	}
	if best == windows1252() && isLatin9(sample) {
		return latin9()
	}
	return best
}

func firstHigh(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return i
		}
	}
	return 0
}

// sense rates a reading of sample: accented letters stand beside letters of
// their own case, quotation marks and dashes do not.
func sense(sample []byte, c *charset) int {
	score := 0
	for i, b := range sample {
		if b < utf8.RuneSelf {
			continue
		}
		r, _ := utf8.DecodeRuneInString(c.high[b-0x80])
		score += fits(r, at(sample, i-1), at(sample, i+1))
	}
	return score
}

// fits rates one character between its neighbours.
func fits(r rune, before, after byte) int {
	beside := letter(before) || letter(after)
	switch {
	case bytes.ContainsRune([]byte("éèàêçùâîôûëïœñöäüßáíóú"), r):
		if upper(before) && upper(after) {
			return -1
		}
		return 3
	case unicode.IsLower(r):
		return 1
	case unicode.IsUpper(r):
		if lower(before) {
			return -2
		}
		return 2
	case bytes.ContainsRune([]byte("’‘“”–—…«»€°•\u00a0"), r):
		return 1
	case beside:
		return -2
	}
	return -1
}

// isLatin9 looks for the letters that ISO 8859-15 put in the place of fractions.
func isLatin9(sample []byte) bool {
	found := false
	for i, b := range sample {
		switch {
		case b >= 0x80 && b < 0xA0:
			return false
		case b == 0xA4, (b == 0xBC || b == 0xBD) && letter(at(sample, i+1)):
			found = true
		}
	}
	return found
}

func at(b []byte, i int) byte {
	if i < 0 || i >= len(b) {
		return ' '
	}
	return b[i]
}

func lower(b byte) bool  { return b >= 'a' && b <= 'z' }
func upper(b byte) bool  { return b >= 'A' && b <= 'Z' }
func letter(b byte) bool { return lower(b | 0x20) }
