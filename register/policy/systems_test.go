package policy

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Where data are kept becomes a system of the draft, with its host and country
// when the text says them, and of the treatments the sentence speaks of.
func TestSystems(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string // name, host, country
		used bool     // by the treatment
	}{
		{"Les fichiers sont enregistrés dans un Dropbox partagé.", []string{"Dropbox//"}, true},
		{"Vos données sont hébergées par OVH, en France.", []string{"OVH//FR"}, true},
		{"Vos données sont conservées dans un centre de données situé en Irlande.", []string{"Centre de données//IE"}, true},
		{"Les dossiers sont tenus dans le logiciel Fictidoc, hébergé par la société Nuagix.", []string{"Fictidoc/Nuagix/"}, false},
		{"Nos prestataires : OVH (hébergement), Stripe (paiement).", []string{"OVH//"}, false},
		{"Nous n'hébergeons rien chez OVH.", nil, false},
		{"On entend par hébergeur celui qui stocke des données, comme OVH.", nil, false},
	} {
		head := "Politique de confidentialité\n\nNos traitements\n\n- Gestion des adhérents (exécution du contrat) ;\n\nOù sont vos données ?\n\n"
		p, err := Read("p.txt", []byte(head+tt.text+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range p.Draft.Systems {
			host, country := "", ""
			if s.Host != nil {
				country = s.Host.Country
				if s.Host.Provider != s.Name {
					host = s.Host.Provider
				}
			}
			got = append(got, fmt.Sprintf("%s/%s/%s", s.Name, host, country))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: systems %s, want %s", tt.text, got, tt.want)
		}
		if len(p.Draft.Treatments) != 1 {
			t.Fatalf("%q: %d treatments", tt.text, len(p.Draft.Treatments))
		}
		if used := len(p.Draft.Treatments[0].Systems) > 0; used != tt.used {
			t.Errorf("%q: treatment uses %s", tt.text, p.Draft.Treatments[0].Systems)
		}
		var out strings.Builder
		if err := p.Draft.WriteYAML(&out); err != nil || tt.want != nil && !strings.Contains(out.String(), "TODO locations") {
			t.Errorf("%q: no TODO for the locations, %v", tt.text, err)
		}
	}
}

// A processor's services told in prose are treatments of their own, and so is
// what only the section on retention tells.
func TestProseTreatments(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"En tant que sous-traitant, nous hébergeons les fichiers de nos clients et assistons leurs utilisateurs.", []string{"Héberger les fichiers de nos clients", "Assister leurs utilisateurs"}},
		{"Pour le compte de nos clients, nous assurons la maintenance, la sauvegarde et le support.", []string{"Maintenance", "Sauvegarde", "Support"}},
		{"Nous nous en servons pour tenir votre dossier, éditer les cartes et organiser les cours.", []string{"Tenir votre dossier", "Éditer les cartes", "Organiser les cours"}},
		{"Chaque mois, nous envoyons une lettre d'information aux abonnés.", []string{"Lettre d'information"}},
		{"Combien de temps ?\n\nLes images de vidéosurveillance sont effacées au bout de 21 jours.", []string{"Vidéosurveillance"}},
		{"Nous respectons vos droits et garantissons la confidentialité pour le compte de nos clients.", nil},
	} {
		p, err := Read("p.txt", []byte("Politique de confidentialité\n\n"+tt.text+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range p.Draft.Treatments {
			got = append(got, x.Name)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}
