package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// readRetention reads the time limits that stand in no row.
func (d *reading) readRetention() {
	var last *statement // that gave a limit
	for _, s := range d.statements {
		if s.taken || s.field != "" && s.field != "retention" {
			continue
		}
		if s.definition || s.right && s.field == "" && !s.section.under("retention") || s.negative && s.field == "" && !has(d.retention, s.words, "max") && !((s.section.under("retention") || has(d.retention, s.words, "verb")) && spanBefore(s.words)) && !notLonger.MatchString(fold(s.text)) {
			continue
		}
		in := s.section.under("retention") || s.field == "retention"
		if last != nil && last.block == s.block && text(s.block.text, s.off) == ';' {
			in = true // "… cinq ans ; les factures, dix ans"
		}
		if last != nil && last.block == s.block && s.label != "" && endsInSpan(s.words) {
			in = true // "Les factures, elles, suivent la comptabilité publique : dix ans"
		}
		if last != nil && last.block == s.block && theyAre.MatchString(fold(s.text)) {
			in = true // "Les pièces comptables le sont pendant dix ans"
		}
		if !in && (s.section.under("rights", "definitions", "dpo", "changes", "profiling") || !has(d.retention, s.words, "verb") && !d.keptFor(s)) {
			continue
		}
		if !in && s.section.about() == "transfers" {
			continue
		}
		for _, r := range d.retentionIn(s.text, s.no, in) {
			d.giveRetention(s, r)
			last = s
		}
	}
}

// spanBefore tells whether a figure of time stands before the negation of a text: "six
// mois s'ils ne sont pas diffusés".
func spanBefore(t terms.Text) bool {
	spans := durationsIn(t)
	at := slices.IndexFunc(t.Tokens, func(x terms.Token) bool {
		return x.Word == "ne" || x.Word == "n" || x.Word == "aucun" || x.Word == "aucune" || x.Word == "jamais"
	})
	return len(spans) > 0 && spans[0].to <= at
}

// endsInSpan tells whether a text ends in a figure of time.
func endsInSpan(t terms.Text) bool {
	spans := durationsIn(t)
	return len(spans) > 0 && spans[len(spans)-1].to == len(t.Tokens)
}

// theyAre says again what the sentence before said was kept.
var theyAre = pattern.New(`\b(le|la|l') ?(sont|est) (pendant|durant|jusqu)`)

func (d *reading) giveRetention(s *statement, r register.Retention) {
	t := s.treatment
	if t == nil && s.label != "" {
		t = d.sameTreatment(s.label, 0.6)
	}
	if t == nil && r.Subject != "" {
		if t = d.sameTreatment(r.Subject, 0.6); t == nil {
			t = d.sameTreatment(withoutPapers(r.Subject), 0.6)
		}
	}
	if t == nil {
		if r.Subject == "" && s.label != "" {
			r.Subject = s.label
		}
		t = &d.document
	}
	t.retention = append(t.retention, r)
}

