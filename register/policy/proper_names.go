package policy

import (
	"strings"

	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file finds proper names: runs of words with capitals.

// A name is a proper name in a text, at tokens [from,to).
type name struct {
	text     string
	from, to int
}

// properNames returns the runs of words that begin with a capital where no
// sentence begins, or that hold capitals inside.
func properNames(t terms.Text) []name {
	var out []name
	for i := 0; i < len(t.Tokens); i++ {
		if !proper(t, i) {
			continue
		}
		j := i + 1
		if body()[t.Tokens[i].Word] {
			j = bodyEnd(t, i)
		}
		for j < len(t.Tokens) && (t.Tokens[j].Gap == terms.Glued || ampersand(t, j)) && (proper(t, j) || linking[t.Tokens[j].Word] && j+1 < len(t.Tokens) && proper(t, j+1) && t.Tokens[j+1].Gap == terms.Glued) {
			j++
		}
		from := institutionStart(t, i)
		text := t.Raw[t.Tokens[from].Start:t.Tokens[j-1].End]
		if from < i {
			text = capital(text)
		}
		out = append(out, name{text, from, j})
		i = j - 1
	}
	return out
}

// institutionStart is where the name of a public body begins whose first words are in
// small letters: "la communauté de communes du Pays d'Argence".
func institutionStart(t terms.Text, i int) int {
	if i < 2 || t.Tokens[i].Gap != terms.Glued || !linking[t.Tokens[i-1].Word] {
		return i
	}
	for k := i - 1; k >= 0 && k >= i-6 && t.Tokens[k+1].Gap == terms.Glued && !proper(t, k); k-- {
		if institution()[t.Tokens[k].Word] {
			return k
		}
	}
	return i
}

func capital(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

var institution = wordSet("institution")

// body are words that begin the name of an institution, and go on in small
// letters: "Fédération de judo du Loiret".
var body = wordSet("body")

// bodyEnd is the token after the name of an institution that begins at i.
func bodyEnd(t terms.Text, i int) int {
	for j := i + 1; j < len(t.Tokens) && j < i+7 && t.Tokens[j].Gap == terms.Glued; j++ {
		if proper(t, j) {
			return j + 1
		}
		if !linking[t.Tokens[j].Word] && !linking[t.Tokens[j-1].Word] && t.Tokens[j-1].Word != "la" && t.Tokens[j].Word != "la" {
			break
		}
	}
	return i + 1
}

// ampersand tells whether token j follows an "&".
func ampersand(t terms.Text, j int) bool {
	return strings.TrimSpace(t.Raw[t.Tokens[j-1].End:t.Tokens[j].Start]) == "&"
}

var linking = map[string]bool{"de": true, "du": true, "des": true, "d": true, "l": true}

func proper(t terms.Text, i int) bool {
	raw := t.Raw[t.Tokens[i].Start:t.Tokens[i].End]
	r := []rune(raw)
	if len(r) < 2 {
		return false
	}
	up := isUpper(r[0])
	inner := false
	for _, c := range r[1:] {
		inner = inner || isUpper(c)
	}
	if inner {
		return true
	}
	if !up {
		return false
	}
	// The first word of a sentence or of an item has a capital anyway, but for
	// "Studio Riva" and "Exalto – intranet".
	if i+1 < len(t.Tokens) && !opening()[t.Tokens[i].Word] && (i == 0 || t.Tokens[i].Gap == terms.Stop) {
		next := []rune(t.Raw[t.Tokens[i+1].Start:t.Tokens[i+1].End])
		between := strings.TrimSpace(t.Raw[t.Tokens[i].End:t.Tokens[i+1].Start])
		if t.Tokens[i+1].Gap == terms.Glued && len(next) > 2 && isUpper(next[0]) && !isUpper(next[1]) || i == 0 && (between == "–" || between == "—") && !isUpper(next[0]) {
			return true
		}
	}
	if i == 0 && len(t.Tokens) > 1 && t.Tokens[1].Gap == terms.Bracket {
		return true
	}
	return i > 0 && t.Tokens[i].Gap != terms.Stop || i > 0 && t.Tokens[i].Gap == terms.Stop && afterColon(t, i)
}

// opening are words that open a sentence before a name.
var opening = wordSet("opening")

func isUpper(r rune) bool { return strings.ToLower(string(r)) != string(r) }

func afterColon(t terms.Text, i int) bool {
	between := t.Raw[t.Tokens[i-1].End:t.Tokens[i].Start]
	return strings.Contains(between, ":") && !strings.ContainsAny(between, ".;!?")
}
