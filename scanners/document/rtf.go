package document

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"github.com/ecart-rgpd/ecart/item"
)

// RTF reads rich text: body, headers, footers, notes, comments, properties.
var RTF = Format{
	Name:  "rtf",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("{\\rtf")) },
	Read:  readRTF,
}

// rtfSilent are groups about looks, or pixels.
var rtfSilent = map[string]bool{
	"fonttbl": true, "colortbl": true, "stylesheet": true, "listtable": true, "listoverridetable": true, "rsidtbl": true, "generator": true,
	"pict": true, "objdata": true, "themedata": true, "colorschememapping": true, "latentstyles": true, "datastore": true, "xmlnstbl": true,
	"pgdsctbl": true, "revtbl": true, "filetbl": true, "fldtype": true, "panose": true, "falt": true, "mmathPr": true,
}

// rtfHidden are groups marked as optional that hold text all the same.
var rtfHidden = map[string]bool{
	"annotation": true, "atnauthor": true, "atnid": true, "fldinst": true, "ffdeftext": true, "company": true, "manager": true, "userprops": true,
	"propname": true, "staticval": true, "shptxt": true, "shpinst": true, "wzDescription": true, "wzName": true, "sv": true, "bkmkstart": false, "footnote": true,
}

// An rtfGroup is what a brace opens.
type rtfGroup struct {
	silent bool
	skip   int // characters that stand in for one \u
}

type rtfReader struct {
	r     *bufio.Reader
	text  *prose
	group rtfGroup
	stack []rtfGroup
	left  int // characters to pass over after \u
	page  *charmap.Charmap
	high  rune // first half of a pair
	star  bool // the group is marked as optional
}

func readRTF(_ context.Context, f *File, out Out) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	return readRTFFrom(in, f.At, out)
}

// readRTFText reads rich text that stands within another file.
func readRTFText(b []byte, at item.Location, out Out) error {
	return readRTFFrom(bytes.NewReader(b), at, out)
}

func readRTFFrom(in io.Reader, at item.Location, out Out) error {
	r := &rtfReader{r: bufio.NewReaderSize(in, 64<<10), text: newProse(out, at, item.Prose), page: charmap.Windows1252}
	r.group.skip = 1
	for {
		c, err := r.r.ReadByte()
		if errors.Is(err, io.EOF) {
			return r.text.flush()
		}
		if err != nil {
			_ = r.text.flush() // what was read counts
			return err
		}
		if err := r.byte(c); err != nil {
			return err
		}
	}
}

func (r *rtfReader) byte(c byte) error {
	switch c {
	case '{':
		if len(r.stack) >= 10_000 {
			return Corrupt
		}
		r.stack = append(r.stack, r.group)
		r.star = false
	case '}':
		if n := len(r.stack); n > 0 {
			r.group, r.stack = r.stack[n-1], r.stack[:n-1]
		}
		r.star, r.left = false, 0
	case '\\':
		return r.control()
	case '\r', '\n':
	default:
		r.put(string(r.page.DecodeByte(c)))
	}
	return r.text.long()
}

// put adds text, unless it stands in for a character already written.
func (r *rtfReader) put(s string) {
	if r.left > 0 {
		r.left--
		return
	}
	if !r.group.silent {
		r.text.addString(s)
	}
}

// control reads what follows a backslash.
func (r *rtfReader) control() error {
	c, err := r.r.ReadByte()
	if err != nil {
		return nil //nolint:nilerr // the end is met again
	}
	if !letter(c) {
		return r.symbol(c)
	}
	word := []byte{c}
	for {
		if c, err = r.r.ReadByte(); err != nil || !letter(c) || len(word) > 32 {
			break
		}
		word = append(word, c)
	}
	var digits []byte
	for err == nil && (c == '-' && len(digits) == 0 || c >= '0' && c <= '9') && len(digits) < 12 {
		digits = append(digits, c)
		c, err = r.r.ReadByte()
	}
	if err == nil && c != ' ' {
		_ = r.r.UnreadByte() // it was just read
	}
	n, numErr := strconv.Atoi(string(digits))
	return r.word(string(word), n, numErr == nil)
}

func (r *rtfReader) symbol(c byte) error {
	switch c {
	case '\'':
		var h [2]byte
		if _, err := io.ReadFull(r.r, h[:]); err != nil {
			return nil //nolint:nilerr // the end is met again
		}
		if v, err := strconv.ParseUint(string(h[:]), 16, 8); err == nil {
			r.put(string(r.page.DecodeByte(byte(v))))
		}
	case '*':
		r.star = true
	case '~':
		r.put("\u00a0")
	case '_':
		r.put("-")
	case '-':
	case '\\', '{', '}':
		r.put(string(c))
	case '\n', '\r':
		return r.text.end()
	}
	return nil
}

func (r *rtfReader) word(w string, n int, numbered bool) error {
	optional := r.star
	r.star = false
	if rtfSilent[w] || optional && !rtfHidden[w] {
		r.group.silent = true
		return nil
	}
	switch w {
	case "par", "line", "row", "sect", "page", "column":
		if !r.group.silent {
			return r.text.end()
		}
	case "cell", "nestcell", "tab", "emspace", "enspace":
		r.put("\t")
	case "u":
		r.unicode(rune(uint16(n)))
	case "uc":
		r.group.skip = max(0, min(n, 16))
	case "ansicpg":
		r.page = codePage(n)
	case "mac":
		r.page = charmap.Macintosh
	case "pca":
		r.page = charmap.CodePage850
	case "bin":
		if numbered && n > 0 {
			_, err := io.CopyN(io.Discard, r.r, int64(n))
			if err != nil && !errors.Is(err, io.EOF) {
				return err
			}
		}
	case "lquote":
		r.put("‘")
	case "rquote":
		r.put("’")
	case "ldblquote":
		r.put("“")
	case "rdblquote":
		r.put("”")
	case "endash":
		r.put("–")
	case "emdash":
		r.put("—")
	case "bullet":
		r.put("•")
	}
	return nil
}

// unicode adds a character, half of a pair at a time.
func (r *rtfReader) unicode(c rune) {
	r.left = 0
	switch {
	case utf16.IsSurrogate(c) && r.high == 0:
		r.high = c
	case r.high != 0:
		r.put(string(utf16.DecodeRune(r.high, c)))
		r.high = 0
	default:
		r.put(string(c))
	}
	r.left = r.group.skip
}

func codePage(n int) *charmap.Charmap {
	switch n {
	case 850:
		return charmap.CodePage850
	case 437:
		return charmap.CodePage437
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 10000:
		return charmap.Macintosh
	}
	return charmap.Windows1252
}
