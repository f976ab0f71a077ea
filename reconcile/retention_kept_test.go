package reconcile

import (
	"slices"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

// A purge is held to the treatment it speaks of, and to no other.
func TestKeptTooLong(t *testing.T) {
	reg, err := register.Parse("r.yaml", []byte(`ecart: 1
treatments:
  - {id: recrutement, name: Recrutement, data_subjects: [candidats], data: [{category: email, retention: {duration: P2Y, starts: dernier contact}}], systems: [app]}
  - {id: clients, name: Gestion des clients, data: [{category: email, retention: {duration: P3Y, archive: {duration: P5Y}}}], systems: [app]}
  - {id: visites, name: Mesure d'audience, data: [{category: online_activity, retention: {duration: P13M}}], systems: [site]}
  - {id: factures, name: Facturation, data: [{category: iban}], systems: [base]}
systems:
  - {id: app, locations: ["repo:src/**"]}
  - {id: site, locations: ["repo:site/**"]}
  - {id: base, locations: ["db:public.reglement"]}
`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why, path, of, inside, kept string
		sink                        item.Sink
		want                        []string
	}{
		{"longer than declared", "src/purge.py", "candidats", "purger", "P5Y", item.SinkPurge, []string{"recrutement"}},
		{"told by the function", "src/purge.py", "retention_days", "purgeCandidats", "P1825D", item.SinkPurge, []string{"recrutement"}},
		{"as declared", "src/purge.py", "candidats", "purger", "P24M", item.SinkPurge, nil},
		{"shorter", "src/purge.py", "candidats", "purger", "P1Y", item.SinkPurge, nil},
		{"with its archive it is as declared", "src/purge.py", "clients", "purger", "P8Y", item.SinkPurge, nil},
		{"nobody knows of what, among two", "src/purge.py", "retention", "purge_data", "P9Y", item.SinkPurge, nil},
		{"the only treatment of the place", "site/purge.py", "retention", "purge_data", "P9Y", item.SinkPurge, []string{"visites"}},
		{"a cookie", "site/cookies.js", "_suivi", "suivre", "P730D", item.SinkCookie, []string{"visites"}},
		{"a cookie where no such data is declared", "src/cookies.js", "_suivi", "suivre", "P730D", item.SinkCookie, nil},
		{"a table without persons", "site/purge.sql", "produits", "", "P15Y", item.SinkPurge, nil},
		{"a table of persons by its name", "site/purge.sql", "utilisateurs", "", "P15Y", item.SinkPurge, []string{"visites"}},
		{"a cookie of a choice", "site/cookies.js", "lang", "choisir", "P3Y", item.SinkCookie, nil},
		{"nothing declared to compare with", "src/purge.sql", "reglement", "", "P30Y", item.SinkPurge, nil},
	} {
		f := detectors.Finding{At: item.Location{Target: "repo", Path: c.path}, Identifier: c.of, Scope: c.inside, Kept: c.kept, Sink: c.sink, Evidence: detectors.ByFlow, Confidence: 0.8, Count: 1}
		if c.sink == item.SinkCookie {
			f.Category = "online_activity"
		}
		res := Reconcile(Input{
			Rules: r, Register: reg, Date: "2026-11-22", Targets: []Target{{Name: "repo", Code: true}, {Name: "db", Tables: true}},
			Findings: slices.Values([]detectors.Finding{f}), Coverage: map[string]*item.Coverage{},
		})
		var got []string
		for _, g := range res.Gaps {
			if g.Kind == RetentionExceeded {
				got = append(got, g.Treatment)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}

// A time to live is held to the retention of the data it deletes: the shortest
// among them, of the class it stands in or the table it names.
func TestPurgeHeldToItsData(t *testing.T) {
	reg, err := register.Parse("r.yaml", []byte(`ecart: 1
treatments:
  - {id: visites, name: Visites, data: [{category: ip_address, retention: {duration: P1Y}}, {category: email, retention: {duration: P3Y}}, {category: health, retention: {duration: P20Y}}], systems: [site]}
systems: [{id: site, locations: ["repo:**"]}]
`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	declared := func(path, table, column, category string, line int) detectors.Finding {
		return detectors.Finding{At: item.Location{Target: "repo", Path: path, Place: item.Place{Line: line, Table: table, Column: column}}, Category: category, Declared: true, Identifier: column, Evidence: detectors.ByName, Confidence: 0.9, Count: 1}
	}
	for _, c := range []struct {
		why, path, of, kept string
		line                int
		name, found         string // wanted; empty for no gap
	}{
		{"the class around it", "visite.js", "createdAt", "P1095D", 5, "Visite", "ip_address"},
		{"within the shortest", "visite.js", "createdAt", "P12M", 5, "", ""},
		{"another class of the file", "visite.js", "createdAt", "P1095D", 9, "", ""},
		{"a table named far away", "jobs/purge.sql", "visites_web", "P2Y", 1, "visites_web", "ip_address"},
	} {
		purge := detectors.Finding{At: item.Location{Target: "repo", Path: c.path, Place: item.Place{Line: c.line}}, Identifier: c.of, Kept: c.kept, Sink: item.SinkPurge, Evidence: detectors.ByFlow, Confidence: 0.8, Count: 1}
		res := Reconcile(Input{
			Rules: r, Register: reg, Date: "2026-11-22", Targets: []Target{{Name: "repo", Code: true}},
			Findings: slices.Values([]detectors.Finding{purge, declared("visite.js", "Visite", "adresseIp", "ip_address", 3), declared("visite.js", "Visite", "email", "email", 4), declared("visite.js", "Lettre", "email", "email", 8)}),
			Coverage: map[string]*item.Coverage{},
		})
		name, found := "", ""
		for _, g := range res.Gaps {
			if g.Kind == RetentionExceeded {
				name, found = g.Detail.FoundName, g.Detail.Found
			}
		}
		if name != c.name || found != c.found {
			t.Errorf("%s: %q for %q, want %q for %q", c.why, name, found, c.name, c.found)
		}
	}
}
