package reconcile

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
)

// keptTooLong raises cookies that live longer than every retention declared for
// what they hold. Purge jobs and times to live are judged once all data is known:
// see purgesTooLate.
func keptTooLong(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Past != nil || r.Register == nil {
		return nil
	}
	r.stored.note(r, f)
	kept, ok := register.ParseSpan(f.Kept)
	switch {
	case !ok:
		return nil
	case f.Sink == item.SinkPurge:
		r.stored.purges = append(r.stored.purges, purgeSeen{*f, c})
		return nil
	case r.preference(f.Identifier):
		return nil // a language or a theme follows nobody
	}
	by, longest := r.longest(c.treatments, f.Category)
	if by == nil || !exceeds(kept, longest) {
		return nil
	}
	return []Gap{r.keptGap(f, c, by, longest)}
}

// purgesTooLate raises jobs and settings that delete data of persons later than
// every retention declared for one of its categories.
func purgesTooLate(r *run) (gaps []Gap) {
	for i := range r.stored.purges {
		p := &r.stored.purges[i]
		kept, _ := register.ParseSpan(p.finding.Kept)
		object, categories := r.deleted(&p.finding)
		by, longest, category := r.soonest(r.purged(&p.finding, p.claim, categories), categories)
		if by == nil || !exceeds(kept, longest) {
			continue
		}
		g := r.keptGap(&p.finding, p.claim, by, longest)
		g.Detail.FoundName, g.Detail.Found = first(object, g.Detail.FoundName), category
		gaps = append(gaps, g)
	}
	return gaps
}

func exceeds(kept register.Span, longest register.Retention) bool {
	limit, ok := register.ParseSpan(lasting(longest))
	return ok && kept.Longer(limit)
}

func (r *run) keptGap(f *detectors.Finding, c claim, by *register.Treatment, longest register.Retention) Gap {
	g := r.flowGap(RetentionExceeded, f, c)
	g.Treatment, g.Level, g.Field = by.ID, Warning, string(f.Sink)
	g.Detail.Name, g.Detail.Retention, g.Detail.Since, g.Detail.Kept = by.Name, lasting(longest), longest.Starts, f.Kept
	return g
}

// preference tells whether a cookie keeps a choice of its visitor.
func (r *run) preference(name string) bool {
	return slices.ContainsFunc(wordsOf(name), func(w string) bool { return r.starts().preferences[w] })
}

// purged are the treatments whose data a setting keeps: those it names; else, when
// it deletes data of persons or does not say what it deletes, the only one of the
// place, and all of them where its categories tell which counts.
func (r *run) purged(f *detectors.Finding, c claim, categories []string) []*register.Treatment {
	words := r.nounsOf(f.Identifier + " " + f.Scope)
	var named []*register.Treatment
	for i := range r.Register.Treatments {
		if t := &r.Register.Treatments[i]; r.speaksOf(t, words) {
			named = append(named, t)
		}
	}
	if named != nil {
		return named
	}
	persons := slices.ContainsFunc(words, func(w string) bool { return r.starts().persons[w] })
	if len(categories) > 0 || len(c.treatments) == 1 && (persons || len(words) == 0) {
		return c.treatments
	}
	return nil
}

// soonest is the retention that a purge of categories exceeds first: the shortest
// among the longest of each. Without any that is declared it is the longest of all.
func (r *run) soonest(of []*register.Treatment, categories []string) (by *register.Treatment, limit register.Retention, category string) {
	least := 0.0
	for _, id := range categories {
		t, l := r.longest(of, id)
		if t == nil {
			continue
		}
		span, _ := register.ParseSpan(lasting(l))
		if n := span.Length(); by == nil || n < least {
			by, limit, category, least = t, l, id, n
		}
	}
	if by == nil {
		by, limit = r.longest(of, "")
	}
	return by, limit, category
}

// speaksOf tells whether a treatment, its persons or the places of its systems
// are called by one of the words.
func (r *run) speaksOf(t *register.Treatment, words []string) bool {
	said := r.nounsOf(strings.Join(append([]string{t.ID, t.Name}, t.DataSubjects...), " "))
	for _, l := range r.places(t) {
		if g, err := item.ParseGlob(l); err == nil && r.targets[g.Target].Tables {
			said = append(said, r.nounsOf(strings.ReplaceAll(g.Pattern, ".", " "))...)
		}
	}
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(said, w) })
}

// nounsOf are the words of a name that can tell what it is about: folded, in the
// singular, of four letters and more. purgeCandidats speaks of candidat.
func (r *run) nounsOf(name string) []string {
	var nouns []string
	for _, w := range wordsOf(name) {
		w = strings.TrimRight(w, "sx")
		if len(w) >= 4 && !r.starts().purges[w] {
			nouns = append(nouns, w)
		}
	}
	return nouns
}

// wordsOf are the words of a name, folded.
func wordsOf(name string) []string {
	return strings.FieldsFunc(item.FoldName(name), func(c rune) bool { return !unicode.IsLetter(c) })
}

// longest is the longest retention that treatments declare for a category, for
// any of theirs when it is empty; nil when one of them says no duration for it.
func (r *run) longest(of []*register.Treatment, category string) (by *register.Treatment, longest register.Retention) {
	most := 0.0
	for _, t := range of {
		for _, d := range t.Data {
			if ok, _ := r.Rules.Covers(d.Category, category); category != "" && !ok {
				continue
			}
			for _, l := range r.retentions(t, &d) {
				span, ok := register.ParseSpan(lasting(l))
				if !ok {
					return nil, register.Retention{}
				}
				if n := span.Length(); by == nil || n > most {
					by, longest, most = t, l, n
				}
			}
		}
	}
	return by, longest
}

// lasting is how long a retention lasts in all, ISO 8601.
func lasting(l register.Retention) string {
	var sum register.Span
	for _, d := range total(l) {
		span, ok := register.ParseSpan(d)
		if !ok {
			return ""
		}
		sum.Months, sum.Days = sum.Months+span.Months, sum.Days+span.Days
	}
	return sum.String()
}
