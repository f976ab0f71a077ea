package columns

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/sheet"
)

func csv(t *testing.T, text string) *sheet.Book {
	t.Helper()
	b, err := sheet.Read("r.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const madisHead = "\xef\xbb\xbfNom;Structure - Nom;Structure - SIREN;En tant que;Coordonnées du responsable de traitement;Finalités;Base légale;Catégorie de données;Destination - Catégorie de destinataires;Destination - Sous-traitants;%s;Détails - Logiciels et supports;Détails - Délai de conservation - Durée;Détails - Délai de conservation - Nom;Mesures de sécurité et confidentialité - Sauvegarde;Mesures de sécurité et confidentialité - Sauvegarde - Commentaire;Conformité du traitement\r\n"

func people(order []string) string {
	var all []string
	for _, who := range order {
		all = append(all, personPrefix+who, personPrefix+who+" - Commentaire")
	}
	return strings.Join(all, ";")
}

// yes answers Oui for the nth group of persons.
func yes(n int) string {
	var all []string
	for i := range 8 {
		v := "Non"
		if i == n {
			v = "Oui"
		}
		all = append(all, v, "")
	}
	return strings.Join(all, ";")
}

const madisRow = `État civil;Commune de Saint-Rivier;991 234 568;Sous-traitant;"Syndicat
mixte";" - Tenue des registres
- Délivrance d'actes";L'exécution d'une mission d'intérêt public;Numéro de Sécurité Sociale - Adresse électronique;Préfecture - INSEE;Éditeur;%s;Logiciel A - Tableur;"1: 5 ans` + "\r\n" + `2: 1 an";"1: Actes` + "\r\n" + `2: Demandes";Oui;chaque nuit
;;;;;;;;;
`

func TestMadis(t *testing.T) {
	for _, test := range []struct {
		why   string
		order []string
		want  string
		notes int
	}{
		// The third value is that of Usagers in the shifted order, of Salariés in the right one.
		{"shifted columns", headOrder, "Usagers", 1},
		{"right columns", []string{"Particuliers", "Internautes", "Salariés", "Usagers", "Élus", "Professionnels", "Partenaires", "Autres"}, "Salariés", 0},
	} {
		reg, notes, err := Madis("m.csv", csv(t, fmt.Sprintf(madisHead, people(test.order))+fmt.Sprintf(madisRow, yes(2))))
		if err != nil {
			t.Fatal(test.why, err)
		}
		if len(reg.Treatments) != 1 || len(notes) != test.notes {
			t.Fatalf("%s: %d treatments, notes %q", test.why, len(reg.Treatments), notes)
		}
		x := reg.Treatments[0]
		got := fmt.Sprint(x.DataSubjects, x.Role, x.OnBehalfOf, x.Purposes, x.LegalBases, x.Systems, x.Security, reg.Organisation.SIREN, len(reg.Systems))
		for _, want := range []string{"[" + test.want + "]", "processor", "Syndicat mixte", "[Tenue des registres Délivrance d'actes]", "[public_task]", "[logiciel-a tableur]", "Sauvegarde chaque nuit", "9912345682"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %s is not in %s", test.why, want, got)
			}
		}
		if len(x.Data) != 2 || x.Data[0].Category != "nir" || len(x.Recipients) != 3 || x.Recipients[2].Kind != register.Subprocessor {
			t.Errorf("%s: %+v %+v", test.why, x.Data, x.Recipients)
		}
		if len(x.Retention) != 2 || x.Retention[1].Duration != "P1Y" || x.Retention[1].Subject != "Demandes" {
			t.Errorf("%s: %+v", test.why, x.Retention)
		}
	}
}

func TestDastra(t *testing.T) {
	reg, notes, err := Dastra("d.csv", csv(t, "Label;DateCreation;Ref;ProcessingState;RetentionAmount;RetentionUnit;HealthData;CivilStatus;NationalIdentificationNumber;Profiling;MainPurpose\nPaie;43246;R1;Active;5;Year;false;true;true;false;Payer les salaires\n;;;;;;;;;;x\n"))
	if err != nil || len(reg.Treatments) != 1 || len(notes) != 1 {
		t.Fatal(err, notes)
	}
	x := reg.Treatments[0]
	if x.Created != "2018-05-26" || x.Retention[0].Duration != "P5Y" || len(x.Data) != 2 || x.Purposes[0] != "Payer les salaires" || x.Profiling != "" {
		t.Errorf("%+v", x)
	}
}

func TestMapped(t *testing.T) {
	m, err := ParseMap([]byte("columns: {name: Activité, purposes: Pourquoi, data: [Données, Données sensibles], retention: Durée, legal_bases: Base, transfers: Pays, processors: Prestataires}\n"))
	if err != nil {
		t.Fatal(err)
	}
	text := "Registre de l'association;;;;;;;\n\nActivité;Pourquoi;Données;Données sensibles;Durée;Base;Pays;Prestataires\nAdhésions;Gestion des membres;Nom, prénom, e-mail;;3 ans;Contrat;Maroc, Atlantide;Imprimeur\n"
	reg, notes, err := Mapped("t.csv", csv(t, text), m)
	if err != nil || len(reg.Treatments) != 1 {
		t.Fatal(err)
	}
	x := reg.Treatments[0]
	got := fmt.Sprint(x.ID, x.Purposes, len(x.Data), x.Retention[0].Duration, x.LegalBases, x.Transfers.List[0].Country, x.Recipients)
	if got != "adhesions[Gestion des membres] 2P3Y[contract]MA[{Imprimeur  processor 0 <nil> 0}]" {
		t.Error(got)
	}
	if len(notes) != 1 || !strings.Contains(notes[0], "row 4: a transfer to a country") {
		t.Errorf("%q", notes)
	}
	if _, _, err := Mapped("t.csv", csv(t, "a;b\n"), m); err == nil || !strings.Contains(err.Error(), "Activité") {
		t.Error(err)
	}
}

func TestWrongMaps(t *testing.T) {
	for src, want := range map[string]string{
		"columns: {nom: Activité}": "nom: unknown key", "columns: {purposes: P}": "name: missing", "colonnes: {}": "not a column map", "columns: {name: []}": "name the head", "[": "not a column map",
	} {
		if _, err := ParseMap([]byte(src)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", src, err)
		}
	}
}

func TestUnknownTables(t *testing.T) {
	for _, read := range []func(string, *sheet.Book) (*register.Register, []string, error){Madis, Dastra} {
		if _, _, err := read("x", csv(t, "a;b\nc;d\n")); !errors.Is(err, ErrUnknown) {
			t.Error(err)
		}
	}
}
