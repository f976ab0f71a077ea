package policy

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file tells which proper names are companies that receive data.

// withinData tells whether tokens are a part of words for data: "numéro
// d'allocataire CAF".
func (d *reading) withinData(t terms.Text, from, to int) bool {
	start, end := t.Tokens[from].Start, t.Tokens[to-1].End
	return from >= 3 && slices.ContainsFunc(d.categories.Find(t.Raw), func(c terms.Term) bool {
		return c.Category != "online_activity" && c.Start < start && (end <= c.End || t.Tokens[from-1].End == c.End && t.Tokens[from].Gap == terms.Glued)
	})
}

// candidates are the proper names that may be companies: all where recipients are
// expected, else those right after a word for a company.
func (d *reading) candidates(t terms.Text, expected bool) []name {
	all := properNames(t)
	if expected {
		return all
	}
	return slices.DeleteFunc(all, func(n name) bool {
		if n.from == 0 || t.Tokens[n.from].Gap != terms.Glued {
			return true
		}
		if doneBy(t, n) || apposedFirm(t, n) {
			return false
		}
		qualified := n.from > 1 && firm()[t.Tokens[n.from-2].Word] && t.Tokens[n.from-1].Gap == terms.Glued && len(t.Tokens[n.from-1].Word) > 5 // "le cabinet comptable X"
		return !firm()[t.Tokens[n.from-1].Word] && !qualified
	})
}

// doneBy tells whether a name is who does something: "imprimé et routé par Koba". What
// a law does is none of it.
func doneBy(t terms.Text, n name) bool {
	if n.from > 1 && n.to < len(t.Tokens) && t.Tokens[n.from-1].Word == "est" && t.Tokens[n.from-2].Word == "c" && t.Tokens[n.to].Word == "qui" {
		return true // "c'est X qui envoie les messages"
	}
	from := n.from - 1
	for from > 0 && slices.Contains(articles, t.Tokens[from].Word) {
		from--
	}
	if from > 1 && from == n.from-1 && t.Tokens[from].Word != "par" && len(t.Tokens[from].Word) > 4 && slices.Contains(articles, t.Tokens[from-1].Word) && t.Tokens[from-2].Word == "par" {
		from -= 2 // "par la centrale X"
	}
	if from < 1 || t.Tokens[from].Word != "par" || t.Tokens[from].Gap != terms.Glued {
		return false
	}
	deed := t.Tokens[from-1]
	if byLaw()[deed.Stem] {
		return false
	}
	raw := t.Raw[deed.Start:deed.End]
	for _, end := range []string{"é", "ée", "és", "ées"} {
		if strings.HasSuffix(raw, end) {
			return true
		}
	}
	return byParticiple()[deed.Word]
}

// apposedFirm tells whether the words after a name say that it is a firm: "Dialogue
// Insight, une société canadienne", "Batigest, logiciel de Sage".
func apposedFirm(t terms.Text, n name) bool {
	if n.to >= len(t.Tokens) || t.Tokens[n.to].Gap != terms.Listed {
		return false
	}
	i := n.to
	for i < len(t.Tokens) && i < n.to+3 && (determiner()[t.Tokens[i].Word] || t.Tokens[i].Word == "un" || t.Tokens[i].Word == "une") {
		i++
	}
	return i < len(t.Tokens) && apposition()[t.Tokens[i].Word]
}

var (
	byLaw        = stemSet("by-law")
	byParticiple = wordSet("by-participle")
	apposition   = wordSet("apposition")
	firm         = wordSet("firm")
	maker        = wordSet("maker")
	firmOf       = stopSet("societe entreprise boite agence imprimeur transporteur hebergeur prestataire cabinet region zone ville")
)

// endsPiece tells whether a name ends a piece of a list, right after the noun that
// says what it is: "au transporteur Cars Thiérache, …".
func endsPiece(t terms.Text, n name) bool {
	if n.from < 2 || t.Tokens[n.from].Gap != terms.Glued {
		return false
	}
	prev := t.Tokens[n.from-1]
	if deedNoun(t.Tokens[n.from].Word) { // "le progiciel Gestion Commerciale"
		return false
	}
	first := []rune(t.Raw[prev.Start:prev.End])[0]
	if isUpper(first) || len(prev.Word) < 4 || linking[prev.Word] || slices.Contains(articles, prev.Word) || startless()[prev.Word] {
		return false
	}
	return n.to == len(t.Tokens) || t.Tokens[n.to].Gap >= terms.Listed || t.Tokens[n.to].Word == "pour" || t.Tokens[n.to].Word == "qui" || !determiner()[prev.Word] && (t.Tokens[n.to].Word == "ou" || t.Tokens[n.to].Word == "et")
}

var startless = wordSet("startless")

// quotedName tells whether a name stands between quotation marks, as the title of
// a journal or a form does.
func quotedName(t terms.Text, n name) bool {
	before := strings.TrimRight(t.Raw[:t.Tokens[n.from].Start], " ")
	return strings.HasSuffix(before, "«") || strings.HasSuffix(before, "“")
}

