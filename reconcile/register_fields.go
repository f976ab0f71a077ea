package reconcile

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// organisation checks what a register says once: who keeps it, that it declares
// anything, and which fields its format does not have.
func (c *checker) organisation() {
	if c.document != OnRegister {
		return
	}
	o := c.reg.Organisation
	silent := map[string]bool{
		"organisation.name":    o.Name == "",
		"organisation.contact": o.Contact.Email == "" && o.Contact.Phone == "" && o.Contact.Address == "",
		"organisation.dpo":     o.DPO == nil,
		"treatments":           len(c.reg.Treatments) == 0,
	}
	for i := range c.book.rules {
		rule := &c.book.rules[i]
		switch {
		case rule.Check == "organisation" && silent[rule.Field] && !c.formatless(rule.Field):
			c.add(rule, "organisation", o.Name, facts{}, max(o.Line, 1))
		case rule.Check == "absent-in-format":
			c.absentInFormat(rule)
		}
	}
}

// absentInFormat says once for each field that the format does not have it.
func (c *checker) absentInFormat(rule *lawRule) {
	for _, field := range c.reg.Absent {
		name := rules.Text{FR: c.reg.Format, EN: c.reg.Format}
		c.add(rule, documentID, c.reg.Organisation.Name, facts{field: field, found: name}, 1)
	}
}

// formatless tells whether the form the register came in has no such field.
func (c *checker) formatless(field string) bool { return slices.Contains(c.reg.Absent, field) }

// checkField raises a field of Art. 30 that a treatment leaves empty. A processor
// owes less: purposes (its categories of processing), transfers and security.
func checkField(c *checker, rule *lawRule, s *subject) {
	t := s.t
	if c.formatless(rule.Field) || s.document() {
		return
	}
	processor := t.Role == register.Processor
	empty := false
	switch rule.Field {
	case "role":
		empty = t.Role == ""
	case "purposes":
		empty = len(t.Purposes) == 0
	case "data_subjects":
		empty = len(t.DataSubjects) == 0 && !processor
	case "data":
		empty = len(t.Data) == 0 && len(c.reg.Document.Data) == 0 && !processor
	case "recipients":
		empty = len(t.Recipients) == 0 && !processor
	case "transfers":
		_, outside := c.outside(t)
		empty = !t.Transfers.Said() && !outside
	case "security":
		empty = len(t.Security) == 0
	}
	if empty {
		c.raise(rule, s, facts{})
	}
}

func checkRetentionAbsent(c *checker, rule *lawRule, s *subject) {
	t := s.t
	if s.document() || t.Role == register.Processor || c.formatless("retention") || len(t.Data) == 0 && len(t.Retention) == 0 && !t.Has["retention"] && t.Has["data"] {
		return
	}
	if anyLimit(t.Retention) || anyLimit(c.reg.Document.Retention) {
		return
	}
	for _, d := range t.Data {
		if anyLimit(d.Retention) {
			return
		}
	}
	c.raise(rule, s, facts{})
}

// anyLimit tells whether one of the time limits is a limit: "illimitée" and "non définie"
// are neither a period nor a criterion.
func anyLimit(all []register.Retention) bool {
	return slices.ContainsFunc(all, func(r register.Retention) bool {
		return r.Duration != "" || r.Max != "" || r.Archive != nil || !unlimited.MatchString(terms.Fold(strings.TrimSpace(r.Criterion)))
	})
}

var unlimited = pattern.New(`^((duree|conservation|conservees?)( de conservation)? *:? ?)?(illimitee?s?|non (definie?|precisee?|determinee?|limitee?|fixee?|connue?)s?|(pas|jamais) (definie?|precisee?|fixee?|limitee?)|indefinie?(ment)?|indeterminee?|inconnue?|a (definir|preciser|determiner|completer)|sans limite( de duree| de temps)?|unlimited|undefined|indefinite(ly)?|not (defined|set)|tbd|\?+|-+)[ .]*$`)

// checkRetentionPartial names the categories without a time limit when others
// have one.
func checkRetentionPartial(c *checker, rule *lawRule, s *subject) {
	t := s.t
	if s.document() || t.Role == register.Processor || len(t.Retention)+len(c.reg.Document.Retention) > 0 {
		return
	}
	var without []string
	line := 0
	for _, d := range t.Data {
		if len(d.Retention) == 0 {
			without = append(without, d.Category)
			line = max(line, d.Line)
		}
	}
	if len(without) > 0 && len(without) < len(t.Data) {
		c.raise(rule, s, facts{found: c.labels(without), line: line})
	}
}

func checkOnBehalfOf(c *checker, rule *lawRule, s *subject) {
	if s.t.Role == register.Processor && len(s.t.OnBehalfOf) == 0 && !c.formatless("on_behalf_of") {
		c.raise(rule, s, facts{})
	}
}

func checkRoles(c *checker, rule *lawRule, s *subject) {
	if s.t.Role == register.Controller && len(s.t.OnBehalfOf) > 0 {
		who := strings.Join(s.t.OnBehalfOf, ", ")
		c.raise(rule, s, facts{found: rules.Text{FR: who, EN: who}})
	}
}

// labels joins the names of categories.
func (c *checker) labels(ids []string) rules.Text {
	return joined(ids, func(id string) rules.Text { return c.rules.Category(id).Label })
}

// joined joins the words for ids, each once.
func joined(ids []string, word func(string) rules.Text) rules.Text {
	var fr, en []string
	for _, id := range ids {
		w := word(id)
		if !slices.Contains(fr, w.FR) {
			fr, en = append(fr, w.FR), append(en, w.EN)
		}
	}
	return rules.Text{FR: strings.Join(fr, ", "), EN: strings.Join(en, ", ")}
}
