package policy

import (
	"slices"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// basesIn returns the legal bases that text names. Weak words ("contrat",
// "loi") only count where a basis is expected.
func (d *reading) basesIn(text string, no int, expected bool) []found {
	t := terms.Read(text)
	var out []found
	strong := map[string]bool{}
	matches := d.basesFound(t)
	for _, m := range matches {
		if !strings.HasSuffix(m.ID, "?") {
			strong[m.ID] = true
		}
	}
	out = lettersIn(text, no, expected)
	for _, f := range out {
		strong[f.id] = true
	}
	for _, m := range matches {
		id, weak := strings.CutSuffix(m.ID, "?")
		if weak && (!expected || len(strong) > 0 && (strong[id] || !listedBasis(t, m))) {
			continue
		}
		out = add(out, found{id: id, no: no, words: around(t, m.From, m.To), conf: 0.9})
	}
	return out
}

// basesFound are the phrases of bases in t, without those that only look like one.
func (d *reading) basesFound(t terms.Text) []terms.Match {
	return slices.DeleteFunc(d.bases.Find(t), func(m terms.Match) bool { return m.ID == terms.Nothing })
}

// listedBasis tells whether weak words stand as one of several bases: "contrat de
// travail et obligations légales".
func listedBasis(t terms.Text, m terms.Match) bool {
	i := m.From
	for i > 0 && t.Tokens[i].Gap < terms.Listed && slices.Contains(articles, t.Tokens[i-1].Word) {
		i--
	}
	return (i == 0 || t.Tokens[i].Gap >= terms.Listed) && strings.HasPrefix(m.ID, "contract")
}

// around is a match with a few words on both sides.
func around(t terms.Text, from, to int) string {
	a, b := max(0, from-2), min(len(t.Tokens), to+3)
	return strings.Join(strings.Fields(t.Raw[t.Tokens[a].Start:t.Tokens[b-1].End]), " ")
}

var basisWords = stemSet("basis-words")

// speaksOfBasis tells whether a statement says what processing rests on.
func speaksOfBasis(s *statement) bool {
	for _, t := range s.words.Tokens {
		if basisWords()[t.Stem] {
			return true
		}
	}
	return false
}

// readBases reads the bases that stand in no row and no field.
func (d *reading) readBases() {
	for _, s := range d.statements {
		if s.taken || s.definition || s.negative {
			continue
		}
		if s.field != "" && s.field != "basis" {
			continue
		}
		if s.right && s.treatment == nil && !(speaksOfBasis(s) && !s.section.under("rights")) {
			continue
		}
		if s.field == "" && s.treatment == nil && s.section.under("rights", "security", "transfers", "definitions", "retention", "recipients", "profiling", "changes", "dpo", "source") {
			continue
		}
		expected := s.field == "basis" || speaksOfBasis(s) || s.section != nil && s.section.topic == "bases" && (s.first || len(s.words.Tokens) <= 18)
		for _, f := range d.basesIn(s.text, s.no, expected) {
			d.giveBasis(s, f)
		}
	}
}

// readTitleBases reads the bases that a heading announces for what is under it:
// "1) Exécution du contrat".
func (d *reading) readTitleBases() {
	for _, b := range d.blocks {
		if b.kind != heading || b.section.under("rights", "definitions", "retention", "recipients", "transfers", "security") || !d.onlyBasis(b.text) {
			continue
		}
		for _, f := range d.basesIn(b.text, b.no, false) {
			given := false
			for _, t := range d.treatments {
				if t.section == b.section {
					t.bases, given = add(t.bases, f), true
				}
			}
			if !given {
				d.document.bases = add(d.document.bases, f)
			}
		}
	}
}

// onlyBasis tells whether a text names a basis and little else.
func (d *reading) onlyBasis(s string) bool {
	t := terms.Read(s)
	for _, m := range d.basesFound(t) {
		return len(t.Tokens)-(m.To-m.From) <= 3
	}
	return false
}

// giveBasis hands a basis to the treatment its statement speaks of, else to
// those it names, else to the document.
func (d *reading) giveBasis(s *statement, f found) {
	explicit := f.id == "consent" && explicitly(s.words)
	if s.treatment != nil {
		s.treatment.bases = add(s.treatment.bases, f)
		if explicit && s.treatment.explicit == 0 {
			s.treatment.explicit = f.no
		}
		return
	}
	named := d.namedIn(s)
	if ofAll.MatchString(fold(s.text)) {
		named = nil
	}
	for _, t := range named {
		t.bases = add(t.bases, f)
		if explicit && t.explicit == 0 {
			t.explicit = f.no
		}
	}
	if len(named) == 0 && (explicit || s.section.under("bases") || speaksOfBasis(s) || !d.mostHave(func(t *treatment) bool { return len(t.bases) > 0 })) {
		d.document.bases = add(d.document.bases, f)
		if explicit && d.document.explicit == 0 {
			d.document.explicit = f.no
		}
	}
}

// mostHave tells whether most treatments have a field of their own: then a word
// elsewhere in the text does not stand for all of them.
func (d *reading) mostHave(field func(*treatment) bool) bool {
	n := 0
	for _, t := range d.treatments {
		if field(t) {
			n++
		}
	}
	return n > 1 && n*4 >= len(d.treatments)*3
}

// ofAll tells of sentences about all processing.
var ofAll = pattern.New(`(tous|toutes|ensemble)\b.{0,40}\b(traitement|donnee)|traitements?\b.{0,80}\b(ont|sont) tous|les traitements mis en oeuvre|nos traitements (reposent|sont fondes)`)

var basisTokens = sync.OnceValue(func() map[string]bool {
	return nameTokens("exécution contrat obligation légale intérêt légitime consentement précontractuelle")
})

// explicitly tells whether a consent is said to be explicit, or given in writing,
// which is how one is proven (EDPB, guidelines 05/2020, 93).
func explicitly(t terms.Text) bool {
	if writtenRE.MatchString(fold(t.Raw)) {
		return true
	}
	for _, tok := range t.Tokens {
		if strings.HasPrefix(tok.Word, "explicit") || strings.HasPrefix(tok.Word, "expres") {
			return true
		}
	}
	return false
}

// namedIn returns the treatments that a statement names: by its label, or with
// all the words of their name.
func (d *reading) namedIn(s *statement) []*treatment {
	if s.label != "" {
		if t := d.sameTreatment(s.label, 0.6); t != nil {
			return []*treatment{t}
		}
	}
	words := nameTokens(s.text)
	for w := range basisTokens() {
		delete(words, w) // "l'exécution du contrat" is the basis, not the treatment
	}
	var out []*treatment
	for _, t := range d.treatments {
		if len(t.tokens) == 0 {
			continue
		}
		common := 0
		for w := range t.tokens {
			if words[w] {
				common++
			}
		}
		if common == len(t.tokens) && common > 0 || common >= 2 && common*3 >= len(t.tokens)*2 {
			out = append(out, t)
		}
	}
	return out
}

var writtenRE = pattern.New(`\b(accord|consentement|autorisation)s? (\w+ )?ecrite?s?\b|\b(consent\w*|accord\w*|autoris\w*) par ecrit\b`)
