package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
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
		if !isLetter(r) {
			i += size
			continue
		}
		start := i
		for i < hi {
			if r, size = utf8.DecodeRune(text[i:hi]); !isLetter(r) {
				break
			}
			i += size
		}
		word := string(text[start:i])
		head, _ := utf8.DecodeRuneInString(word)
		out = append(out, token{
			text: fold(word), capital: unicode.IsUpper(head), upper: len(word) > 2 && strings.ToUpper(word) == word && !unicode.IsDigit(head),
			same: start >= first && start < last, term: start < end && i > at,
		})
	}
	return out
}

func isLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
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

// ligatures are letters that fold to two.
var ligatures = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae")

// fold lowers case and takes accents off.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		plain = plain && s[i] < utf8.RuneSelf
	}
	if plain {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(ligatures.Replace(s)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// foldPhrase folds a phrase of the rules to words with one space between.
func foldPhrase(s string) string {
	return strings.Join(strings.FieldsFunc(fold(s), func(r rune) bool { return !isLetter(r) }), " ")
}
