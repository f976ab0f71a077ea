package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// readField gives the value of a field to a treatment.
func (d *reading) readField(t *treatment, field, text string, no int) {
	switch field {
	case "purpose", "subpurpose":
		for _, p := range purposesOf(text) {
			t.purposes = appendNew(t.purposes, p)
		}
	case "basis":
		for _, f := range d.basesIn(text, no, true) {
			t.bases = add(t.bases, f)
		}
		if explicitly(terms.Read(text)) && t.explicit == 0 && hasBasis(t.bases, "consent") {
			t.explicit = no
		}
	case "data":
		for _, f := range d.dataIn(text, no, sureRow) {
			t.data = add(t.data, f)
		}
		if keptFor.MatchString(fold(text)) {
			t.retention = append(t.retention, d.retentionIn(text, no, false)...)
		}
	case "retention":
		t.retention = append(t.retention, d.retentionIn(text, no, true)...)
	case "companies":
		names := d.companyCell(cell{text, no})
		for _, f := range names {
			t.recipients = add(t.recipients, f)
		}
		if len(names) == 0 {
			d.readRecipientField(t, "recipients", text, no)
		}
	case "recipients", "systems":
		d.readRecipientField(t, field, text, no)
	case "subjects":
		for _, p := range listed(text) {
			t.subjects = add(t.subjects, found{id: strings.ToLower(p.text), no: no, words: p.text})
		}
	case "transfers":
		d.readTransferField(t, text, no)
	case "role":
		if strings.Contains(fold(text), "sous-traitant") {
			t.role = register.Processor
		}
	}
	if field != "recipients" && field != "companies" && field != "systems" && field != "" {
		for _, f := range d.namesInText(text, no, false) {
			t.recipients = add(t.recipients, f)
		}
	}
}

// keptFor follows a datum whose time limit is told with it: "numéro de carte, conservé
// treize mois".
var keptFor = pattern.New(`, (conserve|garde|efface|supprime)e?s? `)

func hasBasis(list []found, id string) bool {
	return slices.ContainsFunc(list, func(f found) bool { return f.id == id })
}

func appendNew(list []string, s string) []string {
	s = strings.Trim(s, " .;,–-")
	if s == "" || slices.ContainsFunc(list, func(x string) bool { return fold(x) == fold(s) }) {
		return list
	}
	return append(list, s)
}

// purposesOf cuts a field of purposes at dashes, semicolons and commas.
func purposesOf(text string) []string {
	pieces := dashed(text)
	if len(pieces) <= 1 {
		pieces = nil
		for _, p := range strings.Split(text, ";") {
			pieces = append(pieces, commaList(p)...)
		}
	}
	var out []string
	for _, p := range pieces {
		out = append(out, p.text)
	}
	return out
}

// commaList cuts at commas outside brackets.
func commaList(s string) []span {
	var out []span
	depth, start := 0, 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] == '(' {
			depth++
		}
		if i < len(s) && s[i] == ')' {
			depth--
		}
		if i == len(s) || s[i] == ',' && depth <= 0 {
			if t := strings.Trim(s[start:i], " ."); t != "" {
				out = append(out, span{t, start})
			}
			start = i + 1
		}
	}
	return out
}

// readRecipientField reads a field that lists recipients.
func (d *reading) readRecipientField(t *treatment, field, text string, no int) {
	s := &statement{text: text, words: terms.Read(text), no: no, field: "recipients"}
	names := d.namesInText(text, no, true)
	for _, f := range names {
		t.recipients = add(t.recipients, f)
		if field == "systems" {
			t.systems = add(t.systems, f)
		}
	}
	for _, f := range d.kindsIn(s) {
		if !slices.ContainsFunc(names, func(n found) bool { return strings.Contains(f.id, n.id) }) {
			t.recipients = add(t.recipients, f)
		}
	}
	// "Matterport (États-Unis, clauses contractuelles types)".
	w := terms.Read(text)
	if countries := d.countriesIn(w); len(countries) > 0 {
		s.section = nil
		ids := d.vocabulary.transfers.IDs(w)
		d.transfers.yes = firstOf(d.transfers.yes, no)
		before := len(d.transfers.list)
		d.listTransfers(s, countries, ids)
		d.transfers.tellOf(t, before)
	}
}

// readTransferField reads a column on transfers.
func (d *reading) readTransferField(t *treatment, text string, no int) {
	f := fold(text)
	if strings.HasPrefix(f, "non") || strings.HasPrefix(f, "aucun") || f == "-" || f == "" || f == "neant" {
		if d.transfers.none == 0 {
			d.transfers.none, d.transfers.noneWords = no, firstWords(text)
		}
		return
	}
	s := &statement{text: text, words: terms.Read(text), no: no, field: "transfers"}
	countries := d.countriesIn(s.words)
	if len(countries) == 0 && !strings.HasPrefix(f, "oui") {
		return
	}
	before := len(d.transfers.list)
	d.transfers.yes = firstOf(d.transfers.yes, no)
	d.listTransfers(s, countries, d.vocabulary.transfers.IDs(s.words))
	d.transfers.tellOf(t, before)
}
