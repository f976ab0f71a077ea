package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/register/terms"
)

// readClauses makes treatments of running text that says neither "afin de" nor
// the name of a usual activity: by what a basis is said of ("Le recouvrement des
// impayés repose sur notre intérêt légitime"), and by what "nous" does in the
// sentence that opens a paragraph about processing ("Nous modérons les commentaires").
func (d *reading) readClauses() {
	for _, s := range d.statements {
		if s.section.whole && d.titled() >= 3 || s.definition || s.right || s.field != "" || s.block.kind != paragraph || d.notAboutUse(s) {
			continue
		}
		name := d.basedOn(s)
		if name == "" && s.first && s.treatment == nil && !s.negative {
			name = d.occasionOf(s)
		}
		if name == "" && s.first && s.treatment == nil && !s.negative && d.declares(s.block) {
			name = weDo(s.words)
		}
		if len(nameTokens(name)) < 2 || aboutLaw.MatchString(fold(name)) || d.toldIn(s, name) {
			continue
		}
		t := d.addTreatment(name, s.no, sureProse)
		if t.section == nil {
			t.section = s.section
		}
		d.claimRest(s, t)
	}
}

// occasionOf names the treatment of a paragraph by when data are taken: "Quand vous
// commandez à emporter, nous vous demandons votre adresse".
func (d *reading) occasionOf(s *statement) string {
	m := whenRE.FindStringSubmatch(s.text)
	if m == nil || len(d.categories.Find(s.text)) == 0 || !d.collects(s) || !d.onlyPurpose(s) {
		return ""
	}
	return shortName(m[1] + "er" + m[2])
}

// notAboutUse tells of sections that do not say what data are used for.
func (d *reading) notAboutUse(s *statement) bool {
	return s.section.under("rights", "definitions", "recipients", "retention", "transfers", "security", "dpo", "identity", "contact", "changes", "scope", "source", "mandatory", "bases")
}

// toldIn tells whether the paragraph of s has its treatment already: one of its
// own, or that of its section when it opens it.
func (d *reading) toldIn(s *statement, name string) bool {
	if d.sameTreatment(name, 0.5) != nil {
		return true
	}
	if s.treatment == nil {
		return false
	}
	if d.listedBefore(s, name) {
		return true // "Le CCAS instruit les demandes d'aide sociale et de secours"
	}
	if t := s.treatment; t.section == s.section && t.no == s.section.no && d.titled() >= 5 {
		return true // a text whose sections are its treatments
	}
	// A section of one paragraph is about one thing.
	return s.treatment.section == nil || s.treatment.section.title == "" || d.firstBlock(s.section) == s.block || s.treatment.section != s.section
}

// listedBefore tells whether a sentence before s in its section says the name as one
// of several things.
func (d *reading) listedBefore(s *statement, name string) bool {
	for _, x := range d.statements {
		if x == s {
			return false
		}
		if x.section == s.section && x.treatment == s.treatment && strings.Contains(fold(x.text), fold(name)) {
			return true
		}
	}
	return false
}

func (d *reading) firstBlock(sec *section) *block {
	for _, x := range d.statements {
		if x.section == sec {
			return x.block
		}
	}
	return nil
}

// claimRest gives a treatment the statements of its paragraph from s on.
func (d *reading) claimRest(s *statement, t *treatment) {
	before := s.treatment
	for _, x := range d.statements {
		if x.block == s.block && x.off >= s.off && x.treatment == before {
			x.treatment = t
		}
	}
}

// declares tells whether a block names a basis, a time limit or several data.
func (d *reading) declares(b *block) bool {
	for _, x := range d.statements {
		if x.block != b || x.definition || x.right {
			continue
		}
		if len(d.basesIn(x.text, x.no, speaksOfBasis(x))) > 0 || len(durationsIn(x.words)) > 0 && has(d.retention, x.words, "verb") || len(d.categories.Find(x.text)) > 2 {
			return true
		}
	}
	return false
}

var resting = wordSet("resting")

// basedOn returns the subject of a sentence whose verb says what it rests on.
func (d *reading) basedOn(s *statement) string {
	t := s.words
	for i, tok := range t.Tokens {
		verb := resting()[tok.Word]
		if !verb && i+1 < len(t.Tokens) && (tok.Word == "est" || tok.Word == "sont") {
			next := t.Tokens[i+1].Stem
			verb = next == terms.Stem("necessaire") || next == terms.Stem("fondee") || next == terms.Stem("fonde")
		}
		if !verb || i < 2 {
			continue
		}
		if len(d.basesIn(t.Raw[tok.Start:], s.no, true)) == 0 {
			return ""
		}
		return subjectName(t.Raw[:tok.Start])
	}
	return ""
}

// subjectName makes a name of the subject of a sentence, "" when it is a pronoun
// or data, or too long to be one.
func subjectName(s string) string {
	s = unbracketed(strings.TrimSpace(s))
	if i := strings.LastIndex(s, " : "); i >= 0 {
		s = s[i+3:]
	}
	s, _, _ = strings.Cut(s, ", c'est")
	s, _, _ = strings.Cut(s, ", ")
	t := terms.Read(s).Tokens
	for len(t) > 0 && (t[len(t)-1].Word == "s" || t[len(t)-1].Word == "se" || t[len(t)-1].Word == "et") {
		s, t = strings.TrimSpace(s[:t[len(t)-1].Start]), t[:len(t)-1]
	}
	if len(t) < 2 || len(t) > 14 || !slices.Contains([]string{"la", "le", "l", "les", "cette", "nos", "notre"}, t[0].Word) || vague()[t[1].Word] {
		return ""
	}
	if t[0].Word == "cette" && len(nameTokens(s)) < 3 {
		return "" // "cette mesure" was named before
	}
	if slices.ContainsFunc(t[1:], func(x terms.Token) bool {
		return x.Word == "nous" || x.Word == "vous" || x.Word == "cette" || x.Word == "ce" || x.Word == "ces"
	}) {
		return ""
	}
	if t[0].Word == "nos" || t[0].Word == "notre" {
		return shortName(s)
	}
	return shortName(strings.TrimLeft(s[t[0].End:], " '’"))
}

// vague are the heads of subjects that name no treatment.
var vague = wordSet("vague")

// weDo returns what "nous" does first in a sentence: the verb with its object.
func weDo(t terms.Text) string {
	for i, tok := range t.Tokens {
		if i == 0 || !serves(tok.Word) || plain()[tok.Word] {
			continue
		}
		if i > 1 && relative()[t.Tokens[i-2].Word] {
			continue // "les bilans que nous réalisons"
		}
		if p := t.Tokens[i-1].Word; p != "nous" && (p != "vous" || i < 2 || t.Tokens[i-2].Word != "nous") {
			continue
		}
		from := i + 1
		for from < len(t.Tokens) && aside()[t.Tokens[from].Word] {
			from++
		}
		object := objectOf(t, from, len(t.Tokens))
		if len(nameTokens(object)) == 0 {
			return ""
		}
		return shortName(infinitiveOf(t.Raw[tok.Start:tok.End]) + " " + object)
	}
	return ""
}

var (
	aside = stopSet("aussi egalement enfin ensuite ainsi donc alors notamment parfois")
	plain = wordSet("plain")
)
