package detectors_test

import (
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// TestRowsOfDeclaredColumns hands over a declaration, then rows of the same
// columns: one finding by name, a declaration, and one by value.
func TestRowsOfDeclaredColumns(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	e, err := all.Engine(r)
	if err != nil {
		t.Fatal(err)
	}
	s := e.Scanner()
	at := item.Location{Target: "base", Path: "public.salarie"}
	columns := []item.Column{{Container: "public.salarie", Name: "courriel", Type: "varchar", Length: 80, Line: 2}}
	s.Begin(at, detectors.Options{})
	text := []byte("('odette.vauclair@boite-perso.example')")
	for _, seg := range []*item.Segment{
		{At: at, Kind: item.Declare, Columns: columns},
		{At: at, Kind: item.Table, Columns: columns, Text: text, Grid: item.Cells{{Start: 2, End: len(text) - 2, Line: 9}}},
	} {
		if err := s.Add(seg); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[detectors.Evidence]int{}
	for _, f := range s.End() {
		seen[f.Evidence]++
		if f.Evidence == detectors.ByName && !f.Declared {
			t.Error("the finding by name is not a declaration")
		}
	}
	if seen[detectors.ByName] != 1 || seen[detectors.ByValue] != 1 {
		t.Errorf("findings by evidence: %v", seen)
	}
}
