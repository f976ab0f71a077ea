package policy

import "testing"

// Figures from one to another are ages where persons stand before them, and limits else.
func TestRangeOfAges(t *testing.T) {
	d := &reading{vocabulary: vocabularyOf(t)}
	for text, want := range map[string]int{
		"Nous accueillons les enfants de dix semaines à trois ans.":                       0,
		"Les jeunes de 16 ans à 25 ans peuvent adhérer.":                                  0,
		"Le service s'adresse aux personnes âgées de 60 ans à 90 ans.":                    0,
		"Les documents sont conservés pendant une période de 3 ans à 5 ans.":              2,
		"Conservation : de 10 jours à 30 jours":                                           2,
		"Les dossiers sont conservés de 3 ans à 5 ans.":                                   2,
		"Les dossiers des enfants sont conservés pendant une période de 3 ans à 5 ans.":   2,
		"Durée de conservation des données des élèves : de 1 an à 2 ans selon le service": 2,
	} {
		if got := len(d.retentionIn(text, 1, false)); got != want {
			t.Errorf("%s: %d limits, want %d", text, got, want)
		}
	}
}
