package columns

import (
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/register"
)

const toldHead = "R\nRegistre|||||||\nN°|Nom du traitement|Base légale|Données collectées|Durée de conservation|Destinataires|Transfert hors UE|Logiciel|Trucs\n"

// What a table says and nothing was made of is told and left to do, never dropped.
func TestGuessedTells(t *testing.T) {
	r, notes, err := Guessed("r.xlsx", book(toldHead+`1|Paie|Obligation légale|Nom, n° SS, machin bidule, RIB|5 ans|URSSAF, Cabinet Ferlin (sous-traitant)|Non|Silae|x
2|Lettre|Envie|E-mail|1 mois sauf incident|à préciser|?||
|||||Mailchimp|||
3|||orphelin|10 ans|||`+"|"))
	if err != nil {
		t.Fatal(err)
	}
	told := strings.Join(notes, "\n")
	for _, want := range []string{
		"row 3: data: item 3 of 4 is no category", "row 4: the legal basis", "row 6: no name of treatment: left out",
		"no name of treatment in row 5: read with the treatment above", "row 2: the head of column 9 is not known",
	} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not in %s", want, told)
		}
	}
	pay, letter := r.Treatments[0], r.Treatments[1]
	if got := strings.Join(categoriesOf(pay), " "); got != "person_name nir bank_account" {
		t.Error(got)
	}
	if x := pay.Recipients[1]; x.Name != "Cabinet Ferlin" || x.Kind != register.Subprocessor {
		t.Errorf("%+v", x)
	}
	if len(r.Systems) != 1 || pay.Systems[0] != "silae" {
		t.Errorf("%+v", r.Systems)
	}
	if x := letter.Retention[0]; letter.Ref != "2" || x.Duration != "P1M" || x.Criterion != "1 mois sauf incident" || len(letter.Retention) != 1 || letter.Transfers.Said() || len(letter.Recipients) != 1 {
		t.Errorf("%+v", letter)
	}
	var out strings.Builder
	if err := r.WriteYAML(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"TODO data: « machin bidule »", "TODO legal_bases: « Envie »", "TODO name: nom de l'organisme"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not in\n%s", want, out.String())
		}
	}
}

// Transfers as people write them in a cell.
func TestGuessedTransfers(t *testing.T) {
	for cell, want := range map[string]string{
		"Oui – États-Unis (CCT)":           "US/scc",
		"Maroc, CCT":                       "MA/scc",
		"États-Unis et Maroc":              "US/ MA/",
		"Non (sauf Mailchimp, États-Unis)": "US/ Mailchimp",
		"USA (Mailchimp)":                  "US/ Mailchimp",
		"Oui vers les Etats-Unis, clauses contractuelles types": "US/scc",
		"Pas de transfert":                  "none",
		"Aucun transfert hors UE":           "none",
		"Non":                               "none",
		"Néant":                             "none",
		"Sans objet":                        "none",
		"N/A":                               "",
		"à préciser":                        "",
		"Oui":                               "unread",
		"Atlantide":                         "unread",
		"Non (sauf Atlantide)":              "unread",
		"Canada : décision d'adéquation":    "CA/adequacy",
		"Suisse (pays adéquat), Inde (BCR)": "CH/adequacy IN/bcr",
	} {
		r := guessed(t, book(toldHead+"1|Lettre|Contrat|E-mail|1 an|Mairie|"+cell+"|x|"))
		var got []string
		x := r.Treatments[0]
		for _, to := range x.Transfers.List {
			got = append(got, to.Country+"/"+to.Safeguard)
			if to.Recipient != "" {
				got = append(got, to.Recipient)
			}
		}
		if x.Transfers.None {
			got = append(got, "none")
		}
		if slices.ContainsFunc(x.Unread, func(u register.Unread) bool { return u.Key == "transfers" }) {
			got = append(got, "unread")
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %q, want %q", cell, s, want)
		}
	}
}
