package reconcile

import (
	"slices"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// A column is forbidden data by the rule that called it a card's security code, not
// by words read again here: code_dos is the code of a dossier too.
func TestForbiddenColumn(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	if !hasNameRule(t, cardCode) {
		t.Fatalf("rules/names has no rule %s", cardCode)
	}
	reg, err := register.Parse("r.yaml", []byte("ecart: 1\ntreatments: [{id: p, name: Paiements, data: [{category: payment_card}], systems: [app]}]\nsystems: [{id: app, locations: [\"share:**\"]}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why, column, rule string
		want              []Level
	}{
		{"the code", "crypto_verso", cardCode, []Level{Error}},
		{"the rest of the card", "code_dos", "name.payment-card", nil},
	} {
		f := detectors.Finding{Category: "payment_card", Evidence: detectors.ByName, Detector: c.rule, Confidence: 0.9, Count: 1, At: item.Location{Target: "share", Path: "paiements.csv", Place: item.Place{Table: "paiements.csv", Column: c.column}}}
		res := Reconcile(Input{Rules: r, Register: reg, Date: "2026-11-22", Targets: []Target{{Name: "share"}}, Findings: slices.Values([]detectors.Finding{f}), Coverage: map[string]*item.Coverage{}})
		var got []Level
		for _, g := range res.Gaps {
			if g.Kind == ForbiddenData {
				got = append(got, g.Level)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}

func hasNameRule(t *testing.T, id string) bool {
	files, err := rules.Section[[]rules.NameRule](nil, "names")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if slices.ContainsFunc(f.Body, func(n rules.NameRule) bool { return n.ID == id }) {
			return true
		}
	}
	return false
}
