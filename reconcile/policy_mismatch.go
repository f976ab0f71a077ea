package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// mismatches compares the treatments of the policy with those of the register,
// pair by pair, then what stands in one of them alone.
func (p *policyChecker) mismatches() {
	if p.declared == nil || len(p.declared.Treatments) == 0 || len(p.reg.Treatments) == 0 {
		return
	}
	pairs := pairTreatments(p.reg.Treatments, p.declared.Treatments)
	told := map[int]bool{}
	for i := range p.declared.Treatments {
		t := &p.declared.Treatments[i]
		j, ok := pairs[i]
		if !ok && t.Role == register.Processor {
			continue // its controller informs the persons, not this policy
		}
		if !ok && p.headed(t.Name) {
			continue // the policy has a section of that name, though little was read there
		}
		if !ok {
			p.differ("rm-treatment-register", pair{declared: t}, facts{said: at(t.Line)})
			continue
		}
		told[j] = true
		p.compare(pair{told: &p.reg.Treatments[j], declared: t})
	}
	for j := range p.reg.Treatments {
		t := &p.reg.Treatments[j]
		// What only prose suggests is no treatment to hold against a register.
		if !told[j] && t.Confidence >= sureTreatment {
			p.differ("rm-treatment-policy", pair{told: t}, facts{found: at(lineOf(t.Source, t.Line))})
		}
	}
}

// headed tells whether a section of the policy has the name of a treatment.
func (p *policyChecker) headed(name string) bool {
	words := stems(name)
	return slices.ContainsFunc(p.policy.Headings, func(title string) bool {
		said := stems(title)
		return len(words) > 0 && len(said) == len(words) && overlap(said, words) >= 0.99
	})
}

// sureTreatment is the confidence from which a treatment of the policy counts.
const sureTreatment = 0.8

// A pair is one treatment as the policy tells it and as the register declares
// it; one of them may be nil.
type pair struct{ told, declared *register.Treatment }

// differ raises a difference: on the policy's line when it says something, else
// on the register's.
func (p *policyChecker) differ(id string, x pair, f facts) {
	rule := p.rule(id)
	if rule == nil {
		return
	}
	t, document, line := x.declared, OnPolicy, f.line
	if t == nil {
		t = x.told
	}
	switch {
	case x.told == nil || strings.HasSuffix(id, "-register"):
		document, line = OnRegister, cmp.Or(line, t.Line)
	case line == 0:
		line = lineOf(x.told.Source, x.told.Line)
	}
	p.document = document
	p.add(rule, t.ID, quoteless(t.Name), f, max(line, 1))
	p.document = OnPolicy
	g := &p.gaps[len(p.gaps)-1]
	g.Field, g.Treatment = rule.Field, t.ID
	g.Recipient = strings.ToLower(f.recipient)
	g.Detail.FoundName = f.recipient
	if f.category != "" {
		g.Level = Weight(p.rules, f.category)
	}
}

// compare raises each difference of a pair.
func (p *policyChecker) compare(x pair) {
	p.compareRetention(x)
	p.compareBases(x)
	p.compareTransfers(x)
	p.compareData(x)
	p.compareRecipients(x)
}

func (p *policyChecker) compareRetention(x pair) {
	told, line := spansOf(retentionsOf(x.told))
	declared, dline := spansOf(append(retentionsOf(x.declared), p.declared.Document.Retention...))
	if len(told) == 0 || len(declared) == 0 || slices.Equal(told, declared) {
		return
	}
	p.differ("rm-retention", x, facts{
		line:  line,
		found: withLine(spansText(told), line), said: withLine(spansText(declared), dline),
	})
}

// spansOf are the different lengths of time limits, sorted, and their first line.
func spansOf(list []register.Retention) ([]register.Span, int) {
	var out []register.Span
	line := 0
	for _, r := range list {
		s, ok := register.ParseSpan(r.Duration)
		if !ok || slices.Contains(out, s) {
			continue
		}
		out = append(out, s)
		if line == 0 {
			line = lineOf(r.Source, r.Line)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Length() < out[j].Length() })
	return out, line
}

