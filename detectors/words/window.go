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
	var out []token
	for i := lo; i < hi; {
		r, size := utf8.DecodeRune(text[i:hi])
		if !item.WordRune(r) {
			i += size
			continue
		}
		start := i
		for i < hi {
			if r, size = utf8.DecodeRune(text[i:hi]); !item.WordRune(r) {
				break
			}
			i += size
		}
		word := string(text[start:i])
		head, _ := utf8.DecodeRuneInString(word)
		out = append(out, token{
			text: item.Fold(word), capital: unicode.IsUpper(head), upper: len(word) > 2 && strings.ToUpper(word) == word && !unicode.IsDigit(head),
			same: start >= first && start < last, term: start < end && i > at,
		})
	}
	return out
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
