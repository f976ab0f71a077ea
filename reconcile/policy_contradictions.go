package reconcile

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// contradictions raises statements of the policy that do not go together.
func (p *policyChecker) contradictions() {
	p.deniedTransfer()
	p.mandatoryConsent()
	p.deniedRecipients()
	p.withoutPurpose()
	if line := p.policy.ClaimLine("identity-document"); line > 0 {
		p.tell("rc13-identity", facts{}, line)
	}
	o := p.reg.Organisation
	if o.DPO != nil && o.DPO.Email != "" && strings.EqualFold(o.DPO.Email, o.Contact.Email) {
		p.tell("rc13-dpo", facts{}, lineOf(o.DPO.Source, o.DPO.Line))
	}
}

// deniedTransfer raises "no data leaves the EU" beside companies of groups from
// outside, or beside the cases in which data leave.
func (p *policyChecker) deniedTransfer() {
	denied := p.policy.ClaimLine("no-transfer")
	if denied == 0 {
		return
	}
	var names []string
	line := 0
	for _, c := range p.policy.Claims {
		if c.ID == "foreign-group" && !slices.Contains(names, c.Name) && !p.transfersTo(c.Name) {
			names = append(names, c.Name)
			if line == 0 {
				line = c.Line
			}
		}
	}
	said := both(strconv.Itoa(denied))
	if len(names) > 0 {
		p.tell("rc13-transfer", facts{said: said, found: both(strings.Join(names, ", "))}, denied)
	}
	if later := p.policy.ClaimLine("conditional-transfer"); later > 0 {
		p.tell("rc13-transfer-if", facts{said: said, found: both(strconv.Itoa(later))}, denied)
	}
}

// transfersTo tells whether the policy says itself that data goes to a company
// outside: « aucun autre transfert » then leaves that one out.
func (p *policyChecker) transfersTo(name string) bool {
	lists := [][]register.Transfer{p.reg.Document.Transfers.List}
	for i := range p.reg.Treatments {
		lists = append(lists, p.reg.Treatments[i].Transfers.List)
	}
	said := strings.Join(nameWords(name), "")
	for _, list := range lists {
		if slices.ContainsFunc(list, func(t register.Transfer) bool {
			return said == strings.Join(nameWords(t.Recipient), "") || said == strings.Join(nameWords(t.Provider), "")
		}) {
			return true
		}
	}
	return false
}

// mandatoryConsent raises data that are all mandatory though some rest on
// consent.
func (p *policyChecker) mandatoryConsent() {
	line := p.policy.ClaimLine("all-mandatory")
	if line == 0 {
		return
	}
	for _, t := range p.reg.Treatments {
		if slices.Contains(t.LegalBases, "consent") {
			p.add(p.rule("rc13-mandatory"), documentID, quoteless(t.Name), facts{}, line)
			return
		}
	}
}

// deniedRecipients raises "nothing goes to third parties" beside named ones.
func (p *policyChecker) deniedRecipients() {
	line := p.policy.ClaimLine("no-recipient")
	if line == 0 {
		return
	}
	var names []string
	note := func(list []register.Recipient) {
		for _, r := range list {
			if r.Kind == "" && !slices.Contains(names, r.Name) {
				names = append(names, r.Name)
			}
		}
	}
	note(p.reg.Document.Recipients)
	for _, t := range p.reg.Treatments {
		note(t.Recipients)
	}
	if len(names) > 0 {
		p.tell("rc13-recipients", facts{said: both(strconv.Itoa(line)), found: both(strings.Join(names, ", "))}, line)
	}
}

// withoutPurpose raises location and guarded data that the policy collects in
// general and ties to no purpose.
func (p *policyChecker) withoutPurpose() {
	for _, d := range p.reg.Document.Data {
		if d.Category != "geolocation" && !guarded(p.rules, d.Category) {
			continue
		}
		used := p.anyTreatment(func(t *register.Treatment) bool {
			return slices.ContainsFunc(t.Data, func(x register.Datum) bool { return x.Category == d.Category })
		})
		if !used && len(p.reg.Treatments) > 0 {
			p.tell("rc13-purpose", facts{category: d.Category}, lineOf(d.Source, d.Line))
		}
	}
}

// guarded tells of special categories, offences and the NIR.
func guarded(r *rules.Rules, category string) bool {
	switch r.Category(category).Regime {
	case rules.Special, rules.Offence, rules.NIR:
		return true
	}
	return false
}
