package reconcile

import (
	"cmp"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// policyDeclared judges the published policy: what it must tell the persons, the
// statements that contradict each other, the rules of law on what it declares,
// and its agreement with the register.
func policyDeclared(r *run) []Gap {
	if r.Policy == nil || r.Policy.Draft == nil {
		return nil
	}
	book, err := openLawBook()
	if err != nil {
		return nil
	}
	p := &policyChecker{checker: checker{rules: r.Rules, book: book, reg: r.Policy.Draft, document: OnPolicy, date: r.Date}, policy: r.Policy, declared: r.Register}
	p.mentions()
	p.contradictions()
	p.mismatches()
	return append(p.gaps, p.lawful(r)...)
}

// lawful applies the rules of law to what the policy declares. What the register
// declares too is told once, there.
func (p *policyChecker) lawful(r *run) []Gap {
	found, err := Declarations(r.Rules, p.reg, OnPolicy, r.Date)
	if err != nil {
		return nil
	}
	found = p.onceEach(found)
	if p.declared == nil {
		for i := range found {
			found[i].Detail.Message = ofPolicy(found[i].Detail.Message)
		}
		return found
	}
	same := map[string]bool{}
	inRegister, _ := Declarations(r.Rules, p.declared, OnRegister, r.Date)
	for i := range inRegister {
		same[inRegister[i].RuleID()+"\x00"+inRegister[i].At.Path] = true
	}
	twin := map[string]string{} // treatment of the policy → of the register
	for i, j := range pairTreatments(p.reg.Treatments, p.declared.Treatments) {
		twin[p.reg.Treatments[j].ID] = p.declared.Treatments[i].ID
	}
	kept := found[:0]
	for _, g := range found {
		if !same[g.RuleID()+"\x00"+cmp.Or(twin[g.At.Path], g.At.Path)] {
			g.Detail.Message = ofPolicy(g.Detail.Message)
			kept = append(kept, g)
		}
	}
	return kept
}

// ofPolicy says that a treatment is the published policy's: the register may have one of
// the same name, which declares what this one lacks.
func ofPolicy(m rules.Text) rules.Text {
	for _, w := range [][2]string{{"Le traitement « ", "Dans la politique publiée, le traitement « "}, {"le traitement « ", "dans la politique publiée, le traitement « "}} {
		if at := strings.Index(m.FR, w[0]); at >= 0 {
			m.FR = m.FR[:at] + w[1] + m.FR[at+len(w[0]):]
			break
		}
	}
	for _, w := range [][2]string{{"Treatment \"", "In the published policy, treatment \""}, {"treatment \"", "in the published policy, treatment \""}} {
		if at := strings.Index(m.EN, w[0]); at >= 0 {
			m.EN = m.EN[:at] + w[1] + m.EN[at+len(w[0]):]
			break
		}
	}
	return m
}

// onceEach keeps the first of several gaps that one sentence about all
// treatments raises: a transfer, profiling.
func (p *policyChecker) onceEach(gaps []Gap) []Gap {
	seen := map[string]bool{}
	kept := gaps[:0]
	for _, g := range gaps {
		_, key, keyed := strings.Cut(g.Object, "#")
		id := g.RuleID() + "#" + key
		if all := keyed || g.Detail.Law == "rprof" && p.reg.Document.Profiling != ""; all && seen[id] {
			continue
		}
		seen[id] = true
		kept = append(kept, g)
	}
	return kept
}

// CheckPolicy is what `ecart register check --policy` and tests ask: the gaps of
// a policy, and of its agreement with a register (nil for none).
func CheckPolicy(in Input) Result {
	r := &run{Input: in, targets: map[string]Target{}, gaps: map[string]*Gap{}, sightings: newSightings()}
	r.add(policyDeclared(r)...)
	return r.result()
}

// A policyChecker is a checker of the draft that also knows the policy's words
// to the persons, and the register it is compared with.
type policyChecker struct {
	checker
	policy   *register.Policy
	declared *register.Register
	parties  []rules.Recipient // read when first asked for
}

// rule returns a rule of law by its id.
func (p *policyChecker) rule(id string) *lawRule {
	for i := range p.book.rules {
		if p.book.rules[i].ID == id {
			return &p.book.rules[i]
		}
	}
	return nil
}

// tell raises a rule about the policy as a whole.
func (p *policyChecker) tell(id string, f facts, line int) {
	if rule := p.rule(id); rule != nil {
		p.add(rule, documentID, p.reg.Organisation.Name, f, max(line, 1))
	}
}

// both is a text that reads alike in all languages.
func both(s string) rules.Text { return rules.Text{FR: s, EN: s} }

// joinedTexts lists texts in both languages.
func joinedTexts(list []rules.Text) rules.Text {
	var fr, en []string
	for _, t := range list {
		fr, en = append(fr, t.FR), append(en, t.EN)
	}
	return rules.Text{FR: strings.Join(fr, ", "), EN: strings.Join(en, ", ")}
}

// quoteless takes away the quotation marks that messages put around a name.
func quoteless(s string) string { return strings.NewReplacer("«", "", "»", "", `"`, "").Replace(s) }

func lineOf(s *register.Source, line int) int {
	if s != nil && s.Line > 0 {
		return s.Line
	}
	return cmp.Or(line, 1)
}
