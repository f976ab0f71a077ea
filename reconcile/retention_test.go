package reconcile

import (
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// The day somebody came in does not tell the end that a retention runs from, nor
// the last visit: such a gap is a note to be checked, and is not dropped.
func TestRetentionFromAnEnd(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why, starts, oldest string
		begun               bool
		want                []string
	}{
		{"came in long ago, from the end", "fin du contrat", "1999-03-01", true, []string{"note untold"}},
		{"came in long ago, from the last time", "dernière connexion", "1999-03-01", true, []string{"note untold"}},
		{"came in long ago, from that day", "inscription", "1999-03-01", true, []string{"warning"}},
		{"last seen long ago", "dernière connexion", "1999-03-01", false, []string{"warning"}},
		{"long ago, from the end", "fin du contrat", "1999-03-01", false, []string{"warning untold"}},
		{"came in this year", "fin du contrat", "2026-03-01", true, nil},
	} {
		reg, err := register.Parse("r.yaml", []byte("ecart: 1\ntreatments: [{id: c, name: Clients, data: [{category: email, retention: {duration: P1Y, starts: "+c.starts+"}}], systems: [s]}]\nsystems: [{id: s, locations: [\"share:**\"]}]\n"))
		if err != nil {
			t.Fatal(err)
		}
		f := detectors.Finding{Category: "email", Evidence: detectors.ByValue, Detector: "intl.email", Confidence: 0.9, Count: 2, Oldest: c.oldest, Begun: c.begun, At: item.Location{Target: "share", Path: "clients.csv"}}
		res := Reconcile(Input{Rules: r, Register: reg, Date: "2026-11-22", Targets: []Target{{Name: "share"}}, Findings: slices.Values([]detectors.Finding{f}), Coverage: map[string]*item.Coverage{}})
		var got []string
		for _, g := range res.Gaps {
			if g.Kind == RetentionExceeded {
				got = append(got, strings.TrimSpace(string(g.Level)+" "+g.Detail.Found))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}
