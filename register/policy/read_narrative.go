package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file reads texts that tell their processing as a story: a paragraph an
// activity, with no heading, purpose nor verb of doing. What its first sentences are
// about names the treatment: "Les frais de cantine sont facturés aux familles".

// readNarrative makes a treatment of each paragraph that declares something, has no
// treatment yet and opens on something done. It only reads texts whose rows, fields
// and lists have told next to nothing.
func (d *reading) readNarrative() {
	if d.sure() >= 3 {
		return
	}
	var block *block
	for _, s := range d.statements {
		if s.block == block || s.block.kind != paragraph || !s.first {
			continue
		}
		block = s.block
		if d.notAboutUse(s) || s.section.under("data", "cookies", "profiling") || d.claimed(block) || !d.declaresData(block) {
			continue
		}
		if at, name := d.openingOf(s); name != "" && d.sameTreatment(name, 0.5) == nil && !aboutLaw.MatchString(fold(name)) {
			t := d.addTreatment(name, at.no, 0.5)
			t.section = s.section
			d.claimRest(s, t)
		}
	}
}

// sure counts the treatments that something else than running text has told.
func (d *reading) sure() int { return len(d.treatments) - d.prosaic() }

// claimed tells whether a statement of a block speaks of a treatment.
func (d *reading) claimed(b *block) bool {
	return slices.ContainsFunc(d.statements, func(x *statement) bool { return x.block == b && x.treatment != nil }) ||
		slices.ContainsFunc(d.treatments, func(t *treatment) bool { return t.no >= b.no && t.no <= b.lineAt(len(b.text)) })
}

// declaresData tells whether a block names data, and one more of: other data, a basis,
// a time limit.
func (d *reading) declaresData(b *block) bool {
	ids, more := map[string]bool{}, false
	for _, x := range d.statements {
		if x.block != b || x.definition || x.right {
			continue
		}
		for _, c := range d.categories.Find(x.text) {
			ids[c.Category] = true
		}
		more = more || len(d.basesIn(x.text, x.no, speaksOfBasis(x))) > 0 || len(durationsIn(x.words)) > 0 && has(d.retention, x.words, "verb")
	}
	if len(ids) == 0 && more {
		return slices.ContainsFunc(d.statements, func(x *statement) bool {
			return x.block == b && !x.quiet() && len(d.namesIn(x, false)) > 0 // "Les rappels partent par X, dans notre intérêt légitime"
		})
	}
	return len(ids) > 1 || len(ids) > 0 && more
}

// openingOf names a paragraph by the first of its first two sentences that is about
// something done.
func (d *reading) openingOf(first *statement) (*statement, string) {
	n := 0
	for _, s := range d.statements {
		if s.block != first.block {
			continue
		}
		if n++; n > 2 {
			break
		}
		if s.definition || s.right {
			continue
		}
		if name := d.aboutWhat(s.words); name != "" {
			return s, name
		}
	}
	return nil, ""
}

// aboutWhat is what a sentence is about: its subject, or the thing that its persons
// hold, fill in or stand in.
func (d *reading) aboutWhat(t terms.Text) string {
	i := slices.IndexFunc(t.Tokens, func(x terms.Token) bool { return telling()[x.Word] || holding()[x.Word] })
	if i < 2 || i > 16 {
		return ""
	}
	end := i
	for end > 1 && (t.Tokens[end-1].Word == "ne" || t.Tokens[end-1].Word == "n" || t.Tokens[end-1].Word == "y" || t.Tokens[end-1].Word == "s" || t.Tokens[end-1].Word == "se" || t.Tokens[end-1].Word == "en" || t.Tokens[end-1].Word == "vous" || t.Tokens[end-1].Word == "nous" || t.Tokens[end-1].Word == "leur") {
		end--
	}
	has := (t.Tokens[i].Word == "a" || t.Tokens[i].Word == "ont") && i+1 < len(t.Tokens) && (t.Tokens[i+1].Word == "un" || t.Tokens[i+1].Word == "une")
	if has || holding()[t.Tokens[i].Word] {
		return d.heldThing(t, i+1)
	}
	subject := t.Raw[t.Tokens[0].Start:t.Tokens[end-1].End]
	if slices.ContainsFunc(t.Tokens[:end], func(x terms.Token) bool {
		return relative()[x.Word] || x.Word == "vous" || x.Word == "nous" || x.Gap == terms.Stop && x != t.Tokens[0]
	}) {
		return ""
	}
	name := subjectName(subject)
	if papers()[t.Tokens[1].Stem] || t.Tokens[0].Word == "cette" || t.Tokens[1].Word == "registre" {
		return "" // "Le dossier comporte …" says what is in it
	}
	if name == "" || vague()[t.Tokens[1].Word] || d.ofPersons(name) || d.labelsData(name) && !d.activities.Has(terms.Read(subject)) && !d.names.Has(terms.Read(name)) || d.isSelf(name) {
		return ""
	}
	return name
}

// heldThing is what persons hold, fill in or stand in, with the words of whose it is:
// "tient pour chaque élève une fiche d'urgence", "figurent dans l'annuaire".
func (d *reading) heldThing(t terms.Text, from int) string {
	for from < len(t.Tokens) && (linking[t.Tokens[from].Word] || t.Tokens[from].Word == "dans" || t.Tokens[from].Word == "sur" || t.Tokens[from].Word == "aussi") {
		from++
	}
	if from+2 < len(t.Tokens) && t.Tokens[from].Word == "pour" {
		for from < len(t.Tokens) && t.Tokens[from].Word != "un" && t.Tokens[from].Word != "une" {
			from++
		}
	}
	end := from
	for end < len(t.Tokens) && end < from+10 && (end == from || t.Tokens[end].Gap == terms.Glued) && !relative()[t.Tokens[end].Word] && t.Tokens[end].Word != "ou" && t.Tokens[end].Word != "qui" && t.Tokens[end].Word != "avec" {
		end++
	}
	if end-from < 2 {
		return ""
	}
	name := t.Raw[t.Tokens[from].Start:t.Tokens[end-1].End]
	for _, a := range []string{"un ", "une ", "l'", "l’", "la ", "le ", "les ", "des "} {
		name = strings.TrimPrefix(name, a)
	}
	if d.labelsData(name) || d.ofPersons(name) || len(nameTokens(name)) == 0 {
		return ""
	}
	return shortName(name)
}

// ofPersons tells whether words begin with persons: they do things, they are no
// processing.
func (d *reading) ofPersons(name string) bool {
	t := terms.Read(name)
	return len(t.Tokens) == 0 || people().Has(terms.Text{Raw: t.Raw, Tokens: t.Tokens[:1]}) || d.subjects.Has(terms.Text{Raw: t.Raw, Tokens: t.Tokens[:1]}) || d.kinds.Has(terms.Text{Raw: t.Raw, Tokens: t.Tokens[:1]}) || bodies()[t.Tokens[0].Stem]
}

var (
	// telling are verbs whose subject is what a paragraph is about.
	telling = wordSet("telling")
	// holding are verbs of persons whose object is.
	holding = wordSet("holding")
)
