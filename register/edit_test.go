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

// What a skeleton leaves to say stays under it when others are added, and edits
// made twice change nothing but what is new.
func TestApplyKeepsTodosInPlace(t *testing.T) {
	skeleton := func(id string) Edit {
		return Edit{NewTreatment: &Treatment{ID: id, Name: "À préciser : " + id, Data: []Datum{{Category: "email"}}}}
	}
	src := "ecart: 1\ntreatments: []\nsystems: []\n"
	for range 2 { // in one go, and one by one
		out, err := Apply("r.yaml", []byte(src), []Edit{skeleton("a"), skeleton("b"), {NewSystem: &System{ID: "s", Name: "s", Locations: []string{"share:s/**"}}}, {NewSystem: &System{ID: "u", Name: "u", Locations: []string{"share:u/**"}}}})
		if err != nil {
			t.Fatal(err)
		}
		text := string(out)
		a, b, end := strings.Index(text, "- id: a"), strings.Index(text, "- id: b"), strings.Index(text, "\nsystems:")
		if n, m := strings.Count(text[a:b], "# TODO"), strings.Count(text[b:end], "# TODO"); n != 9 || m != 9 {
			t.Errorf("%d TODO under the first treatment, %d under the second, want 9 and 9:\n%s", n, m, text)
		}
		if longest(text) > 120 {
			t.Errorf("a line of %d characters:\n%s", longest(text), text)
		}
		src = "ecart: 1\n# vide\n"
	}
	out, err := Apply("r.yaml", []byte("ecart: 1\ntreatments:\n  - id: a\n    name: A\n    # TODO data: catégories\n    # TODO security: mesures\n"), []Edit{{Treatment: "a", Category: "email"}})
	if err != nil || strings.Contains(string(out), "TODO data") || !strings.Contains(string(out), "TODO security") {
		t.Errorf("a TODO that was answered stays, or another goes: %v\n%s", err, out)
	}
}

// A flow list that grows goes on below itself.
func TestApplyWrapsLongLists(t *testing.T) {
	src := []byte("ecart: 1\ntreatments:\n  - {id: a, name: A, data: [{category: email}]}\n  - id: b\n    name: B\n    data: [{category: email}]\n    recipients: [{name: Un destinataire au nom assez long}]\n")
	var edits []Edit
	for _, c := range []string{"phone", "iban", "nir", "health", "person_name", "birth_date", "postal_address", "geolocation"} {
		edits = append(edits, Edit{Treatment: "a", Category: c}, Edit{Treatment: "b", Category: c})
	}
	out, err := Apply("r.yaml", src, edits)
	if err != nil {
		t.Fatal(err)
	}
	reg := parse(t, string(out))
	if longest(string(out)) > 125 || len(reg.Treatment("a").Data) != 9 || len(reg.Treatment("b").Data) != 9 {
		t.Errorf("lines of %d characters, %d and %d categories:\n%s", longest(string(out)), len(reg.Treatment("a").Data), len(reg.Treatment("b").Data), out)
	}
}

func longest(text string) int {
	n := 0
	for _, l := range strings.Split(text, "\n") {
		n = max(n, len([]rune(l)))
	}
	return n
}