func spansText(list []register.Span) rules.Text {
	var fr, en []string
	for _, s := range list {
		fr, en = append(fr, spanIn(s, "fr")), append(en, spanIn(s, "en"))
	}
	return rules.Text{FR: strings.Join(fr, ", "), EN: strings.Join(en, ", ")}
}

// spanIn says a length of time in words.
func spanIn(s register.Span, lang string) string {
	var parts []string
	say := func(n int, fr, en string) {
		if n == 0 {
			return
		}
		unit := fr
		if lang == "en" {
			unit = en
		}
		if n > 1 && !strings.HasSuffix(unit, "s") {
			unit += "s"
		}
		parts = append(parts, fmt.Sprintf("%d %s", n, unit))
	}
	years, months := s.Months/12, s.Months%12
	if s.Months > 0 && s.Months < 24 && months > 0 { // "13 mois" rather than "1 an 1 mois"
		years, months = 0, s.Months
	}
	say(years, "an", "year")
	say(months, "mois", "month")
	say(s.Days, "jour", "day")
	return strings.Join(parts, " ")
}

func (p *policyChecker) compareBases(x pair) {
	told := slices.Clone(x.told.LegalBases)
	declared := append(slices.Clone(x.declared.LegalBases), p.declared.Document.LegalBases...)
	if len(told) == 0 || len(declared) == 0 || sameSet(told, declared) {
		return
	}
	line := lineOf(x.told.Source, x.told.Line)
	p.differ("rm-basis", x, facts{
		found: withLine(basesText(told), line), said: withLine(basesText(declared), x.declared.Line),
	})
}

// sameSet compares without order; precontract goes with contract, since texts
// name the one for the other.
func sameSet(a, b []string) bool {
	in := func(x string, list []string) bool {
		return slices.Contains(list, x) || x == "precontract" && slices.Contains(list, "contract")
	}
	for _, x := range a {
		if !in(x, b) {
			return false
		}
	}
	for _, x := range b {
		if !in(x, a) {
			return false
		}
	}
	return true
}

func basesText(ids []string) rules.Text {
	var list []rules.Text
	for _, id := range ids {
		list = append(list, rules.DeclaredWord("basis", id).Label)
	}
	return joinedTexts(list)
}

func (p *policyChecker) compareTransfers(x pair) {
	told, declared := x.told.Transfers, x.declared.Transfers
	if !told.Said() {
		told = p.reg.Document.Transfers
	}
	if !declared.Said() {
		declared = p.declared.Document.Transfers
	}
	if !told.Said() || !declared.Said() || told.None == declared.None {
		return
	}
	say := func(none bool) rules.Text {
		if none {
			return rules.Text{FR: "aucun transfert hors EEE", EN: "no transfer outside the EEA"}
		}
		return rules.Text{FR: "un transfert hors EEE", EN: "a transfer outside the EEA"}
	}
	// A transfer of the document as a whole says nothing of one treatment.
	if told.None || len(x.told.Transfers.List) > 0 {
		line := lineOf(told.Source, told.Line)
		p.differ("rm-transfers", x, facts{line: line, found: withLine(say(told.None), line), said: withLine(say(declared.None), x.declared.Line)})
	}
}

// at says a line.
func at(line int) rules.Text {
	return rules.Text{FR: fmt.Sprintf("ligne %d", line), EN: fmt.Sprintf("line %d", line)}
}

// withLine adds where a text was said.
func withLine(t rules.Text, line int) rules.Text {
	if line == 0 {
		return t
	}
	return rules.Text{FR: fmt.Sprintf("%s (ligne %d)", t.FR, line), EN: fmt.Sprintf("%s (line %d)", t.EN, line)}
}
