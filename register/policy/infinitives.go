package policy

import (
	"strings"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file tells verbs and nouns of doing by their endings.

// startsDeed tells whether words begin with a noun of doing: "la gestion",
// "l'accomplissement", "le suivi".
func startsDeed(s string) bool {
	t := terms.Read(s).Tokens
	return len(t) > 1 && determiner()[t[0].Word] && deedNoun(t[1].Word)
}

// deedNoun tells whether a folded word is a noun of doing.
func deedNoun(w string) bool {
	if notDeed()[w] {
		return false
	}
	for _, end := range []string{"tion", "sion", "ment", "age", "tions", "sions", "ments", "ages"} {
		if strings.HasSuffix(w, end) && len(w) > 6 {
			return true
		}
	}
	return deeds()[w]
}

// startsVerb tells whether words begin with an infinitive, a pronoun before it
// or not.
func startsVerb(s string) bool {
	t := terms.Read(s).Tokens
	for i := 0; i < len(t) && i < 3; i++ {
		if infinitive(t[i].Word) {
			return true
		}
		if !pronoun()[t[i].Word] {
			return false
		}
	}
	return false
}

var pronoun = wordSet("pronoun")

// infinitive tells whether a folded word looks like one.
func infinitive(w string) bool {
	if utf8.RuneCountInString(w) < 4 || notVerb()[w] {
		return false
	}
	if strings.HasSuffix(w, "ier") { // "immobilier", but "vérifier"
		return strings.HasSuffix(w, "fier") || verbsIER()[w]
	}
	return strings.HasSuffix(w, "er") || strings.HasSuffix(w, "ir") || strings.HasSuffix(w, "re")
}

var verbsIER = wordSet("verbs-ier")

var notVerb = wordSet("not-verb")

var (
	determiner = wordSet("determiner")
	deeds      = wordSet("deeds")
	notDeed    = wordSet("not-deed")
)
