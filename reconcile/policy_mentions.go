package reconcile

import (
	"slices"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// mentions raises what Art. 13 asks a policy to tell and this one does not.
func (p *policyChecker) mentions() {
	p.mentionIdentity()
	p.mentionPurposes()
	d := p.reg.Document
	if !p.anyTreatment(func(t *register.Treatment) bool { return len(t.Recipients) > 0 }) && len(d.Recipients) == 0 {
		p.tell("r13-5", facts{}, 1)
	}
	if !p.anyTreatment(func(t *register.Treatment) bool { return len(retentionsOf(t)) > 0 }) && len(d.Retention) == 0 {
		p.tell("r13-7", facts{}, 1)
	}
	p.mentionRights()
	if p.rests("consent") && !p.policy.Has("R13-9") {
		p.tell("r13-9", facts{}, p.basisLine("consent"))
	}
	if p.rests("legitimate_interests") && !p.policy.Has("R13-4") {
		p.tell("r13-4", facts{}, p.basisLine("legitimate_interests"))
	}
	for _, m := range []struct{ mention, rule string }{{"R13-10", "r13-10"}, {"R13-11", "r13-11"}, {"R13-85", "r13-85"}} {
		if !p.policy.Has(m.mention) {
			p.tell(m.rule, facts{}, 1)
		}
	}
}

// mentionIdentity raises an absent name or contact of the controller, and a DPO
// whom nobody can reach.
func (p *policyChecker) mentionIdentity() {
	o := p.reg.Organisation
	var absent []rules.Text
	if o.Name == "" {
		absent = append(absent, rules.Text{FR: "le nom du responsable", EN: "the name of the controller"})
	}
	if o.Contact.Email == "" && o.Contact.Phone == "" && o.Contact.Address == "" && o.DPO == nil {
		absent = append(absent, rules.Text{FR: "ses coordonnées", EN: "its contact details"})
	}
	if len(absent) > 0 {
		p.tell("r13-1", facts{found: joinedTexts(absent)}, 1)
	}
	declared := p.declared != nil && p.declared.Organisation.DPO != nil
	reachable := o.DPO != nil && (o.DPO.Email != "" || o.DPO.Phone != "" || o.DPO.Address != "")
	if (declared || o.DPO != nil || p.policy.ClaimLine("dpo") > 0) && !reachable {
		p.tell("r13-2", facts{}, p.policy.ClaimLine("dpo"))
	}
}

// mentionPurposes raises a policy without purposes, and purposes without basis
// when the text gives none for all.
func (p *policyChecker) mentionPurposes() {
	if len(p.reg.Treatments) == 0 {
		p.tell("r13-3-purposes", facts{}, 1)
	}
	if len(p.reg.Document.LegalBases) > 0 {
		return
	}
	for i := range p.reg.Treatments {
		t := &p.reg.Treatments[i]
		if len(t.LegalBases) == 0 {
			p.add(p.rule("r13-3-basis"), t.ID, quoteless(t.Name), facts{}, lineOf(t.Source, t.Line))
		}
	}
}

// rights are those of Art. 13(2)(b), in its order.
var rights = []struct {
	mention string
	name    rules.Text
}{
	{"R13-8.access", rules.Text{FR: "le droit d'accès", EN: "the right of access"}},
	{"R13-8.rectification", rules.Text{FR: "le droit de rectification", EN: "the right to rectification"}},
	{"R13-8.erasure", rules.Text{FR: "le droit à l'effacement", EN: "the right to erasure"}},
	{"R13-8.restriction", rules.Text{FR: "le droit à la limitation", EN: "the right to restriction"}},
	{"R13-8.objection", rules.Text{FR: "le droit d'opposition", EN: "the right to object"}},
	{"R13-8.portability", rules.Text{FR: "le droit à la portabilité", EN: "the right to portability"}},
}

// mentionRights raises the rights that are not mentioned, as one gap.
func (p *policyChecker) mentionRights() {
	var absent []rules.Text
	for _, r := range rights {
		if r.mention == "R13-8.portability" && !p.rests("consent") && !p.rests("contract") && !p.rests("precontract") {
			continue // it only holds for these bases
		}
		if !p.policy.Has(r.mention) {
			absent = append(absent, r.name)
		}
	}
	if len(absent) > 0 {
		p.tell("r13-8", facts{found: joinedTexts(absent)}, p.policy.MentionLine("R13-8"))
	}
}

func (p *policyChecker) anyTreatment(is func(*register.Treatment) bool) bool {
	for i := range p.reg.Treatments {
		if is(&p.reg.Treatments[i]) {
			return true
		}
	}
	return false
}

// rests tells whether anything in the policy rests on a basis.
func (p *policyChecker) rests(basis string) bool {
	return slices.Contains(p.reg.Document.LegalBases, basis) ||
		p.anyTreatment(func(t *register.Treatment) bool { return slices.Contains(t.LegalBases, basis) })
}

// basisLine is the line of the first statement that rests on a basis.
func (p *policyChecker) basisLine(basis string) int {
	for _, t := range p.reg.Treatments {
		if slices.Contains(t.LegalBases, basis) {
			return lineOf(t.Source, t.Line)
		}
	}
	return lineOf(p.reg.Document.Source, p.reg.Document.Line)
}

// retentionsOf are the limits of a treatment and of its data.
func retentionsOf(t *register.Treatment) []register.Retention {
	all := slices.Clone(t.Retention)
	for _, d := range t.Data {
		all = append(all, d.Retention...)
	}
	return all
}
