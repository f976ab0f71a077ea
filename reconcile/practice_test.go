package reconcile

import (
	"slices"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

func TestPractices(t *testing.T) {
	reg, err := register.Parse("r.yaml", []byte(`ecart: 1
treatments:
  - {id: clients, name: Clients, data: [{category: email, retention: {duration: P3Y}}], systems: [app]}
  - {id: dons, name: Dons, data: [{category: iban}], systems: [dons]}
systems:
  - {id: app, name: Application, locations: ["repo:src/**"]}
  - {id: dons, locations: ["repo:dons/**"]}
`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	at := func(path string) detectors.Finding {
		return detectors.Finding{At: item.Location{Target: "repo", Path: path, Place: item.Place{Line: 3}}, Confidence: 0.9, Count: 1}
	}
	with := func(path string, change func(*detectors.Finding)) detectors.Finding {
		f := at(path)
		change(&f)
		return f
	}
	field := func(path string) detectors.Finding {
		return with(path, func(f *detectors.Finding) {
			f.Category, f.Declared, f.Evidence, f.Identifier = "email", true, detectors.ByName, "courriel"
		})
	}
	sink := func(path string, s item.Sink, of, kept string) detectors.Finding {
		return with(path, func(f *detectors.Finding) { f.Sink, f.Evidence, f.Identifier, f.Kept = s, detectors.ByFlow, of, kept })
	}
	third := func(id, clue string) detectors.Finding {
		return with("site/page.html", func(f *detectors.Finding) {
			f.Evidence, f.Third = detectors.BySight, &item.Third{ID: id, Clue: clue, Line: 3}
		})
	}
	cookie := sink("src/c.js", item.SinkCookie, "_suivi", "P730D")
	cookie.Category = "online_activity"
	for _, c := range []struct {
		why      string
		findings []detectors.Finding
		unread   bool
		want     []string
	}{
		{"kept for a time, and nothing deletes", []detectors.Finding{field("src/a.py")}, false, []string{"rcode-purge"}},
		{"a job somewhere in the target", []detectors.Finding{field("src/a.py"), sink("infra/x.tf", item.SinkPurge, "depots", "P90D")}, false, nil},
		{"no period declared", []detectors.Finding{field("dons/a.py")}, false, nil},
		{"not all was read", []detectors.Finding{field("src/a.py")}, true, nil},
		{"a long cookie", []detectors.Finding{cookie}, false, []string{"rcode-cookie"}},
		{"visits kept long", []detectors.Finding{sink("src/p.sql", item.SinkPurge, "page_visits", "P3Y")}, false, []string{"rcode-visits"}},
		{"visits kept as the reference says", []detectors.Finding{sink("src/p.sql", item.SinkPurge, "page_visits", "P25M")}, false, nil},
		{"something else kept long", []detectors.Finding{sink("src/p.sql", item.SinkPurge, "factures", "P10Y")}, false, nil},
		{"a tracker alone", []detectors.Finding{third("google-analytics", "script")}, false, []string{"rcode-consent"}},
		{"a tracker with a tool of one's own", []detectors.Finding{third("google-analytics", "script"), sink("site/c.js", item.SinkConsent, "tarteaucitron", "")}, false, nil},
		{"a tracker with a service", []detectors.Finding{third("google-analytics", "script"), third("didomi", "script")}, false, nil},
		{"no tracker", []detectors.Finding{third("stripe", "script")}, false, nil},
	} {
		coverage := &item.Coverage{Items: 1, Read: 1}
		if c.unread {
			coverage.Unread = []item.Unread{{At: item.Location{Target: "repo", Path: "src/b.py"}}}
		}
		res := Reconcile(Input{
			Rules: r, Register: reg, Date: "2026-11-22", Targets: []Target{{Name: "repo", Code: true}},
			Findings: slices.Values(c.findings), Coverage: map[string]*item.Coverage{"repo": coverage},
		})
		var got []string
		for _, g := range res.Gaps {
			if g.Detail.Law != "" && len(g.Field) > 6 && g.Field[:6] == "rcode-" {
				got = append(got, g.Field)
				if g.Level != Note || g.Detail.Message.FR == "" {
					t.Errorf("%s: %s %q", c.why, g.Level, g.Detail.Message.FR)
				}
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}
