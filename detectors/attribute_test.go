package detectors

import (
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

func TestKeyColumn(t *testing.T) {
	files, err := rules.Section[rules.Attributes](nil, "attributes")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		why     string
		columns []string
		want    int
	}{
		{"French", []string{"client_id", "cle", "valeur"}, 1},
		{"as WordPress has it", []string{"umeta_id", "user_id", "meta_key", "meta_value"}, 2},
		{"camel case", []string{"attributeName", "attributeValue"}, 0},
		{"a column between", []string{"champ", "type", "valeur"}, 0},
		{"the value first is none", []string{"valeur", "cle"}, -1},
		{"no value", []string{"id", "name", "email"}, -1},
		{"too wide", []string{"a", "b", "c", "d", "e", "f", "g", "cle", "valeur"}, -1},
		{"one column", []string{"valeur"}, -1},
	} {
		var columns []item.Column
		for _, n := range test.columns {
			columns = append(columns, item.Column{Name: n})
		}
		if got := keyColumn(&files[0].Body, columns); got != test.want {
			t.Errorf("%s: %v: column %d, want %d", test.why, test.columns, got, test.want)
		}
	}
}

func TestIsName(t *testing.T) {
	for cell, want := range map[string]bool{
		"date_naissance": true, "Numéro de sécurité sociale": true, "billing_address_1": true, "12": false, "a,b": false,
		"Il était une fois dans une ville lointaine": false, "x=1": false, "_ga": true,
	} {
		if got := isName([]byte(cell)); got != want {
			t.Errorf("isName(%q) = %v", cell, got)
		}
	}
}
