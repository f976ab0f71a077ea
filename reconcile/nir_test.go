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

// A NIR is an error wherever no purpose allows it, in the name of a file too;
// where one does, the name alone is a gap, of the treatment that allows it.
func TestNIR(t *testing.T) {
	const data = "data: [{category: nir, retention: {duration: P5Y}}], systems: [app]"
	const recruits, pays = "{id: recrutement, name: Recrutement, purposes: [Recrutement], " + data + "}", "{id: paie, name: Paie, purposes: [Calcul de la paie], " + data + "}"
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	inside := detectors.Finding{Category: "nir", Evidence: detectors.ByValue, Detector: "fr.nir"}
	named := detectors.Finding{Category: "nir", Evidence: detectors.ByMetadata, Detector: detectors.ByFileName}
	key := inside
	key.Key = true
	for _, c := range []struct {
		why, treatments string
		f               detectors.Finding
		want            []string
	}{
		{"inside, not allowed", recruits, inside, []string{"error recrutement"}},
		{"inside, allowed", pays, inside, nil},
		{"the name of a file, not allowed", recruits, named, []string{"error recrutement"}},
		{"the name of a file, allowed", pays, named, []string{"warning paie name"}},
		{"the name of a file, one of two allows it", recruits + ", " + pays, named, []string{"warning paie name"}},
		{"a key, allowed", pays, key, []string{"error  key"}},
	} {
		reg, err := register.Parse("r.yaml", []byte("ecart: 1\ntreatments: ["+c.treatments+"]\nsystems: [{id: app, locations: [\"share:**\"]}]\n"))
		if err != nil {
			t.Fatal(err)
		}
		c.f.At, c.f.Confidence, c.f.Count = item.Location{Target: "share", Path: "dossiers/‹nir›.pdf"}, 0.9, 1
		res := Reconcile(Input{Rules: r, Register: reg, Date: "2026-11-22", Targets: []Target{{Name: "share"}}, Findings: slices.Values([]detectors.Finding{c.f}), Coverage: map[string]*item.Coverage{}})
		var got []string
		for _, g := range res.Gaps {
			if g.Kind == NIRNotAuthorised && g.At.Target == "share" {
				got = append(got, strings.TrimSpace(string(g.Level)+" "+g.Treatment+" "+g.Detail.Found))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}
