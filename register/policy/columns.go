package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/register/terms"
)

func textsOf(cells []cell) (out []string) {
	for _, c := range cells {
		out = append(out, c.text)
	}
	return out
}

// topicField is the field that a question or a phrase of a header announces,
// by the topic such a heading would have.
var topicField = map[string]string{
	"purposes": "purpose", "bases": "basis", "data": "data", "retention": "retention",
	"recipients": "recipients", "transfers": "transfers", "treatments": "name",
}

// headOf returns the field that a header's cell names: by a label, else as a
// heading would ("Sur quel fondement", "Combien de temps ?").
func (v *vocabulary) headOf(s string) string {
	s = strings.Trim(s, " ?:*")
	if f := v.twoLabels(s); f != "" {
		return f
	}
	if f := v.labelOf(s); f != "" {
		return f
	}
	if len(strings.Fields(s)) > 10 {
		return ""
	}
	return topicField[v.topicOf(s)]
}

// fieldsOfHeads reads a row that is a header by its mark, whatever it says.
func (v *vocabulary) fieldsOfHeads(cells []cell) []string {
	fields := make([]string, len(cells))
	for i, c := range cells {
		fields[i] = v.headOf(c.text)
	}
	return fields
}

// columnsOf returns the field of each column: what its head says, else what most
// of its cells read as.
func (d *reading) columnsOf(t *table) []string {
	columns := slices.Clone(t.columns)
	for i, c := range columns {
		if c == "" && (i >= len(t.heads) || t.heads[i] != "") {
			columns[i] = d.voted(t, i, columns)
		}
	}
	return columns
}

// voted is the field that at least three of five filled cells of a column read as.
func (d *reading) voted(t *table, column int, columns []string) string {
	votes, filled := map[string]int{}, 0
	for _, row := range t.rows {
		if column >= len(row) || strings.TrimSpace(row[column].text) == "" {
			continue
		}
		filled++
		votes[d.readsAs(row[column].text)]++
	}
	for _, f := range []string{"basis", "retention", "transfers", "data", "recipients"} {
		if votes[f]*5 >= filled*3 && filled > 0 && !slices.Contains(columns, f) {
			return f
		}
	}
	if column == 0 && !slices.Contains(columns, "name") && slices.ContainsFunc(columns, func(c string) bool { return c == "basis" || c == "data" || c == "purpose" || c == "retention" }) {
		return "name"
	}
	return ""
}

// companyCell reads a cell of a column that lists companies: what begins with a
// capital there is a name, though it is the first word.
func (d *reading) companyCell(c cell) []found {
	var out []found
	for _, p := range listed(c.text) {
		if strings.HasPrefix(fold(p.text), "a ") { // where the one before is
			continue
		}
		name := withoutLinks(tidyRecipient(strings.TrimSpace(aliasRE.ReplaceAllString(p.text, ""))))
		w := terms.Read(name)
		if name == "" || len(w.Tokens) > 6 || !isUpper([]rune(name)[0]) || d.isSelf(name) || notCompany(name) {
			continue
		}
		if known := d.companies.find(w, true); len(known) == 0 && d.kinds.Has(w) {
			continue
		}
		out = add(out, found{id: name, no: c.no, words: firstWords(c.text), conf: 0.9, extra: "named"})
	}
	return out
}

// withoutLinks takes the little words off the end of a name: "Monetico et".
func withoutLinks(s string) string {
	f := strings.Fields(s)
	for len(f) > 0 && (slices.Contains(articles, f[len(f)-1]) || slices.Contains(joiners, f[len(f)-1])) {
		f = f[:len(f)-1]
	}
	return strings.Join(f, " ")
}

// readsAs tells the field of a cell by its words alone.
func (d *reading) readsAs(text string) string {
	t := terms.Read(text)
	switch {
	case d.readsAsBasis(text):
		return "basis"
	case len(durationsIn(terms.Read(spelled(text)))) > 0 || has(d.retention, t, "criterion"):
		return "retention"
	case len(d.countriesIn(t)) > 0 && len(t.Tokens) < 8:
		return "transfers"
	case d.mostlyData(text) || len(d.categories.Find(text)) > 0 && len(t.Tokens) < 8:
		return "data"
	case len(d.companies.find(t, true)) > 0 && len(t.Tokens) < 8 || len(d.kinds.IDs(t)) > 0 && len(t.Tokens) < 8:
		return "recipients"
	}
	return ""
}
