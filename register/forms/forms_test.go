package forms

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/rules"
)

func TestRetentionsComeBack(t *testing.T) {
	for _, r := range []register.Retention{
		{Duration: "P5Y"},
		{Duration: "P13M", Starts: "débit"},
		{Duration: "P1Y6M", Max: "P2Y", Subject: "candidats non retenus"},
		{Criterion: "durée de la relation contractuelle"},
		{Duration: "PT24H"},
		{Duration: "P2W"},
		{Duration: "P0D"},
		{Duration: "P3Y", Starts: "dernier contact", Archive: &register.Archive{Duration: "P5Y", Starts: "clôture"}},
	} {
		all := []register.Retention{r, {Duration: "P1D"}}
		if d := cmp.Diff(all, Retentions(RetentionText(all))); d != "" {
			t.Errorf("%s: %s", RetentionText(all), d)
		}
	}
}

func TestRetentionsAsPeopleWrite(t *testing.T) {
	for text, want := range map[string]register.Retention{
		"5 ans à compter du versement de la paie":      {Duration: "P5Y", Starts: "versement de la paie"},
		"trente-six (36) mois":                         {Duration: "P36M"},
		"2 ans en base active puis archivage de 3 ans": {Duration: "P2Y", Archive: &register.Archive{Duration: "P3Y"}},
		"Durée légale":                                 {Criterion: "Durée légale"},
		"jusqu'à la fin du contrat":                    {Criterion: "jusqu'à la fin du contrat"},
	} {
		got := Retentions(text)
		if len(got) != 1 {
			t.Errorf("%s: %+v", text, got)
			continue
		}
		if d := cmp.Diff(want, got[0]); d != "" {
			t.Errorf("%s: %s", text, d)
		}
	}
	if got := Retentions("Néant"); len(got) != 0 {
		t.Errorf("nothing said: %+v", got)
	}
}

// Each label reads back as its category, alone and beside others.
func TestLabelsComeBack(t *testing.T) {
	all, err := rules.List[rules.Category](nil, "categories")
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range all {
		other := all[(i+7)%len(all)]
		got, err := Categories(c.Label.FR + ", " + other.Label.FR)
		if err != nil || !slices.Equal(got, []string{c.ID, other.ID}) {
			t.Errorf("%s, %s: %v %v", c.Label.FR, other.Label.FR, got, err)
		}
	}
}

func TestCategoriesAsPeopleWrite(t *testing.T) {
	for text, want := range map[string]string{
		"Noms, prénoms, adresses": "person_name postal_address",
		"RIB":                     "bank_account",
		"Numéros de sécurité sociale des salariés": "nir",
		"Nom, prénom, date de naissance, e-mail":   "person_name birth_date email",
		"Pièce d'identité, téléphone":              "id_document phone",
	} {
		got, err := Categories(text)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
}

func TestDate(t *testing.T) {
	for cell, want := range map[string]string{
		"26/05/2018": "2018-05-26", "2018-05-26T00:00:00": "2018-05-26", "43246": "2018-05-26", "1/2/2020": "2020-02-01",
		"12/03/2021 à 10:30": "2021-03-12", "": "", "mai 2018": "", "31/02/2020": "", "ref-001": "",
	} {
		if got := Date(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

func TestCountry(t *testing.T) {
	for name, want := range map[string]string{
		"France": "FR", "Etats-Unis": "US", "ÉTATS-UNIS": "US", "Côte d’Ivoire": "CI", "Royaume-Uni": "GB", "UK": "GB", "ie": "IE", "Iles FEROE": "FO", "Atlantide": "", "": "",
	} {
		if got := Country(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestIDs(t *testing.T) {
	ids := IDs{}
	for _, test := range [][2]string{{"Gestion de la paie", "gestion-de-la-paie"}, {"Gestion de la  paie !", "gestion-de-la-paie-2"}, {"", "traitement"}, {"Œuvres sociales", "oeuvres-sociales"}} {
		if got := ids.New(test[0]); got != test[1] {
			t.Errorf("%q: %q", test[0], got)
		}
	}
}

func TestItems(t *testing.T) {
	got := Items("URSSAF, « Mairie, service social » ; Mutuelle (santé, prévoyance)\n- Banque\nNéant")
	if want := []string{"URSSAF", "Mairie, service social", "Mutuelle (santé, prévoyance)", "Banque"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, name := range []string{"URSSAF", "A, B", "A ; B"} {
		if got := Items(Item(name)); !slices.Equal(got, []string{name}) {
			t.Errorf("%q", got)
		}
	}
}
