package reconcile

import (
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// AllowsNIR tells whether a purpose of the treatment is on the list of the
// decree, and the treatment is none that may never use the NIR.
func AllowsNIR(_ *rules.Rules, t *register.Treatment) bool {
	book, err := openLawBook()
	if err != nil {
		return true // the rules are broken: their own tests say so, not each NIR
	}
	return book.refusesNIR(newSubject(t, &register.Document{})) == nil
}

// checkNIR raises the NIR once, under the rule that refuses it.
func checkNIR(c *checker, rule *lawRule, s *subject) {
	if refused := c.book.refusesNIR(s); refused == nil || refused.ID != rule.ID {
		return
	}
	for _, d := range s.t.Data {
		if d.Category == "nir" {
			c.raise(rule, s, facts{category: "nir", line: d.Line})
			return
		}
	}
}

// refusesNIR returns the rule that keeps a treatment from using the NIR, nil when
// one of its purposes is on the list: of its name and purposes, one at least must
// speak of a use of the decree and of none that is refused.
func (b *lawBook) refusesNIR(s *subject) *lawRule {
	var allowed *lawRule
	var refused []*lawRule
	for i := range b.rules {
		switch r := &b.rules[i]; {
		case r.Check == "nir-purpose" && allowed == nil: // the first is the list
			allowed = r
		case r.Check == "nir-purpose", r.Check == "nir-clients":
			refused = append(refused, r)
		}
	}
	for _, part := range s.parts {
		if says(allowed.words, part) && !refusedBy(refused, part) {
			return nil
		}
	}
	for _, r := range refused {
		if says(r.words, s.parts...) || says(r.persons, s.persons...) {
			return r
		}
	}
	return allowed
}

func refusedBy(rules []*lawRule, part terms.Text) bool {
	for _, r := range rules {
		if says(r.words, part) {
			return true
		}
	}
	return false
}
