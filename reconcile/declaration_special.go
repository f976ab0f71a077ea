package reconcile

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// basesSaid names the legal bases of a treatment.
func (s *subject) basesSaid() rules.Text {
	if len(s.t.LegalBases) == 0 {
		return rules.Text{FR: "non déclarée", EN: "no legal basis"}
	}
	return joined(s.t.LegalBases, func(id string) rules.Text { return rules.DeclaredWord("basis", id).Label })
}

// onlyUnder tells whether all bases of the treatment are among ids; no basis at
// all is none that carries anything.
func (s *subject) onlyUnder(ids []string) bool {
	for _, b := range s.t.LegalBases {
		if !slices.Contains(ids, b) {
			return false
		}
	}
	return true
}

// conditioned tells whether the treatment states a condition of Art. 9(2).
func (s *subject) conditioned() bool {
	b := s.t.SpecialCategoryBasis
	return b != "" && !slices.Contains(register.Article10, b)
}

// special calls each for the Art. 9 data of the treatment.
func (c *checker) special(s *subject, regime rules.Regime, each func(register.Datum)) {
	seen := map[string]bool{}
	for _, d := range s.t.Data {
		if c.rules.Category(d.Category).Regime == regime && !seen[d.Category] {
			seen[d.Category] = true
			each(d)
		}
	}
}

// checkSpecialBasis raises Art. 9 data under bases that do not carry it. A form
// without a field for bases says nothing of them.
func checkSpecialBasis(c *checker, rule *lawRule, s *subject) {
	if s.conditioned() || !s.onlyUnder(rule.Bases) || len(s.t.LegalBases) == 0 && c.formatless("legal_bases") {
		return
	}
	c.special(s, rules.Special, func(d register.Datum) {
		c.raise(rule, s, facts{category: d.Category, said: s.basesSaid(), line: d.Line})
	})
}

// checkExplicitConsent asks for the word "explicit".
func checkExplicitConsent(c *checker, rule *lawRule, s *subject) {
	if s.conditioned() || !slices.Contains(s.t.LegalBases, "consent") {
		return
	}
	c.about(rule, s)
}

// checkSpecialUnsaid asks for the condition where another basis may carry it.
func checkSpecialUnsaid(c *checker, rule *lawRule, s *subject) {
	if s.conditioned() || slices.Contains(s.t.LegalBases, "consent") || s.onlyUnder(c.book.rule("special-basis").Bases) {
		return
	}
	c.about(rule, s)
}

// about raises one gap for all the Art. 9 data of a treatment.
func (c *checker) about(rule *lawRule, s *subject) {
	var ids []string
	line := 0
	c.special(s, rules.Special, func(d register.Datum) {
		ids = append(ids, d.Category)
		line = max(line, d.Line)
	})
	if len(ids) == 0 {
		return
	}
	label := c.labels(ids)
	said := s.basesSaid()
	withLabel := *rule
	withLabel.Message = rules.Text{FR: strings.ReplaceAll(rule.Message.FR, "{category}", label.FR), EN: strings.ReplaceAll(rule.Message.EN, "{category}", label.EN)}
	c.raise(&withLabel, s, facts{said: said, line: line})
}

// checkOffenceBasis raises Art. 10 data without an authority or a text behind it.
func checkOffenceBasis(c *checker, rule *lawRule, s *subject) {
	if slices.Contains(register.Article10, s.t.SpecialCategoryBasis) || len(s.t.LegalBases) == 0 && c.formatless("legal_bases") {
		return
	}
	for _, b := range s.t.LegalBases {
		if slices.Contains(rule.Bases, b) {
			return
		}
	}
	c.special(s, rules.Offence, func(d register.Datum) {
		c.raise(rule, s, facts{category: d.Category, said: s.basesSaid(), line: d.Line})
	})
}
