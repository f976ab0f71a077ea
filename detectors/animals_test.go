package detectors_test

import (
	"slices"
	"testing"
)

// What is said of an animal is nobody's; its owner is somebody, and so is whoever has a
// first name, whatever the columns beside it are called.
func TestOwnersOfAnimals(t *testing.T) {
	for _, c := range []struct {
		why, table string
		has, not   []string
	}{
		{"the owner in a column", "espece;race;proprietaire;adresse\nchien;Épagneul;Odette Vauclair;3 rue du Bac 75011 Paris\nchat;Siamois;Jean Malaudry;4 rue du Bac 75011 Paris", []string{"proprietaire person_name"}, []string{"race ethnic_origin"}},
		{"persons with a race and a badge", "race;sexe;puce;nom;prenom;telephone\nA;F;1;Vauclair;Odette;06 39 98 00 01\nB;M;2;Malaudry;Jean;06 39 98 00 02", []string{"nom person_name", "prenom person_name", "sexe gender", "telephone phone"}, nil},
		{"animals", "race;sexe;puce;nom\nCharolaise;F;1;Marguerite\nCharolaise;M;2;Noisette", nil, []string{"nom person_name", "sexe gender"}},
		{"animals and the first name of their owner", "race;sexe;puce;nom;prenom_proprietaire\nCharolaise;F;1;Marguerite;Odette\nCharolaise;M;2;Noisette;Jean", []string{"prenom_proprietaire person_name"}, []string{"sexe gender"}},
	} {
		found := spoken(t, tableOf("saisie", c.table))
		for _, f := range c.has {
			if !slices.Contains(found, f) {
				t.Errorf("%s: %s missing in %v", c.why, f, found)
			}
		}
		for _, f := range c.not {
			if slices.Contains(found, f) {
				t.Errorf("%s: %s in %v", c.why, f, found)
			}
		}
	}
}
