package intl

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/rules"
)

// exampleDomain tells whether the domain is one of RFC 2606 that can hold no
// mailbox; names under .example are left to stand for real ones.
func exampleDomain(s []byte) bool {
	return underAny(s, emailWords().examples)
}

// underAny tells whether s is one of domains or stands below one.
func underAny(s []byte, domains []string) bool {
	for _, d := range domains {
		if n := len(s) - len(d); n >= 0 && (s[n]^d[0])&^0x20 == 0 && under(s, d) {
			return true
		}
	}
	return false
}

// under tells whether s is domain d or stands below it, in any case.
func under(s []byte, d string) bool {
	if len(s) < len(d) {
		return false
	}
	tail := s[len(s)-len(d):]
	for i := range len(d) {
		if tail[i]|0x20 != d[i]|0x20 {
			return false
		}
	}
	return len(s) == len(d) || s[len(s)-len(d)-1] == '.'
}

// emailVocabulary is the section values of the vocabulary, for addresses.
type emailVocabulary struct {
	files               map[string]bool
	examples, templates []string
	credits, signatures []string
}

// emailWords is read when the first address is met: a run without any does not
// pay for it.
var emailWords = sync.OnceValue(func() *emailVocabulary {
	v := rules.ValueWords().Email
	return &emailVocabulary{files: set(v.Files), examples: v.Examples, templates: v.Templates, credits: v.Credits, signatures: v.Signatures}
})

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// maxCredit is how far before an address the start of its line is looked for.
const maxCredit = 160

// credited tells whether the line of the address at text[at] says who wrote
// the file: `* @author Anne Essai <anne@…>`. Its author published it.
func credited(text []byte, at int) bool {
	from := max(0, at-maxCredit)
	line := text[from:at]
	if i := bytes.LastIndexByte(line, '\n'); i >= 0 {
		line = line[i+1:]
	} else if from > 0 {
		return false
	}
	start, commented := 0, false
	for start < len(line) && beforeCredit[line[start]] {
		commented = commented || line[start] != ' ' && line[start] != '\t'
		start++
	}
	rest := line[start:]
	return startsFolded(rest, emailWords().credits) || commented && startsFolded(rest, emailWords().signatures)
}

// beforeCredit are the marks of comments, and what stands between.
var beforeCredit = func() (t [256]bool) {
	for _, c := range []byte(" \t*/#;-!%<>|\"'") {
		t[c] = true
	}
	return t
}()

// startsFolded tells whether text starts with one of words, in any case.
func startsFolded(text []byte, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return len(text) > len(w) && text[0]|0x20 == w[0]|0x20 && strings.EqualFold(string(text[:len(w)]), w) && !shape.Letter(text[len(w)])
	})
}

// ofDomain tells whether a mailbox is called as its domain is: rochebois@rochebois.fr
// is the organisation's.
func ofDomain(local, domain []byte) bool {
	i := bytes.LastIndexByte(domain, '.')
	if i < 0 {
		return false
	}
	label := domain[bytes.LastIndexByte(domain[:i], '.')+1 : i]
	return len(local) >= leastLabel && bytes.EqualFold(local, label)
}

// leastLabel is the length of the shortest name of a domain that is no initials.
const leastLabel = 4
