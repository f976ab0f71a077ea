package item

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold lowers case, takes accents off and opens ligatures: "Numéro" becomes
// "numero", "cœur" "coeur". Every comparison of words goes through it, so that two
// stages never disagree on whether two words are one.
func Fold(s string) string {
	if ASCII(s) {
		return strings.ToLower(s)
	}
	if out, ok := foldLatin(s); ok {
		return out
	}
	return foldAny(s)
}

// foldAny is Fold for words of any script.
func foldAny(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'œ' || r == 'Œ':
			b.WriteString("oe")
		case r == 'æ' || r == 'Æ':
			b.WriteString("ae")
		case r == 'ß':
			b.WriteString("ss")
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// foldLatin is Fold for words of western Europe, the letters of which are one of
// ASCII with an accent; false for others.
func foldLatin(s string) (string, bool) {
	var buf [64]byte
	out := buf[:0]
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c-'A' < 26:
			c |= 0x20
		case c < utf8.RuneSelf:
		case c != 0xC3 || i+1 == len(s) || s[i+1]-0x80 >= 0x40 || latin[s[i+1]-0x80] == ' ':
			return "", false
		default:
			i++
			c = latin[s[i]-0x80]
		}
		out = append(out, c)
	}
	return string(out), true
}

// latin is U+00C0 to U+00FF folded; a space stands for what is not one letter of ASCII
// with an accent.
const latin = "aaaaaa ceeeeiiii nooooo  uuuuy  aaaaaa ceeeeiiii nooooo  uuuuy y"

// WordRune tells whether r is part of a word: a letter, a digit or an accent
// that stands alone, as in text of Apple file systems.
func WordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// ASCII tells whether s holds plain ASCII only.
func ASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// FoldName folds a name and sets its words apart where a capital follows a small
// letter: "dateFin" becomes "date fin".
func FoldName(name string) string {
	var b strings.Builder
	var before rune
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		before = r
	}
	return Fold(b.String())
}
