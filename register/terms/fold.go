// Package terms finds the terms of a declaration (categories of data, legal
// bases, recipients…) in French text. Its phrases come from rules/policy; it
// compares whole words, without accents, case and plural.
package terms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item"
)

// Gap tells what stands between a token and the one before it.
type Gap uint8

// The gaps: nothing that counts (space, hyphen, apostrophe), a separator of a
// list (comma, slash, quote), a parenthesis, the end of a clause.
const (
	Glued Gap = iota
	Listed
	Bracket
	Stop
)

// A Token is one word of a text.
type Token struct {
	Word       string // folded: lower case, no accents
	Stem       string // Word without the mark of the plural
	Start, End int    // offsets in the text
	Gap        Gap    // between the token before and this one
}

// A Text is a text cut into tokens.
type Text struct {
	Raw    string
	Tokens []Token
}

// Read cuts s into tokens.
func Read(s string) Text {
	t := Text{Raw: s}
	gap := Stop
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !item.WordRune(r) {
			gap = max(gap, gapOf(s, i, r))
			i += n
			continue
		}
		end := wordEnd(s, i)
		word := Fold(s[i:end])
		t.Tokens = append(t.Tokens, Token{Word: word, Stem: Stem(word), Start: i, End: end, Gap: gap})
		gap = Glued
		i = end + inclusive(s[end:])
	}
	return t
}

// typed are signs that word processors put for plain ones.
var typed = strings.NewReplacer("’", "'", "ʼ", "'", "`", "'", "´", "'", "\u00a0", " ", "\u202f", " ", "\u2009", " ")

// Fold lowers s, takes accents and ligatures away, and makes apostrophes and
// spaces plain.
func Fold(s string) string { return typed.Replace(item.Fold(s)) }

// Stem takes the mark of the plural from a folded word.
func Stem(word string) string {
	if len(word) > 3 && (word[len(word)-1] == 's' || word[len(word)-1] == 'x') {
		return word[:len(word)-1]
	}
	return word
}

func wordEnd(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !item.WordRune(r) {
			break
		}
		i += n
	}
	return i
}

// inclusive is the length of an ending that only offers a second form of the
// word before it: "destinataire(s)", "salarié·e·s".
func inclusive(s string) int {
	for _, end := range []string{"(e)s", "(es)", "(s)", "(e)", "(x)", "·e·s", "·es", "·e", "·s"} {
		if strings.HasPrefix(s, end) {
			return len(end)
		}
	}
	return 0
}

func gapOf(s string, i int, r rune) Gap {
	switch r {
	case ';', '!', '?', '|', '\n', '•', '…', '–', '—':
		return Stop
	case '.':
		// "systeme.io" is one name.
		if next, _ := utf8.DecodeRuneInString(s[i+1:]); unicode.IsLower(next) {
			return Glued
		}
		return Stop
	case ':':
		return Stop
	case '(', ')', '[', ']':
		return Bracket
	case ',', '/', '"', '«', '»', '“', '”', '+', '*', '&':
		return Listed
	}
	return Glued
}
