package cnil

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/sheet"
	"github.com/ecart-rgpd/ecart/rules"
)

// through writes a register as a workbook and reads it back.
func through(t *testing.T, reg *register.Register, ext string) (*register.Register, []string) {
	t.Helper()
	book, _, err := Write(reg)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if ext == "ods" {
		err = book.WriteODS(&b)
	} else {
		err = book.WriteXLSX(&b)
	}
	if err != nil {
		t.Fatal(err)
	}
	read, err := sheet.Read("x."+ext, b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	back, notes, err := Read("x."+ext, read)
	if err != nil {
		t.Fatal(err)
	}
	return back, notes
}

func TestAnEmptyRegisterComesBackEmpty(t *testing.T) {
	back, notes := through(t, &register.Register{}, "ods")
	if len(back.Treatments) > 0 || back.Organisation.Name != "" || len(notes) != 1 {
		t.Errorf("%+v %q", back, notes)
	}
}

// What the workbook can hold, it gives back.
func TestRoundTripsLoseNothing(t *testing.T) {
	all, err := rules.List[rules.Category](nil, "categories")
	if err != nil {
		t.Fatal(err)
	}
	for seed := range 20 {
		rng := rand.New(rand.NewSource(int64(seed)))
		reg := made(rng, all)
		ext := []string{"ods", "xlsx"}[seed%2]
		back, _ := through(t, reg, ext)
		for _, r := range []*register.Register{reg, back} {
			for i := range r.Treatments {
				data := r.Treatments[i].Data
				sort.SliceStable(data, func(a, b int) bool { return data[a].Category < data[b].Category })
			}
		}
		opts := []cmp.Option{
			cmpopts.EquateEmpty(), cmpopts.IgnoreFields(register.Register{}, "File", "Format", "Absent"),
			cmpopts.IgnoreFields(register.Treatment{}, "ID", "Source", "Has"), cmpopts.IgnoreFields(register.Datum{}, "Source"),
		}
		if d := cmp.Diff(reg, back, opts...); d != "" {
			t.Fatalf("seed %d, %s: %s", seed, ext, d)
		}
	}
}

// made is a register of what the workbook can hold.
func made(rng *rand.Rand, all []rules.Category) *register.Register {
	maybe := func(s string) string { return []string{"", s}[rng.Intn(2)] }
	reg := &register.Register{Organisation: register.Organisation{
		Name: "La Clairière", Contact: register.Party{Email: maybe("contact@clairiere.example"), Phone: maybe("01 99 00 12 34"), Address: maybe("3 rue des Saules, 15000 Aurillac")},
	}}
	if rng.Intn(2) == 0 {
		reg.Organisation.DPO = &register.Party{Name: "Service DPO", Company: maybe("Conseil & Cie"), Email: maybe("dpo@clairiere.example")}
	}
	for i := range 1 + rng.Intn(4) {
		t := register.Treatment{Name: fmt.Sprintf("Traitement n° %d : l'été", i), Ref: maybe(fmt.Sprintf("T-%02d", i)), Created: maybe("2024-02-29"), Updated: maybe("2025-12-01")}
		for j := range rng.Intn(9) {
			t.Purposes = append(t.Purposes, fmt.Sprintf("Finalité %d, et sa suite", j))
		}
		used := map[string]bool{}
		for range rng.Intn(12) {
			c := all[rng.Intn(len(all))]
			if used[c.ID] {
				continue
			}
			used[c.ID] = true
			d := register.Datum{Category: c.ID}
			switch rng.Intn(4) {
			case 0:
				d.Retention = []register.Retention{{Duration: "P5Y", Starts: "départ du salarié"}}
			case 1:
				d.Retention = []register.Retention{{Duration: "P13M"}, {Criterion: "durée de la relation", Subject: "adhérents"}}
			case 2:
				d.Retention = []register.Retention{{Duration: "P2Y", Max: "P3Y", Archive: &register.Archive{Duration: "P10Y", Starts: "clôture"}}}
			}
			t.Data = append(t.Data, d)
		}
		for _, s := range []string{"Salariés", "Clients (particuliers)", "bénéficiaires", "enfants de l'école"} {
			if rng.Intn(2) == 0 {
				t.DataSubjects = append(t.DataSubjects, s)
			}
		}
		for _, c := range []register.Recipient{{Name: "URSSAF", Country: "FR", Kind: register.Partner}, {Name: "Mairie, service social"}, {Name: "Hébergeur", Kind: register.Subprocessor, Country: "IE"}, {Name: "Siège", Kind: "Maison mère"}, {Name: "Direction", Kind: register.Internal}} {
			if rng.Intn(2) == 0 {
				t.Recipients = append(t.Recipients, c)
			}
		}
		for _, m := range []register.Measure{{Detail: "Contrôle d'accès des utilisateurs"}, {Kind: "Chiffrement des données", Detail: "TLS 1.3"}, {Detail: "Armoire fermée à clé"}} {
			if rng.Intn(2) == 0 {
				t.Security = append(t.Security, m)
			}
		}
		switch rng.Intn(3) {
		case 0:
			t.Transfers.None = true
		case 1:
			t.Transfers.List = []register.Transfer{{Recipient: "Stripe", Country: "US", Safeguard: "adequacy"}, {Recipient: "Centre d'appels", Country: "MA", Safeguard: "scc", Document: "Contrat 12"}}
		}
		if rng.Intn(3) == 0 {
			t.JointControllers = []string{"Mairie de Saint-Rivier", "Association, section locale"}
		}
		reg.Treatments = append(reg.Treatments, t)
	}
	return reg
}

// userSheet is a sheet as a user leaves it: rows inserted, double spaces, another
// name, the words of everyday.
func userSheet(name string) sheet.Sheet {
	return sheet.Sheet{Name: name, Rows: [][]string{
		{"Modèle de fiche de registre à compléter", "", "", "", "", "", "", "ref-001"},
		{"(texte de l'utilisateur)"},
		{"Description  du traitement  "},
		{"Nom  du traitement", "Gestion\u00a0de la paie"},
		{"N° / RÉF", "RH-1"},
		{"Date de création du traitement", "26/05/2018"},
		{"une ligne ajoutée"},
		{"Acteurs", "Nom", "Adresse", "Code Postal", "Ville", "Pays", "Téléphone", "Adresse mél"},
		{"Responsable du traitement", "Les Aides du Causse", "1 place du Foirail", "46000", "Cahors", "France", "05 36 49 00 01", "contact@causse.example"},
		{"Finalité(s) du traitement effectué"},
		{"Finalité principale", "Paie"},
		{"Sous-finalité 1", ""},
		{"Sous-finalité 2", "Déclarations sociales"},
		{"Catégories de données personnelles concernées", "Description", "", "", "Durée de conservation"},
		{"État civil, identité, données d'identification, images…", "Noms, prénoms, adresses", "", "", "5 ans à compter du versement de la paie"},
		{"Informations d’ordre économique et financier (revenus, situation financière, situation fiscale, etc.)", "RIB", "", "", "1 an"},
		{"Données de connexion (adress IP, logs, etc.)", "Néant"},
		{"Numéro de Sécurité Sociale (ou NIR)", "oui", "", "", "5 ans"},
		{"Données sensibles", "Description", "", "", "Durée de conservation"},
		{"Données relatives à des condamnations pénales ou  infractions", ""},
		{"Données concernant la santé", "Arrêts de travail", "", "", "Durée légale"},
		{"Catégories de personnes concernées", "Description", "", "", "Précisions"},
		{"Catégorie de personnes 1", "Salariés", "", "", "intérimaires"},
		{"Catégorie de personnes 2", "Sélectionnez un élément dans cette liste déroulante ►"},
		{"Destinataires", "Type de destinataire", "", "", "Précisions"},
		{"Destinataire 1", "Partenaires institutionnels ou commerciaux", "", "", "URSSAF, caisse de retraite"},
		{"Destinataire 2", "Autre (Préciser)"},
		{"Destinataire 3", "Service interne qui traite les données"},
		{"Mesures de sécurité", "Type de mesure de sécurité", "", "", "Précisions"},
		{"Mesure de sécurité 1", "Sauvegarde des données"},
		{"Transferts hors UE", "Destinataire", "Pays", "Type de Garanties", "", "Liens vers la documentation"},
		{"Organisme destinataire 1", "Éditeur du logiciel", "Etats-Unis", "Clauses contractuelles types (CCT)", "", "Annexe 3"},
	}}
}

func TestReadsWhatUsersWrite(t *testing.T) {
	reg, notes, err := Read("r.ods", &sheet.Book{Sheets: []sheet.Sheet{userSheet("paie"), userSheet("paie (copie)")}})
	if err != nil {
		t.Fatal(err)
	}
	if len(reg.Treatments) != 2 || len(notes) != 1 || !strings.Contains(notes[0], "a second sheet of one treatment") {
		t.Fatalf("%d treatments, %q", len(reg.Treatments), notes)
	}
	p := reg.Treatments[0]
	var data []string
	for _, d := range p.Data {
		text := d.Category
		for _, r := range d.Retention {
			text += " " + r.Duration + r.Starts + r.Criterion
		}
		data = append(data, text)
	}
	want := "person_name P5Yversement de la paie|postal_address P5Yversement de la paie|bank_account P1Y|nir P5Y|health Durée légale"
	if got := strings.Join(data, "|"); got != want {
		t.Errorf("data\n%s\nwant\n%s", got, want)
	}
	got := fmt.Sprint(p.ID, reg.Treatments[1].ID, p.Name, p.Ref, p.Created, p.Purposes, p.DataSubjects, p.Recipients, p.Security, p.Transfers.List, reg.Organisation.Name, reg.Organisation.Contact.Address)
	for _, want := range []string{"gestion-de-la-paie", "gestion-de-la-paie-2", "RH-1", "2018-05-26", "[Paie Déclarations sociales]", "Salariés (intérimaires)", "URSSAF", "caisse de retraite", "Service interne", "Sauvegarde", "US", "scc", "Les Aides du Causse", "1 place du Foirail, 46000 Cahors"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	if len(p.Recipients) != 3 {
		t.Errorf("recipients %+v", p.Recipients)
	}
}

func TestNotOurs(t *testing.T) {
	for _, b := range []*sheet.Book{{}, {Sheets: []sheet.Sheet{{Name: "vide"}, {Name: "a", Rows: [][]string{{"x", "y"}}}}}} {
		if _, _, err := Read("x.ods", b); !errors.Is(err, ErrNotCNIL) {
			t.Error(err)
		}
	}
}

func TestLost(t *testing.T) {
	_, lost, err := Write(&register.Register{Treatments: []register.Treatment{{Name: "A", LegalBases: []string{"contract"}}}, Systems: []register.System{{ID: "s"}}})
	if err != nil || strings.Join(lost, " ") != "legal_bases systems" {
		t.Error(lost, err)
	}
}

func FuzzFiche(f *testing.F) {
	f.Add("5 ans", "Noms", 14)
	f.Fuzz(func(t *testing.T, a, b string, row int) {
		s := userSheet("x")
		if row >= 0 && row < len(s.Rows) {
			s.Rows[row] = []string{s.Rows[row][0], a, b, a, b, a}
		}
		if _, _, err := Read("x", &sheet.Book{Sheets: []sheet.Sheet{s}}); err != nil && !errors.Is(err, ErrNotCNIL) {
			t.Error(err)
		}
	})
}

// A treatment whose data are not declared keeps its time limit, as does one whose
// data have limits of their own.
func TestRetentionWithoutData(t *testing.T) {
	limit := []register.Retention{{Duration: "P2Y", Starts: "dernier contact", Subject: "CV"}, {Criterion: "durée légale"}}
	own := []register.Datum{{Category: "health", Retention: []register.Retention{{Duration: "P1M"}}}}
	reg := &register.Register{Treatments: []register.Treatment{{Name: "Recrutement", Retention: limit}, {Name: "Soins", Retention: limit, Data: own}}}
	for _, ext := range []string{"ods", "xlsx"} {
		back, notes := through(t, reg, ext)
		for i, x := range back.Treatments {
			if d := cmp.Diff(limit, x.Retention); d != "" || len(x.Data) != i || len(notes) > 1 {
				t.Errorf("%s %s: %s %v %q", ext, x.Name, d, x.Data, notes)
			}
		}
	}
	back, _ := through(t, &register.Register{Document: register.Document{Retention: limit}, Treatments: []register.Treatment{{Name: "A"}}}, "ods")
	if d := cmp.Diff(limit, back.Treatments[0].Retention); d != "" {
		t.Error(d)
	}
}

// What is said of the register as a whole is marked so on each sheet, and comes back
// once.
func TestDocumentComesBackOnce(t *testing.T) {
	doc := register.Document{
		Recipients: []register.Recipient{{Name: "Hébergeur", Country: "FR"}},
		Transfers:  register.Transfers{List: []register.Transfer{{Recipient: "Mailchimp", Country: "US", Safeguard: "scc"}}},
	}
	reg := &register.Register{Document: doc, Treatments: []register.Treatment{
		{Name: "Paie"}, {Name: "Accueil"}, {Name: "Dons", Transfers: register.Transfers{None: true}, Recipients: []register.Recipient{{Name: "Trésor public"}}},
	}}
	back, _ := through(t, reg, "xlsx")
	if d := cmp.Diff(doc, back.Document); d != "" {
		t.Error(d)
	}
	for i, x := range back.Treatments {
		if last := i == 2; len(x.Transfers.List) > 0 || x.Transfers.None != last || (len(x.Recipients) > 0) != last {
			t.Errorf("%+v", x)
		}
	}
	reg.Document = register.Document{Transfers: register.Transfers{None: true}}
	if back, _ = through(t, reg, "ods"); !back.Document.Transfers.None || back.Treatments[0].Transfers.Said() {
		t.Errorf("%+v", back)
	}
}

// What the document alone says and the sheets do not show is told.
func TestLostOfTheDocument(t *testing.T) {
	_, lost, err := Write(&register.Register{Document: register.Document{LegalBases: []string{"contract"}, Data: []register.Datum{{Category: "email"}}}})
	if err != nil || strings.Join(lost, " ") != "document.legal_bases document.data" {
		t.Error(lost, err)
	}
}
