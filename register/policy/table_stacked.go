package policy

import (
	"strings"
	"unicode/utf8"
)

// This file reads tables that lost their form: each cell on a line of its own, the heads
// first, as a page copied into a text gives them.

// stackedTable reads the table whose heads begin at line i; nil when there is none.
func (b *builder) stackedTable(i int) (*table, int) {
	columns, known := b.stackedHeads(i)
	width := len(columns)
	if width < 3 || known < 2 {
		return nil, i
	}
	end := i + width
	for end < len(b.lines) && b.lines[end].kind == plainLine && !strings.Contains(b.lines[end].text, "|") {
		end++
	}
	if n := end - i - width; n < 2*width || n%width != 0 {
		return nil, i
	}
	t := &table{no: b.lines[i].no, columns: columns}
	for k := i; k < i+width; k++ {
		t.heads = append(t.heads, strings.TrimSpace(b.lines[k].text))
	}
	for k := i + width; k < end; k += width {
		var row []cell
		for _, l := range b.lines[k : k+width] {
			row = append(row, cell{strings.TrimSpace(l.text), l.no})
		}
		t.rows = append(t.rows, row)
	}
	return t, end
}

// stackedHeads are the fields of the heads that begin at line i, one a line, and how
// many of basis, data, retention and recipients are among them. The first must name
// what is done.
func (b *builder) stackedHeads(i int) (columns []string, known int) {
	seen := map[string]bool{}
	for ; i < len(b.lines) && b.lines[i].kind == plainLine && len(columns) < 8; i++ {
		text := strings.TrimSpace(b.lines[i].text)
		if utf8.RuneCountInString(text) > 50 || strings.ContainsAny(text, ":|.") {
			break
		}
		f := b.v.labelOf(text)
		if f == "" || seen[f] || len(columns) == 0 && f != "name" && f != "purpose" && f != "number" {
			break
		}
		seen[f] = true
		columns = append(columns, f)
		switch f {
		case "basis", "data", "retention", "recipients":
			known++
		}
	}
	return columns, known
}
