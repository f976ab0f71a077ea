package words

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// What a term and the cues around it add up to. From detectors.Sure (0.5) on a
// gap is raised, at note level.
const (
	strongTerm = 0.25
	weakTerm   = 0.05
	least      = 0.4 // less is not worth keeping
	most       = 0.85
)

// weights of a cue in the sentence of the term; half outside it.
var weights = [cues]float64{title: 0.2, trace: 0.25, kin: 0.4, subject: 0.2, role: 0.2, said: 0.25, general: -0.5, policy: -0.7}

// inTable bounds what a word weighs in a cell: the column's name, which the
// engine judges, says whose it is.
const inTable = 0.45

// Weigh returns how sure it is that the term at text[at:end] says something of
// a person; 0 when it only mentions the subject. Code, comments and menus speak
// of nobody.
func (l *Lexicon) Weigh(term int, text []byte, at, end int, kind item.Kind) float64 {
	if kind == item.Code || kind == item.Comment || kind == item.Declare {
		return 0
	}
	if at > 0 && text[at-1] == '_' || end < len(text) && text[end] == '_' {
		return 0 // part of an identifier: allergy_patient_id
	}
	tokens := window(text, at, end)
	if l.excepted(term, tokens) {
		return 0
	}
	score := l.score(term, l.cues.count(tokens))
	switch {
	case score < least:
		return 0
	case kind == item.Table:
		return min(score, inTable)
	}
	return min(score, most)
}

// Tells tells whether a term alone in a cell says something: a diagnosis does,
// « maladie » does not, and « psychiatrie » is where somebody works as well.
func (l *Lexicon) Tells(term int, text []byte, at, end int) bool {
	return l.tells[term] && (len(l.except[term]) == 0 || !l.excepted(term, window(text, at, end)))
}

func (l *Lexicon) score(term int, n tally) float64 {
	score := weakTerm
	if l.strong[term] {
		score = strongTerm
	}
	for c := range cues {
		score += weights[c] * (float64(min(n.same[c], 1)) + float64(min(n.aside[c], 1))/2)
	}
	if n.name && n.same[title] == 0 {
		score += weights[title]
	}
	if n.copula && n.same[said] == 0 {
		score += weights[said]
	}
	if !n.person() {
		return 0
	}
	return score
}

// person tells whether anything near names or points at one person.
func (n *tally) person() bool {
	if n.name || n.same[kin]+n.same[title]+n.aside[title] > 0 {
		return true
	}
	return n.same[subject]+n.same[role] > 0 && (n.copula || n.same[said]+n.same[trace] > 0) || n.same[role] > 0 && n.aside[trace] > 0
}

// excepted tells whether the term stands in a phrase in which it means
// something else.
func (l *Lexicon) excepted(term int, tokens []token) bool {
	if len(l.except[term]) == 0 {
		return false
	}
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(" " + t.text)
	}
	all := b.String() + " "
	for _, x := range l.except[term] {
		if strings.Contains(all, " "+x+" ") {
			return true
		}
	}
	return false
}
