package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item"
)

// maxName bounds the names we look at: longer ones are no names.
const maxName = 256

// marks are signs of "numéro" that part a name like a blank: n°tel.
var marks = strings.NewReplacer("°", " ", "º", " ")

func fold(s string) string {
	f := item.Fold(s)
	if strings.IndexByte(f, 0xc2) < 0 { // both marks start so, and hardly a name has one
		return f
	}
	return marks.Replace(f)
}

// split cuts a name into lower-case words: at anything that is no letter or
// digit, at camel humps (and after an acronym: IBANClient is iban, client), and
// between letters and digits unless keep knows the two as one word (cim10).
func split(name string, keep func(string) bool) []string {
	if len(name) > maxName {
		name = name[:maxName]
	}
	var words []string
	for _, run := range runs(name) {
		for _, hump := range humps(run) {
			if folded := fold(hump); folded != "" { // a lone accent folds to nothing
				words = append(words, digits(folded, keep)...)
			}
		}
	}
	return words
}

// runs returns the stretches of letters and digits.
func runs(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool {
		return !item.WordRune(r)
	})
}

// humps cuts camelCase and PascalCase. A run in one case stays whole.
func humps(run string) []string {
	var out []string
	start := 0
	rs := []rune(run)
	offset := 0
	for i, r := range rs {
		size := utf8.RuneLen(r)
		if size < 0 {
			size = 1
		}
		if i > 0 && unicode.IsUpper(r) {
			lowerBefore := unicode.IsLower(rs[i-1]) || unicode.IsDigit(rs[i-1]) && hasLower(rs[:i])
			lowerAfter := i+1 < len(rs) && unicode.IsLower(rs[i+1]) && !(rs[i+1] == 's' && i+2 == len(rs))
			if lowerBefore || !unicode.IsLower(rs[i-1]) && lowerAfter {
				out = append(out, run[start:offset])
				start = offset
			}
		}
		offset += size
	}
	return append(out, run[start:])
}

func hasLower(rs []rune) bool {
	for _, r := range rs {
		if unicode.IsLower(r) {
			return true
		}
	}
	return false
}

// digits cuts between letters and digits: adr1 is adr, 1.
func digits(word string, keep func(string) bool) []string {
	cut := -1
	for i := 1; i < len(word); i++ {
		if isDigit(word[i]) != isDigit(word[i-1]) {
			cut = i
			break
		}
	}
	if cut < 0 || keep(word) {
		return []string{word}
	}
	return append([]string{word[:cut]}, digits(word[cut:], keep)...)
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
