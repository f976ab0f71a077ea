package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/register/terms"
)

// readSections makes a treatment of each section whose text declares data with a basis
// or a time limit, and that no reader has read: "Vous signez une pétition" is the
// treatment when its prose names none.
func (d *reading) readSections() {
	for _, u := range d.units() {
		sec := u.section
		if sec.about() != "" || sec.parent == nil || !d.namesUse(u.title) || d.leftSome(u, nil) || !d.talksOfData(u) || !d.declaresUse(u) {
			continue
		}
		t := d.addTreatment(titleName(u.title), u.no, sureProse)
		t.section = sec
		for _, s := range u.statements {
			if s.treatment == nil {
				s.treatment = t
			}
		}
	}
}

// namesUse tells whether a title is of something done, or of who does it: "Échange de
// fichiers", "Vous êtes bénévole". One that names data, or asks, is none.
func (d *reading) namesUse(title string) bool {
	t := terms.Read(title)
	if strings.HasSuffix(title, "?") {
		return questionName(title) != ""
	}
	if len(t.Tokens) == 0 || d.labelsData(title) {
		return false
	}
	switch t.Tokens[0].Word {
	case "vous", "tu", "si", "je", "nous", "on", "quand", "lorsque":
		return true
	}
	return d.activities.Has(t) || slices.ContainsFunc(t.Tokens, func(x terms.Token) bool { return deedNoun(x.Word) || infinitive(x.Word) })
}

// declaresUse tells whether a unit names data, and one more of: other data, a basis, a
// time limit.
func (d *reading) declaresUse(u *unit) bool {
	ids, more := map[string]bool{}, false
	for _, s := range u.statements {
		if s.quiet() {
			continue
		}
		for _, c := range d.categories.Find(s.text) {
			ids[c.Category] = true
		}
		more = more || len(d.basesIn(s.text, s.no, speaksOfBasis(s))) > 0 || len(durationsIn(s.words)) > 0
	}
	return len(ids) > 2 || len(ids) > 0 && more
}
