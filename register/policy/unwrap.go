package policy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unwrapped joins the lines of tables whose rows were wrapped as a PDF does: a row
// has the pipes of the header, without one at its end, and goes on in lines that
// have fewer. The count of lines stays, so that line numbers do.
func unwrapped(lines []line) []line {
	for i := 0; i < len(lines); i++ {
		if pipes(lines[i]) < 2 {
			continue
		}
		if rows, end := rowsFrom(lines, i); rows != nil {
			k := copy(lines[i:end], rows)
			for ; i+k < end; k++ {
				lines[i+k] = line{no: lines[i+k].no, kind: blankLine}
			}
			i = end
			continue
		}
		for i < len(lines) && lines[i].kind != blankLine {
			i++
		}
	}
	return lines
}

// pipes counts the pipes of a plain line; -1 when it begins or ends with one, or
// is no plain line.
func pipes(l line) int {
	s := strings.TrimSpace(l.text)
	if l.kind != plainLine || s == "" || s[0] == '|' || s[len(s)-1] == '|' || separatorRE.MatchString(s) {
		return -1
	}
	return strings.Count(s, "|")
}

// rowsFrom joins the rows that begin at line i, and returns the line after them;
// no rows when nothing is wrapped, or when the lines do not come out even.
func rowsFrom(lines []line, i int) ([]line, int) {
	width := pipes(lines[i])
	var rows []line
	held, wraps := 0, 0 // pipes of the row being read; lines joined
	for ; i < len(lines) && lines[i].kind == plainLine; i++ {
		n := pipes(lines[i])
		if n < 0 {
			return nil, 0
		}
		text := strings.TrimSpace(lines[i].text)
		first, _ := utf8.DecodeRuneInString(text)
		if len(rows) > 0 && (held < width || n == 0 && !unicode.IsUpper(first)) {
			rows[len(rows)-1].text += " " + text
			held += n
			wraps++
		} else {
			rows, held = append(rows, line{no: lines[i].no, text: text}), n
		}
		if held > width {
			return nil, 0
		}
	}
	if wraps == 0 || held != width || len(rows) < 3 {
		return nil, 0
	}
	return rows, i
}
