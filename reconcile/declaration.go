package reconcile

import (
	"cmp"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// Documents: which declaration the rules of law are applied to.
const (
	OnRegister = "register"
	OnPolicy   = "policy"
)

// Declarations applies the rules of rules/law to a declaration: what an Art. 30
// record contains (register only), and what the declared text says. document is
// OnRegister or OnPolicy, date (YYYY-MM-DD) is the day of the check.
func Declarations(r *rules.Rules, reg *register.Register, document, date string) ([]Gap, error) {
	book, err := openLawBook()
	if err != nil {
		return nil, err
	}
	c := &checker{rules: r, book: book, reg: reg, document: document, date: date}
	c.organisation()
	for _, s := range c.subjects() {
		for i := range book.rules {
			rule := &book.rules[i]
			if check, ok := checks[rule.Check]; ok && c.applies(rule) {
				check(c, rule, s)
			}
		}
	}
	return c.gaps, nil
}

// A check applies one rule to one treatment.
type check func(*checker, *lawRule, *subject)

// checks by the name that rules/law gives them. Those of the register as a whole
// are in organisation.
var checks = map[string]check{
	"field":              checkField,
	"retention-absent":   checkRetentionAbsent,
	"retention-partial":  checkRetentionPartial,
	"transfers-absent":   checkTransfersAbsent,
	"on-behalf-of":       checkOnBehalfOf,
	"roles":              checkRoles,
	"special-basis":      checkSpecialBasis,
	"explicit-consent":   checkExplicitConsent,
	"special-unsaid":     checkSpecialUnsaid,
	"offence-basis":      checkOffenceBasis,
	"nir-purpose":        checkNIR,
	"nir-clients":        checkNIR,
	"retention":          checkRetention,
	"words":              checkWords,
	"profiling":          checkProfiling,
	"processor-contract": checkProcessorContract,
	"health-hosting":     checkHealthHosting,
	"transfer-safeguard": checkTransferSafeguard,
	"transfer-adequacy":  checkTransferAdequacy,
	"transfer-partial":   checkTransferPartial,
	"transfer-shield":    checkTransferShield,
	"transfer-country":   checkTransferCountry,
	"transfer-denied":    checkTransferDenied,
	"transfer-group":     checkTransferGroup,
	"dpia":               checkDPIA,
}

// A checker is one check of one declaration on its way.
type checker struct {
	rules    *rules.Rules
	book     *lawBook
	reg      *register.Register
	document string
	date     string
	gaps     []Gap
}

func (c *checker) applies(rule *lawRule) bool { return c.document == OnRegister || rule.Policy }

// facts fill the message of a rule: those that read alike in all languages, and
// those that do not.
type facts struct {
	recipient, asof string
	said, found     rules.Text
	limit, law      rules.Text
	criteria        rules.Text
	country         string
	category        string // id: the gap is about this category
	key             string // tells apart gaps of one rule and treatment
	field           string
	line            int
}

// raise adds a gap of a rule about a treatment.
func (c *checker) raise(rule *lawRule, s *subject, f facts) {
	c.add(rule, s.t.ID, s.t.Name, f, cmp.Or(f.line, s.t.Line))
}

func (c *checker) add(rule *lawRule, id, name string, f facts, line int) {
	g := Gap{
		Kind: Kind(rule.Gap), Category: f.category, Field: rule.ID, Level: Level(rule.Level), Confidence: 1, Count: 1,
		At:        item.Location{Target: c.document, Path: id, Place: item.Place{Line: line}},
		Object:    c.document + ":" + id + f.key,
		Treatment: c.treatmentID(id),
	}
	if g.Kind == RegisterIncomplete {
		g.Field = rule.Field
		if f.field != "" {
			g.Field = f.field
		}
	}
	g.Detail = Detail{Name: name, Law: rule.ID, AsOf: f.asof, Country: f.country, Laws: rule.Law}
	g.Detail.Message = c.fill(rule.Message, id, name, rule, f)
	g.Detail.Next = c.fill(rule.Next, id, name, rule, f)
	c.gaps = append(c.gaps, g)
}

// treatmentID is id when a treatment has it: gaps may be about the document.
func (c *checker) treatmentID(id string) string {
	if c.reg.Treatment(id) != nil {
		return id
	}
	return ""
}

// fill says a text of a rule in both languages.
func (c *checker) fill(t rules.Text, id, name string, rule *lawRule, f facts) rules.Text {
	label := c.rules.Category(f.category).Label
	field := rules.DeclaredWord("field", cmp.Or(f.field, rule.Field)).Label
	say := func(text string, in func(rules.Text) string) string {
		return strings.NewReplacer(
			"{name}", name, "{id}", id, "{field}", in(field), "{category}", in(label), "{said}", in(f.said), "{found}", in(f.found),
			"{limit}", in(f.limit), "{reference}", in(f.law), "{criteria}", in(f.criteria),
			"{recipient}", f.recipient, "{country}", f.country, "{asof}", f.asof,
		).Replace(text)
	}
	return rules.Text{
		FR: say(t.FR, func(t rules.Text) string { return t.FR }),
		EN: say(t.EN, func(t rules.Text) string { return t.EN }),
	}
}
