package reconcile

import (
	"cmp"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
)

// A stranger is a recipient or host declared outside the EEA.
type stranger struct {
	name, country string
	line          int
}

// outside returns the first recipient or host of a treatment that is declared
// outside the EEA.
func (c *checker) outside(t *register.Treatment) (stranger, bool) {
	for _, r := range t.Recipients {
		if r.Country != "" && !c.book.adequacy.Inside(r.Country) {
			return stranger{r.Name, r.Country, cmp.Or(r.Line, t.Line)}, true
		}
	}
	for _, id := range t.Systems {
		if y := c.reg.System(id); y != nil && y.Host != nil && y.Host.Country != "" && !c.book.adequacy.Inside(y.Host.Country) {
			return stranger{cmp.Or(y.Host.Provider, y.Name), y.Host.Country, y.Line}, true
		}
	}
	return stranger{}, false
}

func checkTransfersAbsent(c *checker, rule *lawRule, s *subject) {
	if s.t.Transfers.Said() || c.formatless("transfers") {
		return
	}
	if who, ok := c.outside(s.t); ok {
		c.raise(rule, s, facts{recipient: who.name, country: who.country, line: who.line, asof: c.asOf()})
	}
}

func checkTransferDenied(c *checker, rule *lawRule, s *subject) {
	if !s.t.Transfers.None {
		return
	}
	if who, ok := c.outside(s.t); ok {
		c.raise(rule, s, facts{recipient: who.name, country: who.country, line: who.line, asof: c.asOf()})
	}
}

// asOf dates every message about transfers.
func (c *checker) asOf() string { return c.book.adequacy.AsOf }

// transfers calls each for the declared transfers of a treatment that leave the
// EEA; a statement of the document is checked there, once.
func (c *checker) transfers(rule *lawRule, s *subject, wrong func(register.Transfer) (rules.Text, bool)) {
	if !c.ownTransfers(s) {
		return
	}
	for _, t := range s.t.Transfers.List {
		if t.Country != "" && c.book.adequacy.Inside(t.Country) {
			continue
		}
		found, raise := wrong(t)
		if !raise {
			continue
		}
		who := cmp.Or(t.Recipient, t.Provider, "—")
		c.raise(rule, s, facts{
			recipient: who, country: cmp.Or(t.Country, "—"), found: found, asof: c.asOf(), line: t.Line,
			key: "#" + terms.Fold(who) + "/" + t.Country,
		})
	}
}

// ownTransfers tells whether the transfers are the treatment's own, or it is the
// first to inherit those of the document.
func (c *checker) ownTransfers(s *subject) bool {
	own := c.reg.Treatment(s.t.ID)
	return own == nil || own.Transfers.Said() || len(c.reg.Treatments) > 0 && c.reg.Treatments[0].ID == s.t.ID
}

func checkTransferSafeguard(c *checker, rule *lawRule, s *subject) {
	c.transfers(rule, s, func(t register.Transfer) (rules.Text, bool) {
		a, adequate := c.book.adequacy.Adequate(t.Country, c.date)
		return rules.Text{}, t.Safeguard == "" && t.Country != "" && (!adequate || a.Only != (rules.Text{}))
	})
}

func checkTransferAdequacy(c *checker, rule *lawRule, s *subject) {
	c.transfers(rule, s, func(t register.Transfer) (rules.Text, bool) {
		_, adequate := c.book.adequacy.Adequate(t.Country, c.date)
		return rules.Text{}, t.Safeguard == "adequacy" && t.Country != "" && !adequate
	})
}

func checkTransferPartial(c *checker, rule *lawRule, s *subject) {
	c.transfers(rule, s, func(t register.Transfer) (rules.Text, bool) {
		a, adequate := c.book.adequacy.Adequate(t.Country, c.date)
		return a.Only, t.Safeguard == "adequacy" && adequate && a.Only != (rules.Text{})
	})
}

func checkTransferShield(c *checker, rule *lawRule, s *subject) {
	c.transfers(rule, s, func(t register.Transfer) (rules.Text, bool) {
		return rules.Text{}, t.Safeguard == "privacy_shield"
	})
}

func checkTransferCountry(c *checker, rule *lawRule, s *subject) {
	c.transfers(rule, s, func(t register.Transfer) (rules.Text, bool) {
		return rules.Text{}, t.Country == "" && t.Safeguard != "privacy_shield"
	})
}

// checkTransferGroup notes a recipient or host whose group is based outside the
// EEA, beside a declaration that nothing leaves it: once for a company, at the
// first treatment, whatever the number of treatments it serves. What
// rules/recipients says of a group is a fact to check: never more than a note.
func checkTransferGroup(c *checker, rule *lawRule, s *subject) {
	who, ok := c.ofGroupOutside(s.t)
	if !ok {
		return
	}
	var names []string
	for _, x := range c.subjects() {
		if other, also := c.ofGroupOutside(x.t); also && terms.Fold(other.name) == terms.Fold(who.name) {
			if len(names) == 0 && x.t.ID != s.t.ID {
				return // told at an earlier one
			}
			names = append(names, quoteless(x.t.Name))
		}
	}
	if len(names) > mostListed {
		names = append(names[:mostListed], "…")
	}
	c.add(rule, s.t.ID, strings.Join(names, ", "), facts{recipient: who.name, country: who.country, asof: c.asOf()}, cmp.Or(who.line, s.t.Line))
}

// mostListed bounds the treatments that a message names.
const mostListed = 4

// ofGroupOutside returns the first recipient or host of a treatment whose group is
// based outside the EEA, where the treatment says that nothing leaves it.
func (c *checker) ofGroupOutside(t *register.Treatment) (stranger, bool) {
	if !t.Transfers.None {
		return stranger{}, false
	}
	if _, already := c.outside(t); already {
		return stranger{}, false
	}
	for _, r := range t.Recipients {
		if country := c.book.groupCountry(r.Name); country != "" && !c.book.adequacy.Inside(country) {
			return stranger{r.Name, country, r.Line}, true
		}
	}
	for _, id := range t.Systems {
		y := c.reg.System(id)
		if y == nil || y.Host == nil {
			continue
		}
		if country := c.book.groupCountry(y.Host.Provider); country != "" && !c.book.adequacy.Inside(country) {
			return stranger{y.Host.Provider, country, y.Line}, true
		}
	}
	return stranger{}, false
}

// groupCountry is where the group of a company known by this name is based; ""
// when it is not known.
func (b *lawBook) groupCountry(name string) string {
	return b.groups[strings.Join(strings.Fields(terms.Fold(name)), " ")]
}
