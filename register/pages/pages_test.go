package pages

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/register"
)

const src = `ecart: 1
organisation: {name: "Clairière <b>", siren: "991234568", contact: {email: contact@clairiere.example}}
document: {transfers: none}
treatments:
  - id: paie
    name: Paie *et* salaires
    role: controller
    purposes: [Calcul des salaires]
    legal_bases: [legal_obligation]
    special_category_basis: employment_social_security
    data_subjects: [salariés]
    data: [{category: health, retention: {duration: P5Y, starts: départ}}, {category: nir}]
    recipients: [{name: URSSAF, country: FR, kind: partner}]
    security: [Coffre]
    systems: [s]
    notes: interne
systems: [{id: s, name: Logiciel, host: {provider: OVH}}]
`

func pageOf(t *testing.T, write func(*bytes.Buffer, *register.Register) error) string {
	t.Helper()
	reg, err := register.Parse("r.yaml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := write(&b, reg); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMarkdown(t *testing.T) {
	got := pageOf(t, func(b *bytes.Buffer, r *register.Register) error { return Markdown(b, r, "fr") })
	for _, want := range []string{"# Registre des activités de traitement — Clairière &lt;b&gt;", `## Paie \*et\* salaires`, "données de santé : 5 ans, à compter de : départ", "URSSAF (partenaire institutionnel ou commercial, France)", "aucun", "Coffre", "Logiciel (OVH)", "droit du travail"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if en := pageOf(t, func(b *bytes.Buffer, r *register.Register) error { return Markdown(b, r, "en") }); !strings.Contains(en, "health data: 5 years, from: départ") {
		t.Error(en)
	}
}

// The page for the public keeps to itself what is not for it.
func TestHTML(t *testing.T) {
	got := pageOf(t, func(b *bytes.Buffer, r *register.Register) error { return HTML(b, r, "fr") })
	for _, want := range []string{`<html lang="fr">`, "Clairière &lt;b&gt;", "Calcul des salaires", `id="paie"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, no := range []string{"Coffre", "OVH", "interne", "http://", "https://", "<script"} {
		if strings.Contains(got, no) {
			t.Errorf("%q is in the page", no)
		}
	}
}

func TestJSONLD(t *testing.T) {
	got := pageOf(t, func(b *bytes.Buffer, r *register.Register) error { return JSONLD(b, r) })
	var doc struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(got), &doc); err != nil || len(doc.Graph) != 2 {
		t.Fatal(err, len(doc.Graph))
	}
	for _, want := range []string{"dpv:DataController", "eu-gdpr:A6-1-c", "eu-gdpr:A9-2-b", "pd:Health", "dpv:SpecialCategoryPersonalData", `"P5Y"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
}

// What the document says of recipients and transfers is stated once, under no treatment.
func TestSaidOnce(t *testing.T) {
	reg := &register.Register{
		Document: register.Document{
			Recipients: []register.Recipient{{Name: "Matomo"}},
			Transfers:  register.Transfers{List: []register.Transfer{{Recipient: "Mailchimp", Country: "US"}}},
		},
		Treatments: []register.Treatment{{ID: "a", Name: "Accueil"}, {ID: "b", Name: "Vidéosurveillance", Recipients: []register.Recipient{{Name: "Police"}}}},
	}
	forms := map[string]func(*bytes.Buffer) error{
		"md":     func(b *bytes.Buffer) error { return Markdown(b, reg, "fr") },
		"html":   func(b *bytes.Buffer) error { return HTML(b, reg, "fr") },
		"jsonld": func(b *bytes.Buffer) error { return JSONLD(b, reg) },
	}
	for name, write := range forms {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		for _, who := range []string{"Matomo", "Mailchimp", "Police", "Dit pour l'ensemble des traitements"} {
			if n := strings.Count(strings.ReplaceAll(got, "&#39;", "'"), who); n != 1 {
				t.Errorf("%s: %q %d times in\n%s", name, who, n, got)
			}
		}
	}
}
