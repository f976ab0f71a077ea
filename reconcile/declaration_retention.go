package reconcile

import (
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// A statement is one declared time limit, and what it is about.
type statement struct {
	category string // "" for the treatment as a whole
	limit    register.Retention
	line     int
	scope    []terms.Text // the words that say what it is about
	starts   terms.Text
}

// checkRetention compares the declared time limits with a reference: each one
// with a longest, the longest of them with a shortest.
func checkRetention(c *checker, rule *lawRule, s *subject) {
	all := statements(s)
	if limit, ok := register.ParseSpan(rule.Max); ok {
		for _, st := range all {
			declared, said := st.active()
			if said && declared.Longer(limit) && rule.fits(s, st) && !c.book.allows(s, st, declared) {
				c.limit(rule, "retention-longer", s, st, declared, limit)
				return
			}
		}
	}
	if limit, ok := register.ParseSpan(rule.Min); ok {
		longest, st, some := longestOf(rule, s, all)
		if some && limit.Longer(longest) {
			c.limit(rule, "retention-shorter", s, st, longest, limit)
		}
	}
}

// statements are the time limits of a treatment, each with its scope: what it
// says it is about, else what the treatment is about.
func statements(s *subject) []statement {
	var all []statement
	add := func(category string, limits []register.Retention, line int) {
		for _, l := range limits {
			st := statement{category: category, limit: l, line: max(line, l.Line), scope: s.texts(), starts: terms.Read(l.Starts + " " + l.Criterion)}
			if l.Subject != "" {
				st.scope = []terms.Text{terms.Read(l.Subject)}
			}
			all = append(all, st)
		}
	}
	add("", s.t.Retention, 0)
	for _, d := range s.t.Data {
		add(d.Category, d.Retention, d.Line)
	}
	return all
}

// active is the period of current use, at its most.
func (st statement) active() (register.Span, bool) {
	d := st.limit.Duration
	if st.limit.Max != "" {
		d = st.limit.Max
	}
	return register.ParseSpan(d)
}

// total adds the intermediate archive.
func (st statement) total() (register.Span, bool) {
	span, ok := st.active()
	if st.limit.Archive != nil {
		if a, archived := register.ParseSpan(st.limit.Archive.Duration); archived {
			return register.Span{Months: span.Months + a.Months, Days: span.Days + a.Days}, true
		}
	}
	return span, ok
}

// fits tells whether a rule is about a statement.
func (r *lawRule) fits(s *subject, st statement) bool {
	if len(r.Categories) > 0 && !r.concerns(s, st) {
		return false
	}
	if r.words != nil && !says(r.words, st.scope...) {
		return false
	}
	if r.starts != nil && !says(r.starts, st.starts) {
		return false
	}
	return !says(r.unless, append([]terms.Text{st.starts}, st.scope...)...)
}

// main tells whether the treatment as a whole is what the rule is about: its
// name says so, or all of its purposes do.
func (r *lawRule) main(s *subject) bool {
	if says(r.words, s.name) || len(s.parts) < 2 {
		return true
	}
	for _, purpose := range s.parts[1:] {
		if !says(r.words, purpose) {
			return false
		}
	}
	return true
}

// concerns tells whether the statement is about data of the rule: its own
// category, or for one about the treatment, all that it holds.
func (r *lawRule) concerns(s *subject, st statement) bool {
	for _, id := range r.Categories {
		if st.category == id {
			return true
		}
	}
	return st.category == "" && s.holds(r.Categories) && (r.words != nil || len(s.t.Data) == 1)
}

// allows tells whether another rule that fits the statement takes a period this
// long: of several references the longest applies.
func (b *lawBook) allows(s *subject, st statement, declared register.Span) bool {
	for i := range b.rules {
		r := &b.rules[i]
		if r.Check != "retention" || !r.fits(s, st) {
			continue
		}
		for _, iso := range []string{r.Max, r.Min} {
			if limit, ok := register.ParseSpan(iso); ok && !declared.Longer(limit) {
				return true
			}
		}
	}
	return false
}

// longestOf is the longest total period among the statements a rule is about;
// false when one of them gives no figure, for it may be the one that counts.
func longestOf(r *lawRule, s *subject, all []statement) (longest register.Span, by statement, some bool) {
	for _, st := range all {
		if !r.fits(s, st) {
			continue
		}
		span, ok := st.total()
		if !ok {
			return longest, by, false
		}
		if !some || span.Longer(longest) {
			longest, by, some = span, st, true
		}
	}
	return longest, by, some
}

// limit raises a gap between a declared period and a reference.
func (c *checker) limit(rule *lawRule, kind string, s *subject, st statement, declared, limit register.Span) {
	text := c.book.rule(kind)
	said := *rule
	said.Message, said.Next = text.Message, text.Next
	if st.limit.Subject == "" && rule.words != nil && !rule.main(s) {
		// The period is said for all of the treatment, and only one of its purposes
		// is what the reference is about.
		said.Level = string(Note)
	}
	about := rule.Title
	if st.limit.Subject != "" {
		about = rules.Text{FR: st.limit.Subject, EN: st.limit.Subject}
	} else if st.category != "" {
		about = c.rules.Category(st.category).Label
	}
	c.raise(&said, s, facts{said: Spoken(declared), found: about, limit: Spoken(limit), law: reference(rule), line: st.line})
}

// reference names what a limit rests on: a value of the CNIL is called so, and
// an article of a code is cited as what sets a period.
func reference(rule *lawRule) rules.Text {
	if len(rule.Law) == 0 {
		return rules.Text{}
	}
	article := rule.Law[0].Article
	if value, ok := strings.CutPrefix(article, "valeur de référence CNIL"); ok {
		return rules.Text{FR: article, EN: "CNIL reference value" + value}
	}
	return rules.Text{FR: "durée prévue par " + article, EN: "period set by " + article}
}
