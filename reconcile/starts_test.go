package reconcile

import "testing"

func TestStarts(t *testing.T) {
	s, err := openStarts()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"inscription":                         true,
		"dernier contact":                     true,
		"la date de la collecte":              true,
		"fin du contrat":                      false,
		"départ du salarié":                   false,
		"clôture du dossier":                  false,
		"fermeture du compte":                 false,
		"fin de l'année qui suit la collecte": false,
		"":                                    false,
	} {
		if got := s.told(text); got != want {
			t.Errorf("%q: told %t, want %t", text, got, want)
		}
	}
}
