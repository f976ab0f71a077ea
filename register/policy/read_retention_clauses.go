package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file cuts a sentence that gives a limit to several kinds of data, so that no
// limit is given to the data of another.

// A limitClause is the part of a sentence that limits one kind of data.
type limitClause struct {
	text   string
	except bool // it begins with "sauf"
}

// limitClauses cuts a sentence before data that are named after a limit was given
// ("Les dossiers sont gardés jusqu'en juin, les factures dix ans"), and before an
// exception that has a limit ("…, sauf les factures, que nous gardons dix ans").
func (d *reading) limitClauses(text string) []limitClause {
	t := terms.Read(text)
	spans := durationsIn(t)
	if len(spans) == 0 {
		return []limitClause{{text: text}}
	}
	var out []limitClause
	start, except := 0, false
	for i := 1; i < len(t.Tokens); i++ {
		to := i
		isExcept := d.exceptionAt(t, spans, start, i)
		if isExcept && t.Tokens[i].Word == "exception" {
			to = max(start+1, i-2) // "à l'exception de"
		}
		if !isExcept && !d.namesNext(t, spans, start, i) {
			continue
		}
		out = append(out, limitClause{t.Raw[t.Tokens[start].Start:t.Tokens[to-1].End], except})
		start, except = to, isExcept
	}
	return append(out, limitClause{t.Raw[t.Tokens[start].Start:], except})
}

// exceptionAt tells whether token i excepts data that get a limit of their own.
func (d *reading) exceptionAt(t terms.Text, spans []duration, start, i int) bool {
	if !excepting()[t.Tokens[i].Word] || i+2 >= len(t.Tokens) {
		return false
	}
	from := i + 1
	for from < len(t.Tokens)-1 && (linking[t.Tokens[from].Word] && t.Tokens[from].Word != "des" && t.Tokens[from].Word != "du" || t.Tokens[from].Word == "pour") {
		from++
	}
	if w := t.Tokens[from].Word; !naming()[w] && w != "des" && w != "du" || !spansAfter(spans, from) {
		return false
	}
	if d.limitedIn(t, start, i) {
		return true
	}
	// "…, sauf le droit de …, pendant trois ans" is an aside.
	for j := from; j < len(t.Tokens); j++ {
		if t.Tokens[j].Gap >= terms.Listed {
			return t.Tokens[j].Word != "pendant" && t.Tokens[j].Word != "durant"
		}
	}
	return true
}

// namesNext tells whether token i begins the name of other data, with a limit of
// their own, in a sentence that has given one.
func (d *reading) namesNext(t terms.Text, spans []duration, start, i int) bool {
	tok := t.Tokens[i]
	if !naming()[tok.Word] || i+1 >= len(t.Tokens) || notLimited()[t.Tokens[i+1].Word] {
		return false
	}
	if p := t.Tokens[i-1].Word; tok.Gap < terms.Listed && !turning()[p] && (p != "que" || i < 2 || t.Tokens[i-2].Word != "tandis" && t.Tokens[i-2].Word != "alors") {
		return false
	}
	for _, s := range spans {
		if s.from <= i {
			continue
		}
		if s.from < i+2 || s.from > i+11 || linking[t.Tokens[s.from-1].Word] && !keepsBefore(t, i, s.from) {
			return false
		}
		return d.limitedIn(t, start, i)
	}
	return false
}

// keepsBefore tells whether a verb of keeping stands in [from,to).
func keepsBefore(t terms.Text, from, to int) bool {
	return slices.ContainsFunc(t.Tokens[from:to], func(x terms.Token) bool { return keeping()[x.Stem] })
}

func spansAfter(spans []duration, i int) bool {
	return slices.ContainsFunc(spans, func(s duration) bool { return s.from > i })
}

// limitedIn tells whether the tokens [from,to) hold a figure or a criterion.
func (d *reading) limitedIn(t terms.Text, from, to int) bool {
	part := terms.Text{Raw: t.Raw, Tokens: t.Tokens[from:to]}
	return len(durationsIn(part)) > 0 || has(d.retention, part, "criterion")
}

// exceptedIn is what an exception is about: "sauf les pièces comptables, que la loi
// nous oblige à garder".
func exceptedIn(text string) string {
	t := terms.Read(text)
	from := 0
	for from < len(t.Tokens) && !naming()[t.Tokens[from].Word] && t.Tokens[from].Word != "des" && t.Tokens[from].Word != "du" || from < len(t.Tokens) && t.Tokens[from].Word == "l" && from+1 < len(t.Tokens) && t.Tokens[from+1].Word == "exception" {
		from++
	}
	end := from
	for end < len(t.Tokens) && (end == from || t.Tokens[end].Gap == terms.Glued) && !keeping()[t.Tokens[end].Stem] && !relative()[t.Tokens[end].Word] {
		if n, e := numberAt(t, end); n > 0 && e > end && end > from {
			break
		}
		end++
	}
	if end == from || end-from > 14 {
		return ""
	}
	return t.Raw[t.Tokens[from].Start:t.Tokens[end-1].End]
}

// subjectAfter is what a limit applies to when it is said after it: "dix ans pour les
// factures".
func subjectAfter(t terms.Text, from, to int) string {
	if from+2 > to || t.Tokens[from].Word != "pour" || t.Tokens[from].Gap != terms.Glued || !naming()[t.Tokens[from+1].Word] {
		return ""
	}
	end := from + 1
	for end < to && (end == from+1 || t.Tokens[end].Gap == terms.Glued) && t.Tokens[end].Word != "et" && !relative()[t.Tokens[end].Word] {
		end++
	}
	return t.Raw[t.Tokens[from+1].Start:t.Tokens[end-1].End]
}

// cleanSubject drops what is no part of the name of data: "sauf", the pronoun of an
// elided verb, a limit that stands before, and "tout", which limits nothing.
func cleanSubject(s string) string {
	s = strings.TrimSpace(leadingLimit.ReplaceAllString(s, ""))
	for _, end := range []string{" le", " l'", " l’", " à", " les", " elles", " eux", " en", " et"} {
		s = strings.TrimSuffix(s, end)
	}
	if f := fold(s); f == "tout" || f == "puis" || f == "toutes" || f == "tous" || f == "elles" || f == "ils" {
		return ""
	}
	return s
}

// leadingLimit is what stands before the data in the clause that names them: an
// exception, or what the limit before it starts from.
var leadingLimit = pattern.New(`(?i)^(?:(?:nous|on)\s+(?:(?:en|les|vous)\s+)?\p{L}+\s*|(?:sauf|hormis|excepté|puis|et|mais)\s+(?:pour\s+)?|(?:après|à compter d\p{L}*|à partir d\p{L}*|suivant|depuis|dès)\s[^,]*(?:,\s*|$))`)

var (
	excepting  = stopSet("sauf hormis excepte exceptees exception")
	naming     = wordSet("naming")
	turning    = stopSet("et mais puis contre")
	notLimited = wordSet("not-limited")
)
