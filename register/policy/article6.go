package policy

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// This file reads a basis that is told by its place in the law: "art. 6.1.c",
// "article 6, paragraphe 1, point f)", "6(1)(b) du RGPD".

// byLetter are the bases of Art. 6(1) GDPR by their letters.
var byLetter = map[string]string{"a": "consent", "b": "contract", "c": "legal_obligation", "d": "vital_interests", "e": "public_task", "f": "legitimate_interests"}

const pointOf = `(?:point|lettre|let\.|al\.|alinea)?\s*[("«]?\s*([a-f])\b`

var (
	paragraphRE = pattern.New(`\b6\s*[.,(§-]?\s*(?:paragraphe|par\.?|§)?\s*\(?1(?:er)?\s*[).,(-]*\s*` + pointOf)
	letterRE    = pattern.New(`\b6\s*[.,]?\s*(?:(?:point|lettre|let\.)\s*\(?([a-f])\b|\(?([a-f])\))`)
	articleRE   = pattern.New(`\bart(?:icles?|s?\.)?\s`)
)

// lettersIn returns the bases that text names by article and letter. Without the word
// for an article they only count where a basis is expected.
func lettersIn(text string, no int, expected bool) []found {
	f := fold(text)
	if !strings.Contains(f, "6") || !expected && !articleRE.MatchString(f) {
		return nil
	}
	var out []found
	for _, re := range []*pattern.Lazy{paragraphRE, letterRE} {
		for _, m := range re.FindAllStringSubmatch(f, -1) {
			letter := strings.Join(m[1:], "")
			out = add(out, found{id: byLetter[letter], no: no, words: m[0], conf: 0.9})
		}
	}
	return out
}