// withoutPapers is the subject of a limit without the word for what is kept:
// "Les contrats de location" are those of the treatment "Location de vélos".
func withoutPapers(subject string) string {
	var words []string
	for _, w := range strings.Fields(subject) {
		if t := terms.Read(w).Tokens; len(t) != 1 || !papers()[t[0].Stem] {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

var papers = stemSet("papers")

// retentionIn returns the time limits of a text: one for each figure, else one
// for the criterion when sure tells that the text is about retention. Each part of
// a text that limits several kinds of data is read alone.
func (d *reading) retentionIn(text string, no int, sure bool) []register.Retention {
	clauses := d.limitClauses(spelled(text))
	if len(clauses) == 1 {
		return d.limitsIn(clauses[0].text, no, sure)
	}
	var out []register.Retention
	for _, c := range clauses {
		limits := d.limitsIn(c.text, no, true)
		for i := range limits {
			switch {
			case c.except:
				limits[i].Subject = exceptedIn(c.text)
			case limits[i].Criterion != "":
				limits[i].Subject = criterionSubject(c.text, limits[i].Criterion)
			}
		}
		out = append(out, limits...)
	}
	return out
}

// criterionSubject is what a criterion applies to, when a verb of keeping follows it.
func criterionSubject(text, criterion string) string {
	head, _, ok := strings.Cut(text, strings.TrimSuffix(criterion, " …"))
	if t := terms.Read(head); ok && keepsBefore(t, 0, len(t.Tokens)) {
		return cleanSubject(subjectBefore(t, 0, len(t.Tokens)))
	}
	return ""
}

// limitsIn returns the time limits of one clause.
func (d *reading) limitsIn(text string, no int, sure bool) []register.Retention {
	t := terms.Read(text)
	var out []register.Retention
	spans := durationsIn(t)
	for k, span := range spans {
		if d.excludedDuration(t, span) {
			continue
		}
		next := len(t.Tokens)
		if k+1 < len(spans) {
			next = spans[k+1].from
		}
		before := 0
		if k > 0 {
			before = spans[k-1].to
		}
		r := register.Retention{
			Duration: span.iso,
			Starts:   d.startAfter(t, span.to, next),
			Subject:  cleanSubject(subjectBefore(t, before, span.from)),
			Line:     no,
			Source:   d.source(no, around(t, span.from, span.to)),
		}
		if r.Subject == "" && len(spans) > 1 {
			r.Subject = subjectAfter(t, span.to, next)
		}
		if d.isMax(t, before, next) {
			r.Max = span.iso
		}
		out = append(out, r)
	}
	if len(out) == 0 && (sure || has(d.retention, t, "verb")) && len(spans) == 0 {
		if c := d.criterionIn(t); c != "" {
			out = append(out, register.Retention{Criterion: c, Line: no, Source: d.source(no, firstWords(c))})
		}
	}
	return out
}

// excludedDuration tells whether a figure is an age, a delay for an answer or
// anything but the time data are kept.
func (d *reading) excludedDuration(t terms.Text, s duration) bool {
	if rangeOfAges(t, s) {
		return true
	}
	from := max(0, s.from-4)
	for j := s.from - 1; j >= from; j-- {
		if t.Tokens[j+1].Gap == terms.Stop {
			from = j + 1
			break
		}
	}
	window := terms.Text{Raw: t.Raw, Tokens: t.Tokens[from:min(len(t.Tokens), s.to)]}
	for _, m := range d.retention.Find(window) {
		if m.ID == "exclude" && from+m.To >= s.from-1 && !destroyed.MatchString(fold(t.Raw[:t.Tokens[s.from].Start])) && !notLonger.MatchString(fold(t.Raw[:t.Tokens[s.from].End])) {
			return true
		}
	}
	return false
}

// rangeOfAges tells of figures that say how old persons are: "les enfants de dix semaines
// à trois ans". Without a person before it, "de 3 ans à 5 ans" is a range of limits.
func rangeOfAges(t terms.Text, s duration) bool {
	of := func(i int, word string) bool { return i >= 0 && i < len(t.Tokens) && t.Tokens[i].Word == word }
	if of(s.from-1, "de") && of(s.to, "a") {
		_, end := numberAt(t, s.to+1)
		return end > s.to+1 && agedBefore(t, s.from-1)
	}
	if !of(s.from-1, "a") {
		return false
	}
	near := max(0, s.from-1-agedReach) // the first figure of the range
	for _, x := range durationsIn(terms.Text{Raw: t.Raw, Tokens: t.Tokens[near : s.from-1]}) {
		if near+x.to == s.from-1 {
			return of(near+x.from-1, "de") && agedBefore(t, near+x.from-1)
		}
	}
	return false
}

// agedReach is how many words before a figure its persons stand at most.
const agedReach = 6

// agedBefore tells whether persons who are told by their age stand before the word at,
// in its clause, no verb of keeping right before it, and no word for what is kept or for
// how long between.
func agedBefore(t terms.Text, at int) bool {
	if at > 0 && keeping()[t.Tokens[at-1].Stem] {
		return false
	}
	for i := at - 1; i >= max(0, at-agedReach); i-- {
		if t.Tokens[i+1].Gap >= terms.Listed || lasting()[t.Tokens[i].Stem] {
			return false
		}
		if aged()[t.Tokens[i].Stem] {
			return true
		}
	}
	return false
}

var aged = stemSet("aged")

var lasting = stemSet("lasting")

// destroyed tells of figures that end with the data: "puis détruites sous 60 jours".
var destroyed = pattern.New(`(detrui|supprim|effac|purg)\w* (sous|dans les|dans un delai de)? ?$|(detrui|supprim|effac|purg|disparai)[^.;]{0,70} (sous|dans les|dans un delai de) $`)

// notLonger tells of limits told as what is not done: "ne sont pas conservées plus de
// 30 jours".
var notLonger = pattern.New(`\b(ne|n)\b.{1,50}(conserv|gard|stock)\w* (plus d|plus longtemps|au-dela d|pendant plus)`)

// keptFor tells of data taken "pendant un an", or of a limit "au plus" for what is
// taken: "les candidatures sont instruites … et au plus 24 mois".
func (d *reading) keptFor(s *statement) bool {
	for _, x := range durationsIn(s.words) {
		if x.from == 0 {
			if s.treatment != nil && !s.first && (s.block.kind == listItem || len(s.words.Tokens) < 10) {
				return true // "Paie : NIR ; obligation légale ; 5 ans", "Contrat. 2 ans."
			}
			continue
		}
		if gap := s.words.Tokens[x.from].Gap; s.treatment != nil && s.block.kind == listItem && (gap == terms.Stop || len(s.words.Tokens) < 8) {
			return true // "le registre de présence : 5 ans", "2 ans en ligne"
		}
		switch s.words.Tokens[x.from-1].Word {
		case "pendant", "durant":
			return len(d.categories.Find(s.text)) > 0
		case "plus", "maximum":
			return s.treatment != nil && has(d.retention, s.words, "max")
		}
	}
	return false
}

// startAfter returns what the time runs from: the words after "à compter de",
// "après", "suivant", up to the end of the clause.
func (d *reading) startAfter(t terms.Text, from, to int) string {
	window := terms.Text{Raw: t.Raw, Tokens: t.Tokens[from:min(to, len(t.Tokens))]}
	for _, m := range d.retention.Find(window) {
		if m.ID != "start" || m.From > 6 || !startWord(window, m) {
			continue
		}
		end := m.To
		for end < len(window.Tokens) && (end == m.To || window.Tokens[end].Gap < terms.Listed && window.Tokens[end].Word != "puis") {
			end++
		}
		if end == m.To {
			return ""
		}
		return strings.Join(strings.Fields(t.Raw[window.Tokens[m.To].Start:window.Tokens[end-1].End]), " ")
	}
	return ""
}

// startWord refuses "des", which folds like "dès": "et ne sont jamais transmises à des
// tiers" is no beginning.
func startWord(t terms.Text, m terms.Match) bool {
	x := t.Tokens[m.From]
	return m.To-m.From > 1 || x.Word != "des" || strings.ToLower(t.Raw[x.Start:x.End]) == "dès"
}

// subjectBefore returns what a limit applies to: the words before the verb.
func subjectBefore(t terms.Text, from, to int) string {
	end := from
	for end < to && !keeping()[t.Tokens[end].Stem] {
		end++
	}
	if end == to && from > 0 || end == from || end-from > 14 {
		return ""
	}
	s := strings.Trim(t.Raw[t.Tokens[from].Start:t.Tokens[end-1].End], " :;,.")
	if end == to {
		s, _, _ = strings.Cut(s, ":")
	}
	return strings.TrimSpace(s)
}

var keeping = stemSet("keeping")

func (d *reading) isMax(t terms.Text, from, to int) bool {
	return has(d.retention, terms.Text{Raw: t.Raw, Tokens: t.Tokens[from:min(to, len(t.Tokens))]}, "max")
}

// criterionIn returns the criterion that stands for a figure: "jusqu'à la fin
// du séjour".
func (d *reading) criterionIn(t terms.Text) string {
	for _, m := range d.retention.Find(t) {
		if m.ID == "criterion" {
			return firstWords(t.Raw[t.Tokens[m.From].Start:])
		}
	}
	return ""
}

// source is where a statement stands.
func (d *reading) source(no int, words string) *register.Source {
	return &register.Source{File: d.file, Line: no, Words: words}
}
