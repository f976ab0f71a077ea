package words

import (
	"slices"
	"strings"
)

// owned tells whether a name beside the term says of whom it is said: « Odette
// Vauclair, déléguée syndicale », « arrêt maladie d'Odette », « Odette est en
// burn-out ».
func (t *cueTable) owned(tokens []token) bool {
	first := slices.IndexFunc(tokens, func(tok token) bool { return tok.term })
	if first < 0 {
		return false
	}
	last := first
	for last < len(tokens) && tokens[last].term {
		last++
	}
	term := phraseOf(tokens[first:last])
	being, happens := t.being[term], t.happens[term]
	switch {
	case being && t.apposed(tokens[:first]), happens && t.of(tokens[last:]):
		return true
	}
	return (being || happens) && t.joined(tokens[max(0, first-3):first])
}

func phraseOf(tokens []token) string {
	words := make([]string, len(tokens))
	for i, tok := range tokens {
		words[i] = tok.text
	}
	return strings.Join(words, " ")
}

// names tells whether a token may be part of a person's name.
func (t *cueTable) names(tok token) bool {
	return tok.capital && tok.same && !tok.term && !t.nobody[tok.text]
}

// mostNames is how many words of a name are read.
const mostNames = 4

// apposed tells whether two words of a name, or a title and one, end the tokens.
func (t *cueTable) apposed(before []token) bool {
	n := 0
	for i := len(before) - 1; i >= 0 && n < mostNames && before[i].capital && before[i].same; i-- {
		if !t.names(before[i]) {
			return false
		}
		n++
	}
	return n >= 2
}

// of tells whether « de » and a name follow.
func (t *cueTable) of(after []token) bool {
	return len(after) > 1 && (after[0].text == "de" || after[0].text == "d" || after[0].text == "of") && t.names(after[1]) && !after[1].upper && len(after[1].text) > 2
}

// joined tells whether a name and a form of to be lead to the term.
func (t *cueTable) joined(before []token) bool {
	for i := 1; i < len(before); i++ {
		if t.copulas[before[i].text] && t.names(before[i-1]) && len(before[i-1].text) > 2 {
			return true
		}
	}
	return false
}
