package item

import "testing"

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":              "",
		"NIR":           "nir",
		"Numéro":        "numero",
		"Cœur Œdème":    "coeur oedeme",
		"Lætitia Groß":  "laetitia gross",
		"İ":             "i",
		"n°":            "n°",
		"Ωmega\xff":     "ωmega\uFFFD",
		"ÉCOLE l’été 1": "ecole l’ete 1",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldName(t *testing.T) {
	for in, want := range map[string]string{
		"":              "",
		"dateDécès":     "date deces",
		"DATE_FIN":      "date_fin",
		"purgeNIRVieux": "purge nirvieux",
	} {
		if got := FoldName(in); got != want {
			t.Errorf("FoldName(%q) = %q, want %q", in, got, want)
		}
	}
}
