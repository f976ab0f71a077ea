package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// readCSV reads one sheet, whatever its charset and delimiter.
func readCSV(name string, src []byte) (*Book, error) {
	text, err := decode(src)
	if err != nil {
		return nil, err
	}
	b := &Book{}
	s := Sheet{Name: strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))}
	s.Rows = b.split(text, delimiter(text))
	if len(s.Rows) > maxRows {
		s.Rows = s.Rows[:maxRows]
		b.note(fmt.Sprintf("rows past %d were not read", maxRows))
	}
	if len(s.Rows) > 0 {
		b.broken(s.Rows)
	}
	b.Sheets = []Sheet{s}
	return b, nil
}

// decode turns UTF-8, UTF-16 with a mark, or else Windows-1252 into UTF-8.
func decode(src []byte) (string, error) {
	switch {
	case bytes.HasPrefix(src, []byte("\xef\xbb\xbf")):
		src = src[3:]
	case bytes.HasPrefix(src, []byte("\xff\xfe")), bytes.HasPrefix(src, []byte("\xfe\xff")):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(src)
		return string(out), err
	}
	if bytes.IndexByte(src, 0) >= 0 {
		return "", errors.New("not a text: a table in CSV is one")
	}
	if utf8.Valid(src) {
		return string(src), nil
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(src)
	return string(out), err
}

// delimiter is the one that cuts the first line most.
func delimiter(text string) byte {
	head, _, _ := strings.Cut(text, "\n")
	best, most := byte(';'), 0
	for _, d := range []byte{';', '\t', ',', '|'} {
		if n := strings.Count(head, string(d)); n > most {
			best, most = d, n
		}
	}
	return best
}

// split cuts a text into rows and cells. A quote that is never closed is read as
// a character, so that one broken row does not swallow the rest.
func (b *Book) split(text string, comma byte) (rows [][]string) {
	open := 0
	for text != "" && len(rows) <= maxRows {
		// Each open quote is looked for to the end of the file: not for ever.
		row, rest, ok := csvRow(text, comma, open < 20)
		if !ok {
			open++
			b.note("a quote is never closed: its row was read as it stands")
			row, rest, _ = csvRow(text, comma, false)
		}
		rows, text = append(rows, row), rest
	}
	return rows
}

// csvRow reads one row; ok is false when a quote is left open.
func csvRow(text string, comma byte, quotes bool) (row []string, rest string, ok bool) {
	var cell strings.Builder
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '"' && i+1 < len(text) && text[i+1] == '"':
			cell.WriteByte('"')
			i++
		case quoted && c == '"':
			quoted = false
		case quoted:
			cell.WriteByte(c)
		case quotes && c == '"' && strings.TrimSpace(cell.String()) == "":
			cell.Reset()
			quoted = true
		case c == comma:
			row = append(row, cell.String())
			cell.Reset()
			if len(row) > maxCols {
				quotes = false
			}
		case c == '\r' && i+1 < len(text) && text[i+1] == '\n':
		case c == '\n' || c == '\r':
			return append(row, cell.String()), text[i+1:], true
		default:
			cell.WriteByte(c)
		}
	}
	return append(row, cell.String()), "", !quoted
}

// broken notes the rows that are wider than the head: their cells are shifted.
func (b *Book) broken(rows [][]string) {
	n := 0
	for i, row := range rows {
		last := len(row)
		for last > 0 && strings.TrimSpace(row[last-1]) == "" {
			last--
		}
		if i > 0 && last > len(rows[0]) {
			n++
		}
	}
	if n > 0 {
		b.note(fmt.Sprintf("%d rows have more cells than the head: what is past it was left out", n))
	}
}
