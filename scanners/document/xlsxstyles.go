package document

import (
	"strconv"
	"strings"
)

// styles notes which cell formats show a number as a date.
func (b *workbook) styles() error {
	custom, inCells := map[string]bool{}, false
	return b.p.walk(b.role("styles", "xl/styles.xml"), func(x *xmlReader) error {
		name := string(x.name)
		switch {
		case name == "cellXfs" && x.kind != xmlText:
			inCells = x.kind == xmlStart
		case x.kind != xmlStart:
		case name == "numFmt":
			custom[x.attr("numFmtId")] = isDateFormat(x.attr("formatCode"))
		case name == "xf" && inCells:
			id := x.attr("numFmtId")
			n, _ := strconv.Atoi(id) // 0 is "general"
			b.dates = append(b.dates, isDateNumber(n) || custom[id])
		}
		return nil
	})
}

// isDateNumber tells the built-in formats that show a day.
func isDateNumber(n int) bool {
	return n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58
}

// isDateFormat tells `dd/mm/yyyy` from `0.00` and `[Red]0`.
func isDateFormat(code string) bool {
	quoted, bracket := false, false
	y, d := false, false
	for _, c := range strings.ToLower(code) {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case quoted || bracket:
		case c == 'y':
			y = true
		case c == 'd' || c == 'j':
			d = true
		}
	}
	return y || d
}
