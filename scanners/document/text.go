package document

import (
	"bytes"
	"context"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item"
)

// Text reads anything that is text and that no other format claims, in any of
// the charsets French files come in.
var Text = Format{
	Name:  "text",
	Match: func(_ string, head []byte) bool { return isText(head) },
	Read:  func(_ context.Context, f *File, out Out) error { return readText(f, kindOf(f), out) },
}

// readText hands over the whole text in chunks.
func readText(f *File, kind item.Kind, out Out) error {
	w := windowOver(f)
	seg := &f.in.seg
	for w.next(atRune) {
		*seg = item.Segment{At: f.At, Kind: kind, Text: w.text, From: w.from, To: w.to}
		seg.At.Line = w.line
		if err := out.Segment(seg); err != nil {
			return err
		}
	}
	return nil
}

// shortText is from how many bytes on one control character is a slip of the
// keyboard or of a program, and no sign of a binary file.
const shortText = 24

// isText tells text from binary by its first bytes: no more than one control
// character in fifty, or one in a short text, in whatever charset.
func isText(head []byte) bool {
	if c := unicodeCharset(head); c != nil {
		return c.mark != nil || isText16(head, c)
	}
	if bytes.IndexByte(head, 0) < 0 {
		head = head[:min(len(head), 512)] // binary shows early, and small files are many
	}
	control := 0
	for _, b := range head {
		if controls[b] {
			control++
		}
	}
	return control <= len(head)/50 || control == 1 && len(head) >= shortText
}

// isText16 tells UTF-16 without a mark from tables of small numbers.
func isText16(head []byte, c *charset) bool {
	var b [2 * sniffed]byte
	_, n := c.decode(b[:], head, true)
	odd := 0
	for _, r := range string(b[:n]) {
		if r < utf8.RuneSelf && controls[byte(r)] || r == utf8.RuneError {
			odd++
		}
	}
	return odd <= n/50
}

// controls are the bytes no text holds: all below space but tab, line ends,
// form feed, end of file (DOS) and escape (terminal colours).
var controls = func() (t [256]bool) {
	for b := range 0x20 {
		t[b] = true
	}
	for _, b := range []byte("\t\n\r\f\x1A\x1B\v\b") {
		t[b] = false
	}
	t[0x7F] = true
	return t
}()
