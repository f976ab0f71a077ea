package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// readRecipients reads who receives data, outside rows: companies wherever a
// statement names them, categories of recipients where they are listed.
func (d *reading) readRecipients() {
	for _, s := range d.statements {
		if (s.field == "companies" || s.field == "systems") && !s.taken && !s.quiet() {
			for _, f := range d.companyCell(cell{s.text, s.no}) {
				d.giveRecipient(s, f)
				if s.field == "systems" {
					d.keepIn(s, place{name: f.id, no: f.no, words: f.words})
				}
			}
			continue
		}
		if s.taken || s.field != "" && s.field != "recipients" {
			continue
		}
		if s.definition || s.right || s.section.under("rights", "definitions", "dpo", "identity", "changes") {
			continue
		}
		in := s.field == "recipients" || s.section.about() == "recipients" || s.section.topic == "transfers"
		for _, f := range d.namesIn(s, in) {
			d.giveRecipient(s, f)
		}
		if s.field == "" && s.section.about() != "recipients" && !s.negative {
			for _, f := range d.handedTo(s) {
				d.giveRecipient(s, f)
			}
		}
		if s.field == "recipients" || s.section.about() == "recipients" && !s.negative {
			for _, f := range d.kindsIn(s) {
				d.giveRecipient(s, f)
			}
		}
	}
}

func (d *reading) giveRecipient(s *statement, f found) {
	t := d.speaksOf(s)
	if t == nil {
		t = &d.document
	}
	t.recipients = add(t.recipients, f)
}

// speaksOf returns the treatment that a statement tells of, nil for none or all.
func (d *reading) speaksOf(s *statement) *treatment {
	if s.treatment == nil && s.label != "" {
		return d.sameTreatment(s.label, 0.6)
	}
	return s.treatment
}

// namesIn returns the companies that a statement names: those we know, and where
// recipients are listed any name.
func (d *reading) namesIn(s *statement, expected bool) []found {
	if s.negative {
		// "… n'est sous-traitée en dehors de la société X" names X.
		at := exceptRE.FindStringIndex(s.text)
		if at == nil {
			if _, rest, ok := strings.Cut(s.text, " : "); ok && s.words.Tokens[0].Start < len(s.text)-len(rest) && !has(d.flags, terms.Read(rest), "negative") {
				return d.namesInText(rest, s.no, true) // "On ne la voit jamais : c'est X qui encaisse"
			}
			if !expected {
				return nil
			}
			return d.namesInText(s.text, s.no, false)
		}
		return d.namesInText(s.text[at[0]:], s.no, true)
	}
	expected = expected || d.handsOver(s) && !(s.block.kind == listItem && d.severalData(s.text)) && sirenIn(s.text) == "" && addressIn(s.text) == ""
	if expected && !s.first && text(s.block.text, s.off) == ';' {
		return d.namesInText("et "+s.text, s.no, expected) // its capital begins no sentence
	}
	return d.namesInText(s.text, s.no, expected)
}

func (d *reading) namesInText(text string, no int, expected bool) []found {
	t := terms.Read(text)
	var out []found
	known := slices.DeleteFunc(d.companies.find(t, expected), func(m mention) bool { return d.withinData(t, m.from, m.to) })
	kinds := d.kinds.Find(t)
	for _, m := range known {
		if d.isSelf(m.Name) || keptAtHome(t, m.to) || slices.ContainsFunc(known, func(o mention) bool { return o.to == m.from && t.Tokens[m.from].Gap == terms.Glued }) {
			continue // "Firebase Crashlytics" is Firebase
		}
		out = add(out, found{id: m.asWritten(t), no: no, words: around(t, m.from, m.to), conf: 0.9, extra: "named"})
	}
	for _, name := range d.candidates(t, expected) {
		if d.knownName(known, t, name) || d.isSelf(name.text) || notCompany(name.text) || d.isCountry(name.text) || d.common(name.text) {
			continue
		}
		if keptAtHome(t, name.to) || quotedName(t, name) || !d.hinted(t, name) || d.withinData(t, name.from, name.to) || slices.ContainsFunc(kinds, func(m terms.Match) bool { return m.ID == "authority" && m.From <= name.from && name.to <= m.To }) {
			continue
		}
		out = add(out, found{id: name.text, no: no, words: around(t, name.from, name.to), conf: 0.6, extra: "named"})
	}
	return out
}

// isCountry tells whether a name is one of a country: "Vocalis Maroc" is a company there.
func (d *reading) isCountry(name string) bool {
	t := terms.Read(name)
	for _, m := range d.countries.Find(t) {
		return m.From == 0 || m.To < len(t.Tokens) || len(t.Tokens) > 3
	}
	return false
}

// handsOver tells whether a statement says that data go to someone.
func (d *reading) handsOver(s *statement) bool {
	return d.handing.Has(s.words)
}

var exceptRE = pattern.New(`(?i)en dehors (?:de|du|des)|hormis|autres? que|excepté|sauf|à l['’]exception`)

// keptAtHome tells of a program that the organisation runs itself: "Matomo, hébergé
// par nos soins". Who made it receives nothing.
func keptAtHome(t terms.Text, to int) bool {
	rest := t.Raw[t.Tokens[to-1].End:]
	for i, x := range t.Tokens[to:] {
		if x.Gap == terms.Stop || i > 12 {
			rest = t.Raw[t.Tokens[to-1].End:x.Start]
			break
		}
	}
	return atHome.MatchString(fold(rest))
}

var atHome = pattern.New(`^[ ,(]*(qui est |que nous )?((auto-?)?heberg\w*|install\w*|exploit\w*|administr\w*|instal\w*) (\w+ )?(nous-memes|par nos (propres )?(soins|services|equipes)|par nous|chez nous|en interne|dans nos (propres )?(locaux|murs)|sur (nos|notre) (propres? )?serveurs?)|^[ ,(]*auto-?heberg`)
