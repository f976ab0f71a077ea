package columns

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/sheet"
)

func book(sheets ...string) *sheet.Book {
	b := &sheet.Book{}
	for _, text := range sheets {
		name, rows, _ := strings.Cut(text, "\n")
		s := sheet.Sheet{Name: name}
		for _, l := range strings.Split(strings.TrimSpace(rows), "\n") {
			s.Rows = append(s.Rows, strings.Split(l, "|"))
		}
		b.Sheets = append(b.Sheets, s)
	}
	return b
}

func guessed(t *testing.T, b *sheet.Book) *register.Register {
	t.Helper()
	r, notes, err := Guessed("r.xlsx", b)
	if err != nil {
		t.Fatal(err, notes)
	}
	return r
}

func categoriesOf(t register.Treatment) (ids []string) {
	for _, d := range t.Data {
		ids = append(ids, d.Category)
	}
	return ids
}

// A title above, the service before the treatment, cells that were merged, a group, a
// second table below.
func TestGuessedTable(t *testing.T) {
	r := guessed(t, book(`Registre
Registre des activités de traitement||||||
Mis à jour par la direction||||||
Service|Activité de traitement|Finalité|Base légale|Catégories de données|Durée de conservation|Transferts hors UE
Ressources humaines||||||
RH|Paie|Payer les salaires|Obligation légale|Nom, NIR, RIB|5 ans|Non
|||||10 ans pour les pièces comptables|
RH|Recrutement|Choisir un candidat|Mesures précontractuelles|CV, téléphone|2 ans après le dernier contact|Non
Intitulé du traitement|Base juridique|Données|Destinataires|||
Lettre|Consentement|adresse e-mail|Brevo|||`))
	if len(r.Treatments) != 3 {
		t.Fatal(len(r.Treatments))
	}
	pay := r.Treatments[0]
	if pay.Name != "Paie" || !slices.Contains(categoriesOf(pay), "nir") || !pay.Transfers.None || pay.LegalBases[0] != "legal_obligation" {
		t.Errorf("%+v", pay)
	}
	if len(pay.Retention) != 2 || pay.Retention[1].Duration != "P10Y" {
		t.Errorf("%+v", pay.Retention)
	}
	if l := r.Treatments[2]; l.Name != "Lettre" || l.Recipients[0].Name != "Brevo" || l.LegalBases[0] != "consent" {
		t.Errorf("%+v", l)
	}
}

// A card a sheet, a sheet that says whose register it is, a sheet that is neither.
func TestGuessedCards(t *testing.T) {
	r := guessed(t, book(`Identité
Organisme|Les Aides du Causse
DPO|Odile Fabre (dpo@causse.example)`, `Lisez-moi
Complétez une fiche par traitement`, `Fiche 1
Nom du traitement :|Suivi des bénéficiaires
Finalité|Coordonner les interventions
Base légale|Contrat
Personnes concernées|bénéficiaires, familles
Données|Nom, adresse
|Données de santé
Durée de conservation|2 ans
Destinataires|Conseil départemental`, `Vidéosurveillance
Objectif|Sécurité des locaux
Base juridique|Intérêt légitime
Données traitées|images
Durée|30 jours`))
	if r.Organisation.Name != "Les Aides du Causse" || r.Organisation.DPO.Email != "dpo@causse.example" || r.Organisation.DPO.Name != "Odile Fabre" {
		t.Errorf("%+v", r.Organisation)
	}
	if len(r.Treatments) != 2 || r.Treatments[0].Name != "Suivi des bénéficiaires" || r.Treatments[1].Name != "Vidéosurveillance" {
		t.Fatalf("%+v", r.Treatments)
	}
	if ids := categoriesOf(r.Treatments[0]); !slices.Contains(ids, "health") || !slices.Contains(ids, "postal_address") {
		t.Error(ids)
	}
	if !slices.Contains(r.Absent, "security") || slices.Contains(r.Absent, "recipients") {
		t.Error(r.Absent)
	}
}

func TestGuessedRefuses(t *testing.T) {
	for name, b := range map[string]*sheet.Book{
		"a price list":   book("Tarifs\nRéférence|Prix|Durée\nA1|12|2 ans"),
		"a staff list":   book("Personnel\nNom|Service|Adresse\nUntel|RH|1 rue du Four"),
		"an empty sheet": {Sheets: []sheet.Sheet{{Name: "Feuille1"}}},
		"no sheet":       {},
	} {
		if _, _, err := Guessed("r.csv", b); !errors.Is(err, ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzGuessed(f *testing.F) {
	f.Add("S\nTraitement|Base légale|Données|Durée\nPaie|contrat|NIR|5 ans")
	f.Add("S\nNom du traitement|Paie\nDonnées|NIR\nBase légale|contrat")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			return
		}
		if r, _, err := Guessed("r.csv", book(text)); err == nil {
			var out strings.Builder
			if err := r.WriteYAML(&out); err != nil {
				t.Fatal(err)
			}
			if _, err := register.Parse("r.yaml", []byte(out.String())); err != nil {
				t.Fatal(err)
			}
		}
	})
}
