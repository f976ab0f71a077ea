package document

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item"
)

// Card reads vCard and iCalendar (RFC 6350, RFC 5545). Both cut their lines at 75
// bytes, in the middle of addresses and numbers, so they are joined first.
var Card = Format{
	Name: "card",
	Match: func(_ string, head []byte) bool {
		head = bytes.ToUpper(bytes.TrimLeft(bytes.TrimPrefix(head[:min(len(head), 64)], []byte("\xEF\xBB\xBF")), " \r\n"))
		return bytes.HasPrefix(head, []byte("BEGIN:VCARD")) || bytes.HasPrefix(head, []byte("BEGIN:VCALENDAR"))
	},
	Read: readCard,
}

// maxCardLine bounds a joined line: a longer one is handed over in pieces.
const maxCardLine = 256 << 10

// A cardReader joins the lines of one file.
type cardReader struct {
	text  *prose
	line  []byte // joined so far
	lines int    // of the file, in line
	soft  bool   // line ends in a soft break of quoted-printable
	bytes bool   // line is a picture or a key: its name alone is kept
	firm  bool   // the card names no person: it is an organisation's, or a desk's
}

func readCard(ctx context.Context, f *File, out Out) error {
	rc, err := f.Open()
	if err != nil {
		return err
	}
	r := bufio.NewReaderSize(UTF8(rc), 64<<10)
	c := &cardReader{text: newProse(out, f.At, item.Data)}
	for whole := true; ; {
		b, err := r.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) && !errors.Is(err, io.EOF) {
			return errors.Join(c.finish(), err) // what was read counts
		}
		if err := c.take(b, !whole); err != nil {
			return err
		}
		if errors.Is(err, io.EOF) {
			return c.finish()
		}
		whole = err == nil
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// take adds a line of the file, or a piece of one.
func (c *cardReader) take(b []byte, piece bool) error {
	end := bytes.HasSuffix(b, []byte("\n"))
	b = bytes.TrimRight(b, "\r\n")
	switch {
	case piece:
	case c.soft:
	case len(b) > 0 && (b[0] == ' ' || b[0] == '\t') && c.lines > 0:
		b = b[1:]
	default:
		if err := c.put(); err != nil {
			return err
		}
		c.bytes = false
	}
	if !c.bytes {
		c.line = append(c.line, b...)
		c.hide()
	}
	if end {
		c.lines++
	}
	c.soft = false
	if bytes.HasSuffix(c.line, []byte("=")) && isQuoted(c.line) {
		c.line, c.soft = c.line[:len(c.line)-1], true
	}
	if len(c.line) > maxCardLine {
		return c.put()
	}
	return nil
}

// put hands over the joined line, and as many line ends as the file has, so that
// the lines after it keep their numbers.
func (c *cardReader) put() error {
	c.text.add(cardValue(c.whose(c.line)))
	lines := c.lines
	c.line, c.lines = c.line[:0], 0
	for range lines {
		c.text.add([]byte("\n"))
	}
	if len(c.text.buf)-c.text.from < proseChunk {
		return nil
	}
	return c.text.flush()
}

func (c *cardReader) finish() error {
	if err := c.put(); err != nil {
		return err
	}
	return c.text.flush()
}

// whose notes whose card it is, and leaves the name only of what is nobody's: numbers
// that a program gives, and how to call an organisation, or call on it.
func (c *cardReader) whose(line []byte) []byte {
	p := parameters(line)
	name, _, _ := strings.Cut(p, ";")
	value := line[min(len(line), len(p)+1):]
	switch name {
	case "BEGIN":
		c.firm = false
	case "N":
		c.firm = len(bytes.Trim(value, "; ")) == 0
	case "KIND":
		c.firm = !bytes.EqualFold(value, []byte("individual"))
	case "UID":
		return line[:len(p)]
	case "TEL", "ADR", "GEO":
		if c.firm {
			return line[:len(p)]
		}
	}
	return line
}

// parameters returns what stands before the value, in upper case.
func parameters(line []byte) string {
	i := bytes.IndexByte(line[:min(len(line), 1<<10)], ':')
	return strings.ToUpper(string(line[:max(i, 0)]))
}

func isQuoted(line []byte) bool { return strings.Contains(parameters(line), "QUOTED-PRINTABLE") }

// hide leaves the name only of a picture or a key, which is no text.
func (c *cardReader) hide() {
	p := parameters(c.line)
	if strings.Contains(p, "ENCODING=B") || bytes.Contains(c.line[:min(len(c.line), 256)], []byte(";base64,")) {
		c.line, c.bytes = c.line[:len(p)], true
	}
}

// cardValue decodes a line.
func cardValue(line []byte) []byte {
	p := parameters(line)
	if strings.Contains(p, "QUOTED-PRINTABLE") {
		b, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(line)))
		if err != nil {
			b = line
		}
		if !utf8.Valid(b) {
			b = latin(b)
		}
		return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r"), nil), []byte("\n"), []byte(" "))
	}
	if bytes.IndexByte(line, '\\') < 0 {
		return line
	}
	return []byte(cardEscapes.Replace(string(line)))
}

// cardEscapes are the escapes of a text value; a line end becomes a space, which
// parts words just as well and keeps the numbers of lines.
var cardEscapes = strings.NewReplacer(`\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\\`, `\`)
