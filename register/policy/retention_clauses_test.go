package policy

import (
	"strings"
	"testing"
)

// TestLimitClauses gives each limit to the data it is said of: a limit given to
// other data is worse than none.
func TestLimitClauses(t *testing.T) {
	for text, want := range map[string]string{
		"Les dossiers sont gardés jusqu'à la fin de l'année scolaire suivante, les factures dix ans.":                                       "Les dossiers=jusqu'à la fin de l'année scolaire suivante | les factures=P10Y",
		"Trois ans après votre dernière cotisation, tout est effacé, sauf les pièces comptables, que la loi nous oblige à garder dix ans.":  "=P3Y>votre dernière cotisation | les pièces comptables=P10Y",
		"Les dossiers d'inscription sont conservés cinq ans et les bulletins cinquante ans.":                                                "Les dossiers d'inscription=P5Y | les bulletins=P50Y",
		"Nous gardons les contrats et les factures dix ans.":                                                                                "les contrats et les factures=P10Y",
		"Les fiches sont détruites en fin de saison, les certificats médicaux le sont au bout de trois ans.":                                "Les fiches=en fin de saison | les certificats médicaux=P3Y",
		"Les données sont effacées après deux ans, à l'exception des reçus fiscaux, conservés six ans.":                                     "Les données=P2Y | des reçus fiscaux=P6Y",
		"Vos données sont conservées, sauf demande de votre part, pendant trois ans.":                                                       "Vos données=P3Y",
		"Les données sont supprimées, sauf celles de la comptabilité, que nous gardons dix ans.":                                            "celles de la comptabilité=P10Y",
		"Vos données sont gardées pendant le contrat et les cinq années suivantes.":                                                         "Vos données=P5Y",
		"Nous conservons trois ans pour les prospects, dix ans pour les factures.":                                                          "les prospects=P3Y | les factures=P10Y",
		"Les dossiers sont conservés deux ans à compter de la clôture, la durée étant portée à cinq ans en cas de litige.":                  "Les dossiers=P2Y>la clôture | =P5Y",
		"Les candidatures sont conservées deux ans, puis supprimées.":                                                                       "Les candidatures=P2Y",
		"Un an après la fin de la saison, les coordonnées sont supprimées, hormis les licences, conservées cinq ans, et les reçus dix ans.": "=P1Y>la fin de la saison | les licences=P5Y | les reçus=P10Y",
	} {
		d := &reading{vocabulary: vocabularyOf(t)}
		var got []string
		for _, r := range d.retentionIn(text, 1, true) {
			one := r.Subject + "=" + r.Duration + r.Criterion
			if r.Starts != "" {
				one += ">" + r.Starts
			}
			got = append(got, one)
		}
		if strings.Join(got, " | ") != want {
			t.Errorf("%s\n got %s\nwant %s", text, strings.Join(got, " | "), want)
		}
	}
}

func vocabularyOf(t *testing.T) *vocabulary {
	t.Helper()
	v, err := loadVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestKeepingIsNoPurpose invents no treatment of a duty to keep.
func TestKeepingIsNoPurpose(t *testing.T) {
	p, err := Read("p.txt", []byte("Politique de confidentialité\n\nNous gérons les adhésions de nos membres avec leur nom et leur adresse. Trois ans après votre dernière cotisation, tout est effacé, sauf les pièces comptables, que la loi nous oblige à garder dix ans.\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range p.Draft.Treatments {
		if strings.Contains(strings.ToLower(x.Name), "garder") {
			t.Error("a treatment was made of keeping:", x.Name)
		}
	}
}
