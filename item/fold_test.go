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

// Words of Latin letters are folded without the tables of Unicode, to the same.
func TestFoldLatin(t *testing.T) {
	for r := rune(0); r < 0x180; r++ {
		s := "Aé" + string(r) + "z"
		if got, ok := foldLatin(s); ok && got != foldAny(s) {
			t.Errorf("foldLatin(%q) = %q, want %q", s, got, foldAny(s))
		}
	}
	for _, s := range []string{"e\u0301te", "\xc3", "a\xc3a", "\xc3\xff", "œ"} {
		if got, ok := foldLatin(s); ok {
			t.Errorf("foldLatin(%q) = %q", s, got)
		}
	}
}
