package names

import (
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// A column that is a person's own makes rows of persons of a list, whatever the file
// is called; without one a list is something to choose from.
func TestListOfPersons(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	j, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		neighbours []string
		want       bool
	}{
		{[]string{"nom", "nir", "iban"}, true},
		{[]string{"nom", "code", "ordre"}, false},
	} {
		v := j.Judge(item.Column{Name: "nom", Container: "liste", Neighbours: c.neighbours})
		if got := len(v) > 0 && v[0].Category == "person_name" && v[0].Confidence >= detectors.Sure; got != c.want {
			t.Errorf("liste.nom beside %v: %+v", c.neighbours, v)
		}
	}
}
