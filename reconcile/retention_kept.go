package reconcile

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
)

// keptTooLong raises settings that keep data longer than every retention
// declared for it: a purge job, a time to live, a cookie.
func keptTooLong(r *run, f *detectors.Finding, c claim) []Gap {
	kept, ok := register.ParseSpan(f.Kept)
	if f.Past != nil || !ok || r.Register == nil {
		return nil
	}
	by, longest := r.longest(r.purged(f, c), f.Category)
	if by == nil {
		return nil
	}
	if limit, ok := register.ParseSpan(lasting(longest)); !ok || !kept.Longer(limit) {
		return nil
	}
	g := r.flowGap(RetentionExceeded, f, c)
	g.Treatment, g.Level, g.Field = by.ID, Warning, string(f.Sink)
	g.Detail.Name, g.Detail.Retention, g.Detail.Since, g.Detail.Kept = by.Name, lasting(longest), longest.Starts, f.Kept
	return []Gap{g}
}

// purged are the treatments whose data a setting keeps: those of the place for a
// cookie; for a purge those it names, else the only one of the place.
func (r *run) purged(f *detectors.Finding, c claim) []*register.Treatment {
	if f.Sink != item.SinkPurge {
		return c.treatments
	}
	words := r.nounsOf(f.Identifier + " " + f.Scope)
	var named []*register.Treatment
	for i := range r.Register.Treatments {
		if t := &r.Register.Treatments[i]; r.speaksOf(t, words) {
			named = append(named, t)
		}
	}
	if named == nil && len(c.treatments) == 1 {
		return c.treatments
	}
	return named
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
	var b strings.Builder
	var before rune
	for _, c := range name {
		if unicode.IsUpper(c) && unicode.IsLower(before) {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
		before = c
	}
	var nouns []string
	for _, w := range strings.FieldsFunc(item.Fold(b.String()), func(c rune) bool { return !unicode.IsLetter(c) }) {
		w = strings.TrimRight(w, "sx")
		if len(w) >= 4 && !r.starts().purges[w] {
			nouns = append(nouns, w)
		}
	}
	return nouns
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
