package register

import (
	"strings"
	"testing"
)

const edited = `ecart: 1
# le registre de l'atelier
organisation: {name: Ateliers}
treatments:
  - {id: paie, name: Paie, purposes: [Paie],
     data: [{category: person_name, retention: {duration: P5Y}}], recipients: [{name: RH, country: FR}], systems: [paie]}
  # le recrutement est revu chaque année
  - id: recrutement   # tous les postes
    name: Recrutement
    data:
      - {category: email}   # adresse de contact

      # fin des données
    recipients: []
    systems: [paie]

  - id: vide
    name: Été
systems:
  - {id: paie, name: Logiciel, locations: ["db:paie.*"]}
# fin
`

func TestApplyKeepsTheRest(t *testing.T) {
	out, err := Apply("r.yaml", []byte(edited), []Edit{
		{Treatment: "paie", Category: "iban"},
		{Treatment: "paie", Recipient: &Recipient{Name: "Mailjet"}},
		{Treatment: "recrutement", Category: "nir"},
		{Treatment: "recrutement", Recipient: &Recipient{Name: "Société « É »"}},
		{Treatment: "vide", Category: "phone"},
		{NewTreatment: &Treatment{ID: "nouveau", Name: "Nouveau", Data: []Datum{{Category: "phone"}}, Systems: []string{"vrac"}}},
		{NewSystem: &System{ID: "vrac", Name: "vrac", Locations: []string{"share:vrac/**"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(edited, "\n") {
		if i := strings.Index(line, "#"); i >= 0 && !strings.Contains(string(out), line[i:]) {
			t.Errorf("lost: %s", line)
		}
	}
	reg := parse(t, string(out))
	got := func(id string) string {
		var all []string
		for _, d := range reg.Treatment(id).Data {
			all = append(all, d.Category)
		}
		for _, c := range reg.Treatment(id).Recipients {
			all = append(all, c.Name)
		}
		return strings.Join(all, " ")
	}
	for id, want := range map[string]string{"paie": "person_name iban RH Mailjet", "recrutement": "email nir Société « É »", "vide": "phone", "nouveau": "phone"} {
		if got(id) != want {
			t.Errorf("%s: %s, want %s\n%s", id, got(id), want, out)
		}
	}
	if reg.System("vrac") == nil || !strings.Contains(string(out), "# TODO purposes") {
		t.Errorf("%s", out)
	}
	if strings.Index(string(out), "nouveau") > strings.Index(string(out), "systems:\n") {
		t.Error("the new treatment stands after the systems")
	}
}

func TestApplyToAnEmptyRegister(t *testing.T) {
	for _, src := range []string{
		"ecart: 1\norganisation: {name: Essai}\ntreatments: []\nsystems: []\n",
		"ecart: 1\n", "ecart: 1\ntreatments:\nsystems:\n", "{ecart: 1}\n", "ecart: 1\ntreatments: [{id: a}]\nsystems: [{id: b}]\n",
		"ecart: 1\ntreatments:\n- id: a\n  data:\n  - email\nsystems:\n- id: b\n",
	} {
		out, err := Apply("r.yaml", []byte(src), []Edit{
			{NewSystem: &System{ID: "vrac", Name: "vrac", Locations: []string{"share:vrac/**"}}},
			{NewTreatment: &Treatment{ID: "nouveau", Name: "Nouveau", Data: []Datum{{Category: "phone"}}, Systems: []string{"vrac"}}},
			{Treatment: "nouveau", Category: "email"},
		})
		if err != nil {
			t.Errorf("%s%v", src, err)
			continue
		}
		reg := parse(t, string(out))
		if n := reg.Treatment("nouveau"); n == nil || len(n.Data) != 2 || reg.System("vrac") == nil {
			t.Errorf("%s\n%s", src, out)
		}
	}
}

func TestApplyRefusesWhatItCannotEdit(t *testing.T) {
	src := "ecart: 1\ntreatments:\n  - id: a\n    data: nir\n"
	if out, err := Apply("r.yaml", []byte(src), []Edit{{Treatment: "a", Category: "email"}}); err == nil {
		t.Errorf("%s", out)
	}
	if _, err := Apply("r.yaml", []byte(src), []Edit{{Treatment: "b", Category: "email"}}); err == nil {
		t.Error("a treatment that is not there")
	}
}
