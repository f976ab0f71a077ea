package words

import (
	"strings"

	"github.com/ecart-rgpd/ecart/rules"
)

// cue is one sort of evidence around a term.
type cue uint8

const (
	title cue = iota
	trace
	kin
	subject
	role
	said
	general
	policy
	cues
)

// cueTable finds cues by their first word.
type cueTable struct {
	phrases  map[string][]cuePhrase
	copulas  map[string]bool // forms of to be that join a person to a term close after them
	headings map[string]bool // words after a title that make it one of a heading
	being    map[string]bool // terms that say what somebody is
	happens  map[string]bool // terms that befall one person
	nobody   map[string]bool // capitals that name no person
}

type cuePhrase struct {
	words []string
	cue   cue
}

func newCueTable(files []rules.File[rules.Cues]) *cueTable {
	t := &cueTable{phrases: map[string][]cuePhrase{}, copulas: map[string]bool{}, headings: map[string]bool{}, being: map[string]bool{}, happens: map[string]bool{}, nobody: map[string]bool{}}
	for _, f := range files {
		b := f.Body
		enter(t.copulas, b.Copulas)
		enter(t.headings, b.Headings)
		enter(t.being, b.Being)
		enter(t.happens, b.Happens)
		enter(t.nobody, b.Nobody)
		for c, list := range [][]string{title: b.Titles, trace: b.Traces, kin: b.Kin, subject: b.Subject, role: b.Role, said: b.Said, general: b.General, policy: b.Policy} {
			for _, text := range list {
				words := strings.Fields(foldPhrase(text))
				if len(words) > 0 {
					t.phrases[words[0]] = append(t.phrases[words[0]], cuePhrase{words, cue(c)})
				}
			}
		}
	}
	return t
}

func enter(set map[string]bool, words []string) {
	for _, w := range words {
		set[foldPhrase(w)] = true
	}
}

// A tally counts the cues of a window: in the sentence of the term, and outside.
type tally struct {
	same, aside [cues]int
	name        bool // « Nadia ROUX », « Mme Durand »
	copula      bool // « est sourd », « suis en arrêt maladie »
}

func (t *cueTable) count(tokens []token) tally {
	var n tally
	if t.owned(tokens) {
		n.name, n.copula = true, true
	}
	for i, tok := range tokens {
		n.copula = n.copula || t.copulas[tok.text] && meets(tokens[i+1:])
		if i+1 < len(tokens) && tok.capital && !tok.upper && tokens[i+1].upper && !tok.term && !tokens[i+1].term && len(tok.text) > 2 && tok.same {
			n.name = true
		}
		for _, p := range t.phrases[tok.text] {
			if !starts(tokens[i:], p.words) {
				continue
			}
			if p.cue == title {
				if !t.named(tokens[i:]) {
					continue
				}
				n.name = n.name || tok.same
			}
			if tok.same {
				n.same[p.cue]++
			} else {
				n.aside[p.cue]++
			}
		}
	}
	return n
}

// meets tells whether the term is among the next three words.
func meets(tokens []token) bool {
	for i := range min(3, len(tokens)) {
		if tokens[i].term {
			return true
		}
	}
	return false
}

// named tells whether a capital follows the title tokens[0], which is none of a
// heading: « Mme Durand », not « madame, monsieur ».
func (t *cueTable) named(tokens []token) bool {
	return len(tokens) > 1 && tokens[1].capital && !t.headings[tokens[1].text] && !tokens[1].term
}

func starts(tokens []token, words []string) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, w := range words {
		if tokens[i].text != w {
			return false
		}
	}
	return true
}
