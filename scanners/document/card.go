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

// maxCard is the size in bytes of a card from which it is handed over in pieces, as a
// person's.
const maxCard = 1 << 20

// maxCardLine bounds a joined line: a longer one is handed over in pieces.
const maxCardLine = 256 << 10

// A cardReader joins the lines of one file.
type cardReader struct {
	text  *prose
	line  []byte // joined so far
	lines int    // of the file, in line
	soft  bool   // line ends in a soft break of quoted-printable
	bytes bool   // line is a picture or a key: its name alone is kept
	card  card   // at hand
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
// the lines after it keep their numbers. A card is handed over whole: whose it is may
// be said in its last line.
func (c *cardReader) put() error {
	line := c.line
	name := property(line)
	if name == "UID" { // given by a program
		line = line[:len(parameters(line))]
	}
	line = cardValue(line)
	if name == "BEGIN" {
		c.card = card{open: strings.EqualFold(valueOf(line), "VCARD"), start: len(c.text.buf)}
	}
	c.text.add(line)
	c.card.note(name, line)
	if name == "END" {
		c.card.close(c.text)
	}
	lines := c.lines
	c.line, c.lines = c.line[:0], 0
	for range lines {
		c.text.add([]byte("\n"))
	}
	if n := len(c.text.buf) - c.text.from; n < proseChunk || c.card.open && n < maxCard {
		return nil
	}
	c.card.open = false
	return c.text.flush()
}

func (c *cardReader) finish() error {
	if err := c.put(); err != nil {
		return err
	}
	return c.text.flush()
}

// parameters returns what stands before the value, in upper case.
func parameters(line []byte) string {
	i := bytes.IndexByte(line[:min(len(line), 1<<10)], ':')
	return strings.ToUpper(string(line[:max(i, 0)]))
}

// property returns the name of what a line tells, in upper case, without the group it is
// in: TEL of "item1.TEL;TYPE=WORK:…".
func property(line []byte) string {
	name, _, _ := strings.Cut(parameters(line), ";")
	return name[strings.LastIndexByte(name, '.')+1:]
}

// valueOf returns what stands behind the name and the parameters.
func valueOf(line []byte) string {
	return strings.TrimSpace(string(line[min(len(line), len(parameters(line))+1):]))
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
