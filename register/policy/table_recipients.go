package policy

import (
	"strings"

	"github.com/ecart-rgpd/ecart/register/terms"
)

// readBareRecipients reads a table without heads in a section on recipients: one of its
// columns holds names, the others what each does.
func (d *reading) readBareRecipients(t *table) {
	at := d.namingColumn(t)
	for _, row := range t.rows {
		for i, c := range row {
			var all []found
			if i == at {
				all = d.companyCell(c)
			}
			for _, f := range append(all, d.namesInText(c.text, c.no, i == at)...) {
				d.document.recipients = addName(d.document.recipients, f)
			}
		}
	}
}

// namingColumn is the column that names most companies.
func (d *reading) namingColumn(t *table) int {
	votes := map[int]int{}
	best := 0
	for _, row := range t.rows {
		for i, c := range row {
			if strings.TrimSpace(c.text) == "" {
				continue
			}
			votes[i] += len(d.companies.find(terms.Read(c.text), true))
			if votes[i] > votes[best] {
				best = i
			}
		}
	}
	return best
}

// addName adds a name unless one that the list has holds it, as "GLS" in "GLS France".
func addName(list []found, f found) []found {
	for _, x := range list {
		if fold(x.id) == fold(f.id) || strings.HasPrefix(fold(x.id), fold(f.id)+" ") {
			return list
		}
	}
	return append(list, f)
}
