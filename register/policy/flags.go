package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file tells what takes the force of a declaration away from a statement.

// flag marks what takes force away from a statement.
func (d *reading) flag(s *statement) {
	for _, m := range d.flags.Find(s.words) {
		switch m.ID {
		case "definition":
			s.definition = s.definition || s.field == "" && !d.ofReader(s.words) && !weAsk.MatchString(fold(s.text))
		case "negative":
			s.negative = s.negative || !restricts(s.words, m.From) && !besides(s.words, m.From) && !d.afterDatum(s, m.From)
		case "right":
			s.right = s.right || s.field == "" && !d.declaredBefore(s.words, m.From)
		case "proof": // asked of who exercises a right, or one of the data of a list
			s.right = s.right || s.field == "" && (s.section.under("rights", "dpo", "contact") || askedFor.MatchString(fold(s.block.text))) && !s.section.under("data", "purposes", "treatments") && !d.severalData(s.text)
		case "conditional":
			s.conditional = true
		}
	}
	if s.section.under("definitions") {
		s.definition = true
	}
	if s.section.under("rights") && s.field == "" {
		s.right = true
	}
	if head, rest, ok := strings.Cut(s.text, ":"); ok && strings.TrimSpace(rest) != "" && len(strings.Fields(head)) <= 14 && !strings.HasSuffix(head, "http") && !strings.HasSuffix(head, "https") {
		s.label = strings.TrimSpace(head)
	}
}

// askedFor are words of who exercises a right, who may have to prove who they are.
var askedFor = pattern.New(`\b(droits?\b|demande|requete|exerc|doute|courrier|reclam|ecri(vez|re))`)

// weAsk are words by which a text says what it does with what it defines: "… est une
// donnée de santé : on te demande ton accord".
var weAsk = pattern.New(`\b(nous|on) (vous |te |t'|la |les |le )?(demand|trait|recueill|collect|conserv|enregistr)`)

// ofReader tells whether a text names a category as the reader's: "votre
// appartenance syndicale est une donnée sensible" declares it.
func (d *reading) ofReader(t terms.Text) bool {
	for _, c := range d.categories.Find(t.Raw) {
		for i, tok := range t.Tokens {
			if tok.Start == c.Start && i > 0 && !c.Group && slices.Contains([]string{"votre", "vos", "ton", "ta", "tes"}, t.Tokens[i-1].Word) {
				return true
			}
		}
	}
	return false
}

// declaredBefore tells whether a sentence has said what is done with which data
// before token i, where it adds a right: "…, ce à quoi vous pouvez vous opposer".
func (d *reading) declaredBefore(t terms.Text, i int) bool {
	if i < 12 {
		return false
	}
	before := t.Raw[:t.Tokens[i].Start]
	return d.severalData(before) && d.processes(terms.Text{Raw: t.Raw, Tokens: t.Tokens[:i]})
}

// severalData tells whether a text names three categories of data or more.
func (d *reading) severalData(text string) bool {
	ids := map[string]bool{}
	for _, m := range d.categories.Find(text) {
		ids[m.Category] = true
	}
	return len(ids) > 2
}

// restricts tells whether the negation at token i is "ne … que".
func restricts(t terms.Text, i int) bool {
	if w := t.Tokens[i].Word; w != "ne" && w != "n" {
		return false
	}
	for j := i + 1; j < len(t.Tokens) && j < i+9; j++ {
		switch t.Tokens[j].Word {
		case "que", "qu":
			return true
		case "pas", "aucun", "aucune", "jamais", "ni":
			return false
		}
	}
	return false
}

// besides tells whether the negation at token i bears on something else than
// what the sentence declares: in a relative clause ("une demande qui n'a pas
// abouti"), in the condition it opens with, or in a remark after a colon.
func besides(t terms.Text, i int) bool {
	if i > 0 && t.Tokens[i-1].Word == "qui" {
		return true
	}
	if i > 1 && (t.Tokens[i-1].Word == "pour" || t.Tokens[i-1].Word == "ne" && (t.Tokens[i-2].Word == "pour" || t.Tokens[i-2].Word == "de")) {
		return true // "un lien pour ne plus en recevoir"
	}
	if i > 2 && t.Tokens[i].Word == "ne" && unlessRE.MatchString(fold(t.Raw[:t.Tokens[i].Start])) {
		return true // "à moins que le client ne choisisse une durée plus courte"
	}
	if (t.Tokens[i].Word == "rien" || t.Tokens[i].Word == "pas") && i+2 < len(t.Tokens) && restOnly.MatchString(fold(t.Raw[t.Tokens[i].Start:])) {
		return true // "ce que la démarche exige, et rien d'autre"
	}
	if ofNextClause(t, i) {
		return true
	}
	if i > 3 && t.Tokens[i].Gap == terms.Listed && apposed(t, i) {
		return true // "une caméra filme la caisse, jamais la salle"
	}
	if first := t.Tokens[0].Word; first == "si" || first == "quand" || first == "lorsque" {
		for j := i + 1; j < len(t.Tokens); j++ {
			if t.Tokens[j].Gap == terms.Listed {
				return j < len(t.Tokens)-3
			}
		}
	}
	head := t.Raw[:t.Tokens[i].Start]
	colon := strings.LastIndex(head, " : ")
	return colon >= 0 && len(strings.Fields(head[:colon])) >= 12
}

// afterDatum tells of an item that names data, then says how it is dealt with: "le
// certificat médical : on note sa date, on ne garde pas le papier".
func (d *reading) afterDatum(s *statement, i int) bool {
	if s.block.kind != listItem {
		return false
	}
	colon := strings.Index(s.text, " : ")
	if colon < 0 || len(d.categories.Find(s.text[:colon])) == 0 || s.words.Tokens[i].Start < colon {
		return false
	}
	return len(strings.Fields(s.text[colon:s.words.Tokens[i].Start])) > 5
}

var unlessRE = pattern.New(`\b(a moins qu|avant qu|de peur qu|de crainte qu)[^,;.]{1,60}$`)

var restOnly = pattern.New(`^(rien d'autre|rien de plus|pas plus)\b`)

// ofNextClause tells whether the negation at token i stands in a clause of its own, after
// what the sentence declares: "je m'en sers pour monter les épisodes, et je ne diffuse
// rien".
func ofNextClause(t terms.Text, i int) bool {
	for k := i; k > 5; k-- {
		if t.Tokens[k].Word == "moi" && t.Tokens[k].Gap == terms.Listed {
			return true // "c'est le terminal de la banque, moi je vois jamais la carte"
		}
	}
	for k := i - 1; k > 5 && k >= i-4; k-- {
		if t.Tokens[k].Word == "et" && t.Tokens[k].Gap == terms.Listed {
			return k+1 < i && subjectPronoun()[t.Tokens[k+1].Word]
		}
	}
	return false
}

var subjectPronoun = stopSet("je j nous on il elle ils elles")

// apposed tells whether the words from token i to the next comma hold no verb.
func apposed(t terms.Text, i int) bool {
	for j := i; j < len(t.Tokens) && (j == i || t.Tokens[j].Gap < terms.Listed); j++ {
		switch t.Tokens[j].Word {
		case "ne", "n", "est", "sont", "nous", "vous", "on", "ni", "a", "ont", "donnee", "donnees", "transfert":
			return false
		}
	}
	return true
}
