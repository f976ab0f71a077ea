package all

import (
	"slices"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// The cells of a column that names what each row holds are judged like columns,
// once each, whatever the blocks the rows come in.
func TestAttributesInRows(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := Engine(r)
	if err != nil {
		t.Fatal(err)
	}
	columns := []item.Column{{Container: "client_attributs", Name: "client_id"}, {Container: "client_attributs", Name: "cle"}, {Container: "client_attributs", Name: "valeur"}}
	s := engine.Scanner()
	s.Begin(item.Location{Path: "client_attributs.csv"}, detectors.Options{})
	for line, row := range [][3]string{{"1", "groupe_sanguin", "A+"}, {"1", "couleur", "rouge"}, {"2", "groupe_sanguin", "O-"}} {
		text, cells := "", item.Cells{}
		for i, c := range row {
			cells = append(cells, item.Cell{Column: i, Start: len(text), End: len(text) + len(c), Line: line + 2})
			text += c + ";"
		}
		if err := s.Add(&item.Segment{Kind: item.Table, Text: []byte(text), Columns: columns, Grid: cells}); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, f := range s.End() {
		if f.Confidence >= detectors.Sure {
			got = append(got, f.Category+" "+f.At.Column)
		}
	}
	if want := []string{"health groupe_sanguin"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
