package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// This file reads tables of an unusual form: those that stand on their side, and those
// whose columns say two things.

// turned is a table with its rows and columns exchanged, when its first column holds
// the labels and its first row the treatments; nil for any other.
func (d *reading) turned(t *table) *table {
	rows := t.rows
	if slices.ContainsFunc(t.columns, func(f string) bool { return f != "" && f != "name" && f != "number" }) {
		return nil
	}
	var first []cell
	if len(t.heads) > 0 {
		for _, h := range t.heads {
			first = append(first, cell{h, t.no})
		}
	} else if len(rows) > 1 {
		first, rows = rows[0], rows[1:]
	}
	if len(first) < 3 || len(rows) < 3 {
		return nil
	}
	out := &table{no: t.no, columns: []string{"name"}, heads: []string{""}}
	seen := map[string]bool{}
	for _, row := range rows {
		f := d.headOf(row[0].text)
		if f != "" {
			seen[f] = true
		}
		out.columns, out.heads = append(out.columns, f), append(out.heads, row[0].text)
	}
	if len(seen) < 3 || len(seen)*2 < len(rows) || !seen["basis"] && !seen["data"] && !seen["retention"] {
		return nil
	}
	for k := 1; k < len(first); k++ {
		turned := []cell{first[k]}
		for _, row := range rows {
			c := cell{no: row[0].no}
			if k < len(row) {
				c = row[k]
			}
			turned = append(turned, c)
		}
		if strings.TrimSpace(first[k].text) != "" {
			out.rows = append(out.rows, turned)
		}
	}
	return out
}

// twoLabels are the fields that a head names together, joined by "+": "Finalité et base
// légale", "Données / durée". It is "" for any other head.
func (v *vocabulary) twoLabels(s string) string {
	var fields []string
	for _, p := range labelJoin.Split(s, 4) {
		f := v.labelOf(p)
		if f == "" || slices.Contains(fields, f) {
			return ""
		}
		fields = append(fields, f)
	}
	if len(fields) < 2 {
		return ""
	}
	return strings.Join(fields, "+")
}

var labelJoin = pattern.New(`\s+et\s+|\s*[/+&,–]\s*|\s+-\s+|\s*\(|\)`)

// nameOf is the part of a cell that names a treatment, in a column that says its basis
// or its data too: "Conduite des médiations – contrat".
func nameOf(text string) string {
	for _, cut := range []string{" – ", " — ", " - ", " : ", ". ", " ("} {
		if head, _, ok := strings.Cut(text, cut); ok && len(strings.Fields(head)) > 0 {
			text = head
		}
	}
	return strings.TrimSpace(text)
}
