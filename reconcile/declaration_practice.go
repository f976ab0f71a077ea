package reconcile

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// checkWords raises a rule whose words, categories and bases a treatment has.
func checkWords(c *checker, rule *lawRule, s *subject) {
	switch {
	case rule.words != nil && !says(rule.words, s.parts...),
		says(rule.unless, s.texts()...),
		len(rule.Categories) > 0 && len(s.t.Data) > 0 && !s.holds(rule.Categories),
		len(rule.Bases) > 0 && (len(s.t.LegalBases) == 0 || !s.onlyUnder(rule.Bases)):
		return
	}
	c.raise(rule, s, facts{said: s.basesSaid()})
}

// checkProfiling raises profiling declared in a word.
func checkProfiling(c *checker, rule *lawRule, s *subject) {
	p := terms.Read(s.t.Profiling)
	if len(p.Tokens) == 0 || denied(p) || says(rule.unless, p) {
		return
	}
	c.raise(rule, s, facts{})
}

// denied tells whether a text says no.
func denied(t terms.Text) bool {
	switch t.Tokens[0].Word {
	case "non", "no", "none", "aucun", "aucune", "false", "sans", "pas", "neant":
		return true
	}
	return false
}

// checkProcessorContract raises processors without a contract reference.
func checkProcessorContract(c *checker, rule *lawRule, s *subject) {
	if s.t.ProcessorContract != "" || c.formatless("processor_contract") {
		return
	}
	var names []string
	line := 0
	for _, r := range s.t.Recipients {
		if r.Kind == register.Subprocessor {
			names, line = append(names, r.Name), max(line, r.Line)
		}
	}
	if len(names) > 0 {
		who := strings.Join(names, ", ")
		c.raise(rule, s, facts{found: rules.Text{FR: who, EN: who}, line: line})
	}
}

// checkHealthHosting raises care data in a hosted system without a word on the
// certification of its host.
func checkHealthHosting(c *checker, rule *lawRule, s *subject) {
	if !s.holds([]string{"health"}) || !says(rule.words, s.texts()...) {
		return
	}
	said := []terms.Text{terms.Read(s.t.Notes)}
	for _, m := range s.t.Security {
		said = append(said, terms.Read(m.Kind+" "+m.Detail))
	}
	var hosts []string
	for _, id := range s.t.Systems {
		if y := c.reg.System(id); y != nil && y.Host != nil && y.Host.Provider != "" && !slices.Contains(hosts, y.Host.Provider) {
			hosts = append(hosts, y.Host.Provider)
			said = append(said, terms.Read(y.Name), terms.Read(y.Host.Provider))
		}
	}
	if len(hosts) > 0 && !says(rule.unless, said...) {
		who := strings.Join(hosts, ", ")
		c.raise(rule, s, facts{found: rules.Text{FR: who, EN: who}})
	}
}

// checkDPIA counts the criteria that the declared text shows.
func checkDPIA(c *checker, rule *lawRule, s *subject) {
	if s.t.DPIA != nil || c.formatless("dpia") || says(rule.unless, s.parts...) {
		return
	}
	var met []rules.Text
	alone := false
	for _, k := range rule.criteria {
		if c.meets(k, s) {
			met = append(met, k.Label)
			alone = alone || k.Alone
		}
	}
	if len(met) < 2 && !alone {
		return
	}
	var fr, en []string
	for _, m := range met {
		fr, en = append(fr, m.FR), append(en, m.EN)
	}
	c.raise(rule, s, facts{criteria: rules.Text{FR: strings.Join(fr, ", "), EN: strings.Join(en, ", ")}})
}

// meets tells whether a treatment shows a criterion: any of its signs is enough,
// except that a type of the authority's list needs its words and its data.
func (c *checker) meets(k criterion, s *subject) bool {
	words := says(k.words, s.texts()...)
	data := s.holds(k.Categories)
	if k.Alone {
		return (words || k.words == nil) && (data || len(k.Categories) == 0)
	}
	for _, d := range s.t.Data {
		data = data || slices.Contains(k.Regimes, c.rules.Category(d.Category).Regime)
	}
	profiled := k.ID == "scoring" && s.t.Profiling != "" && !denied(terms.Read(s.t.Profiling))
	return words || data || profiled || says(k.persons, s.persons...)
}
