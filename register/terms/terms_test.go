package terms

import (
	"slices"
	"strings"
	"testing"
)

func TestCategories(t *testing.T) {
	c, err := NewCategories()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ text, want string }{
		{"nom, prénom, adresse e-mail, n° de téléphone", "person_name person_name email phone"},
		{"Noms, prénoms, adresses", "person_name person_name postal_address"},
		{"RIB", "bank_account"},
		{"Numéros de sécurité sociale des salariés", "nir"},
		{"date et lieu de naissance", "birth_date birth_place"},
		{"Données relatives à la vie personnelle et professionnelle", "family_situation professional_life"},
		{"Données d’identification (nom, date de naissance)", "person_name birth_date"},
		{"données de connexion : adresse IP, logs", "ip_address online_activity"},
		{"vos coordonnées", "contact_details"},
		{"écrivez à l'adresse suivante", ""},
		{"immatriculation à l’URSSAF", ""},
		{"votre position GPS", "geolocation"},
		{"DATE DE NAISSANCE ET NATIONALITÉ", "birth_date nationality"},
		{"santé et sécurité au travail", ""},
	} {
		var got []string
		for _, m := range c.Find(tt.text) {
			got = append(got, m.Category)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: got %q, want %q", tt.text, s, tt.want)
		}
	}
}

// The vocabulary carries its own proof.
func TestExamples(t *testing.T) {
	c, err := NewCategories()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := Entries("categories")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		for _, text := range e.Hit {
			if !named(c, text, e.ID) {
				t.Errorf("%s is not found in %q", e.ID, text)
			}
		}
		for _, text := range e.Miss {
			if named(c, text, e.ID) {
				t.Errorf("%s is found in %q", e.ID, text)
			}
		}
	}
}

func named(c *Categories, text, id string) bool {
	return slices.ContainsFunc(c.Find(text), func(m Term) bool { return m.Category == id })
}

func FuzzRead(f *testing.F) {
	f.Add("Données d’identification (nom, prénom) ; salarié·e·s")
	c, err := NewCategories()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, m := range c.Find(s) {
			if m.Start >= m.End || m.End > len(s) {
				t.Fatalf("span %d to %d of %d bytes", m.Start, m.End, len(s))
			}
		}
	})
}