// common tells whether a name of one word is a word of every day that the text
// writes in small letters too: "les Établissements".
func (d *reading) common(name string) bool {
	if strings.ContainsAny(name, " .0123456789") || strings.ContainsFunc(strings.TrimLeftFunc(name, isUpper), isUpper) {
		return false
	}
	if d.small == nil {
		d.small = map[string]bool{}
		for _, s := range d.statements {
			for _, t := range s.words.Tokens {
				if first, _ := utf8.DecodeRuneInString(s.words.Raw[t.Start:]); !isUpper(first) {
					d.small[t.Stem] = true
				}
			}
		}
	}
	return d.small[terms.Stem(fold(name))]
}

func (d *reading) knownName(known []mention, _ terms.Text, n name) bool {
	return slices.ContainsFunc(known, func(m mention) bool { return m.from < n.to && n.from < m.to })
}

// isSelf tells whether a name is the organisation's own.
func (d *reading) isSelf(name string) bool {
	if d.dpo.name != "" && fold(name) == fold(d.dpo.name) {
		return true // who is asked about data
	}
	own, words, shared := nameTokens(d.org.name), nameTokens(name), 0
	for w := range words {
		if own[w] && len(w) > 3 {
			shared++
		}
	}
	return shared > 0 && shared*2 >= len(words)
}

var publicWords = stemSet("public-words")

// notCompany tells whether all words of a name are of law, places and months.
func notCompany(s string) bool {
	if len(digits(s)) > 7 {
		return true // "RCS Brest 991 240 019"
	}
	if len([]rune(s)) < 3 && strings.ContainsAny(s, "0123456789") {
		return true // "permis A2"
	}
	tokens := terms.Read(s).Tokens
	for _, t := range tokens {
		if !publicWords()[t.Stem] && !linking[t.Word] {
			return false
		}
	}
	return true
}

// hinted tells whether an unknown name stands where a recipient does: after
// words that say so, in a list, or before what it does in brackets.
func (d *reading) hinted(t terms.Text, n name) bool {
	if n.from > 1 && linking[t.Tokens[n.from-1].Word] && firmOf()[t.Tokens[n.from-2].Word] {
		return false // "une société de San Francisco"
	}
	if n.from > 1 && t.Tokens[n.from-1].Word == "a" && placed.MatchString(t.Tokens[n.from-2].Word) {
		return false // "notre centrale d'appels, située à Rabat"
	}
	window := terms.Text{Raw: t.Raw, Tokens: t.Tokens[max(0, n.from-5):n.from]}
	if len(window.Tokens) > 0 && has(d.hints, window, "hint") && !atPlace(t, n) {
		return true
	}
	if n.to < len(t.Tokens) && t.Tokens[n.to].Gap == terms.Bracket {
		return true
	}
	if g := t.Tokens[n.from].Gap; g == terms.Listed || g == terms.Bracket || g == terms.Stop {
		return true
	}
	if n.from == 0 {
		return strings.ContainsFunc(n.text[1:], isUpper) // "AR24 achemine les lettres"
	}
	if endsPiece(t, n) || doneBy(t, n) || apposedFirm(t, n) {
		return true
	}
	if n.from > 1 && linking[t.Tokens[n.from-1].Word] && maker()[t.Tokens[n.from-2].Word] {
		return true // "logiciel de Sage"
	}
	institution := body()[t.Tokens[n.from].Word]
	if n.from > 1 && slices.Contains([]string{"le", "la", "l", "les"}, t.Tokens[n.from-1].Word) {
		n.from--
		if w := t.Tokens[n.from-1].Word; w != "a" && (w != "de" || !institution) {
			return slices.Contains([]string{"par", "chez", "via", "avec"}, w)
		} else if w == "de" {
			return true // "le terminal de la Caisse d'Épargne"
		}
	}
	if t.Tokens[n.from-1].Word == "a" { // "confié à Secib", but "hébergé par X, à Reims"
		for i := max(0, n.from-14); i < n.from-1; i++ {
			if has(d.hints, terms.Text{Raw: t.Raw, Tokens: t.Tokens[i:n.from]}, "to") {
				return true
			}
		}
		return false
	}
	return slices.Contains([]string{"et", "par", "ou", "comme", "notamment", "sur", "avec"}, t.Tokens[n.from-1].Word)
}

var placed = pattern.New(`^(situe|base|etabli|installe|implante)e?s?$`)

// atPlace tells whether a name is a town: "…, à Reims", "situé à Nantes".
func atPlace(t terms.Text, n name) bool {
	if n.from < 2 || t.Tokens[n.from-1].Word != "a" {
		return false
	}
	before := t.Tokens[n.from-2]
	if strings.ContainsAny(before.Word, "0123456789") { // "chez o2switch à Clermont-Ferrand"
		return true
	}
	return subjectPronoun()[before.Word] || before.Word == "eux" || t.Tokens[n.from-1].Gap == terms.Listed || strings.HasPrefix(before.Word, "situe") || strings.HasPrefix(before.Word, "base") || proper(t, n.from-2)
}
