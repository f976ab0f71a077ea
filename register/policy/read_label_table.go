package policy

import (
	"slices"
	"strings"
)

// readLabelTable reads a table that is the card of one treatment: labels in its first
// column, their values in the second. It tells whether it was one.
func (d *reading) readLabelTable(b *block) bool {
	rows := b.table.rows
	if len(b.table.columns) > 0 && strings.TrimSpace(strings.Join(b.table.heads, "")) != "" { // its head is a first row
		return false
	}
	fields := make([]string, len(rows))
	seen := map[string]bool{}
	for i, row := range rows {
		if len(row) != 2 {
			return false
		}
		if fields[i] = d.headOf(row[0].text); fields[i] != "" && fields[i] != "number" {
			seen[fields[i]] = true
		}
	}
	if len(seen) < 3 || len(seen)*2 < len(rows) || !seen["basis"] && !seen["data"] && !seen["retention"] {
		return false
	}
	at, name := b.table.no, ""
	for _, want := range []string{"name", "purpose"} {
		if i := slices.Index(fields, want); i >= 0 && name == "" {
			name, at = rows[i][1].text, rows[i][1].no
		}
	}
	if sec := b.section; sec != nil && !sec.whole && sec.topic == "" && (len(nameTokens(sec.title)) > 1 || sec.level == boldLevel) && !seen["name"] {
		name, at = sec.title, sec.no
	}
	if name == "" {
		return false
	}
	t := d.addTreatment(shortName(name), at, sureField)
	t.section = b.section
	for i, row := range rows {
		d.readField(t, fields[i], row[1].text, row[1].no)
	}
	d.markProcessor(t)
	return true
}
