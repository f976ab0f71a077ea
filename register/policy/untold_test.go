package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/register"
)

const club = `LES RAMEURS DU BIEF
Association loi 1901 – 4 rue du Lavoir, 45000 Orléans – contact@bief.example

Protection des données

1. Adhésions
Pour adhérer, vous remplissez un bulletin : nom, prénom, adresse, e-mail, téléphone. La cotisation se paie en ligne sur HelloAsso. Nous gardons ces données pendant l'adhésion et trois ans après.

2. Sorties des mineurs
Avant chaque sortie, les parents remplissent une fiche sanitaire (allergies, traitements en cours, groupe sanguin, personne à prévenir). Ils donnent leur accord écrit pour que nous la lisions. La fiche est détruite dès le retour de la sortie. En cas d'accident, elle est remise aux secours.

3. Lettre d'information
Notre lettre part chaque mois par Mailchimp, dont les serveurs sont aux États-Unis ; nous avons signé avec eux les clauses contractuelles types. Il suffit de cliquer pour ne plus la recevoir.

4. Vidéoprotection
Deux caméras filment le hangar. Les images sont gardées quinze jours. Elles peuvent être remises à la gendarmerie ou visionnées par la police municipale.

5. Encadrement
Le casier judiciaire des animateurs est vérifié par le bureau, qui n'en garde pas copie : identité, date de naissance.

6. Site
La fréquentation du site est mesurée par Matomo, hébergé par nos soins, sans cookie.

7. Vos droits
Vous pouvez accéder à vos nom, prénom et adresse en nous écrivant.
`

func readClub(t *testing.T) *register.Register {
	t.Helper()
	p, err := Read("club.txt", []byte(club))
	if err != nil {
		t.Fatal(err)
	}
	return p.Draft
}

func about(r *register.Register, word string) *register.Treatment {
	for i := range r.Treatments {
		if strings.Contains(strings.ToLower(r.Treatments[i].Name), word) {
			return &r.Treatments[i]
		}
	}
	return &register.Treatment{}
}

// TestClub reads prose of a club: what is filled in, handed over, and kept at home.
func TestClub(t *testing.T) {
	r := readClub(t)
	if r.Organisation.Name != "LES RAMEURS DU BIEF" {
		t.Error("organisation:", r.Organisation.Name)
	}
	if got := idsOf(about(r, "adhésions").Data); !slices.Contains(got, "person_name") || !slices.Contains(got, "email") {
		t.Error("data of a form that is filled in:", got)
	}
	if x := about(r, "sorties"); !slices.Contains(idsOf(x.Data), "health") || x.SpecialCategoryBasis != "explicit_consent" || len(x.Recipients) != 1 || x.Recipients[0].Name != "secours" {
		t.Errorf("sheet of health: %v %s %v", idsOf(x.Data), x.SpecialCategoryBasis, x.Recipients)
	}
	if x := about(r, "vidéo"); len(x.Recipients) != 2 || !slices.Contains(idsOf(x.Data), "photo_or_media") {
		t.Errorf("cameras: %v, recipients %v", idsOf(x.Data), x.Recipients)
	}
	if about(r, "lettre").Name == "" {
		t.Error("a letter sent by a company is a treatment")
	}
	transfers := r.Document.Transfers.List
	for _, x := range r.Treatments {
		transfers = append(transfers, x.Transfers.List...)
		for _, c := range x.Recipients {
			if c.Name == "Matomo" {
				t.Error("a program kept at home is no recipient")
			}
		}
	}
	if len(transfers) != 1 || transfers[0].Recipient != "Mailchimp" || transfers[0].Country != "US" || transfers[0].Safeguard != "scc" {
		t.Errorf("transfers: %+v", transfers)
	}
}

// TestUntold asks a person to read the sections that left nothing, and no other.
func TestUntold(t *testing.T) {
	r := readClub(t)
	for i, x := range r.Untold {
		if x.Line == 0 || slices.Contains([]string{"Vos droits", "Adhésions", "Sorties des mineurs", "Vidéoprotection"}, x.Words) {
			t.Errorf("%d: %s at line %d", i, x.Words, x.Line)
		}
	}
	for _, title := range []string{"Encadrement"} {
		if !slices.ContainsFunc(r.Untold, func(s register.Source) bool { return s.Words == title }) && about(r, "casier").Name == "" && about(r, "encadrement").Name == "" {
			t.Error("lost without a word:", title)
		}
	}
}
