package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item"
)

// How far around a term is read, in bytes.
const (
	readBefore = 240
	readAfter  = 200
)

// A token is one word around a term.
type token struct {
	text    string // folded
	capital bool   // starts with a capital
	upper   bool   // all capitals, three letters or more
	same    bool   // in the sentence of the term
	term    bool   // part of the term
}

// window cuts the text around a term into words. It stays within the paragraph.
func window(text []byte, at, end int) []token {
	lo, hi := paragraph(text, at, end)
	first, last := sentence(text, lo, at, end, hi)
	lower := string(lowered(text[lo:hi]))
	out := make([]token, 0, (hi-lo)/5)
	for i := lo; i < hi; {
		stop, plain := wordEnd(text[:hi], i)
		if stop == i {
			_, size := utf8.DecodeRune(text[i:hi])
			i += size
			continue
		}
		t := token{same: i >= first && i < last, term: i < end && stop > at}
		if plain {
			t.text = lower[i-lo : stop-lo]
			t.capital, t.upper = text[i] >= 'A' && text[i] <= 'Z', stop-i > 2 && text[i] > '9' && noLower(text[i:stop])
		} else {
			t.spell(string(text[i:stop]))
		}
		out = append(out, t)
		i = stop
	}
	return out
}

// spell takes the text of a word that is not ASCII.
func (t *token) spell(word string) {
	head, _ := utf8.DecodeRuneInString(word)
	t.text, t.capital = item.Fold(word), unicode.IsUpper(head)
	t.upper = len(word) > 2 && strings.ToUpper(word) == word && !unicode.IsDigit(head)
}

// lowered returns text with its ASCII capitals made small, byte for byte.
func lowered(text []byte) []byte {
	out := make([]byte, len(text))
	for i, c := range text {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		out[i] = c
	}
	return out
}

func noLower(word []byte) bool {
	for _, c := range word {
		if c >= 'a' && c <= 'z' {
			return false
		}
	}
	return true
}

// wordEnd returns where the word at i ends, i when there is none, and whether it
// is ASCII.
func wordEnd(text []byte, i int) (end int, plain bool) {
	for plain = true; i < len(text); {
		c := text[i]
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9':
			i++
		case c < utf8.RuneSelf:
			return i, plain
		default:
			r, size := utf8.DecodeRune(text[i:])
			if !item.WordRune(r) {
				return i, plain
			}
			plain = false
			i += size
		}
	}
	return i, plain
}

// paragraph bounds what is read: at most readBefore and readAfter bytes, and no
// further than a blank line.
func paragraph(text []byte, at, end int) (lo, hi int) {
	lo, hi = max(0, at-readBefore), min(len(text), end+readAfter)
	for i := at - 1; i > lo; i-- {
		if text[i] == '\n' && text[i-1] == '\n' || text[i] == '\n' && i+1 < len(text) && (text[i+1] == '-' || text[i+1] == '*' || text[i+1] == '#') {
			lo = i
			break
		}
	}
	for i := end; i+1 < hi; i++ {
		if text[i] == '\n' && (text[i+1] == '\n' || text[i+1] == '-' || text[i+1] == '*' || text[i+1] == '#') {
			hi = i
			break
		}
	}
	for lo < at && !utf8.RuneStart(text[lo]) {
		lo++
	}
	return lo, hi
}

// sentence bounds the sentence of a term: a mark, then a space and no title
// before it ("M. Petit").
func sentence(text []byte, lo, at, end, hi int) (first, last int) {
	first, last = lo, hi
	for i := at - 2; i > lo; i-- {
		if ends(text, i) {
			first = i + 1
			break
		}
	}
	for i := end; i+1 < hi; i++ {
		if ends(text, i) {
			last = i
			break
		}
	}
	return first, last
}

func ends(text []byte, i int) bool {
	switch text[i] {
	case '!', '?':
		return true
	case '.':
		if i+1 < len(text) && text[i+1] != ' ' && text[i+1] != '\n' {
			return false
		}
		start := i
		for start > 0 && text[start-1] > ' ' && i-start < 6 {
			start--
		}
		return i-start > 3 || start == i // M. Mme. Dr. are titles, not ends
	}
	return false
}

// foldPhrase folds a phrase of the rules to words with one space between.
func foldPhrase(s string) string {
	return strings.Join(strings.FieldsFunc(item.Fold(s), func(r rune) bool { return !item.WordRune(r) }), " ")
}
