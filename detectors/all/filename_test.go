package all

import (
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// A file called by a value is a finding, and the value is in none of its fields.
func TestValuesInNamesOfFiles(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := Engine(r)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"paie/dossier-185057899900463.pdf":           "nir",
		"paie/185057899900463/bulletin.pdf":          "nir", // so may a folder be called
		"185057899900463.zip!/bulletin.pdf":          "",    // the archive has a finding of its own
		"paie/dossier-185057899900463-scan.pdf":      "nir",
		"paie/bulletin_185057899900463_2023.pdf":     "nir",
		"a/6ba7b810-9dad-11d1-80b4-00c04fd430c8.txt": "",
		"mails/anne@courrier.example.eml":            "email",
		"photos/20240131_101112.jpg":                 "",
		"logs/1512345678901.log":                     "",
	} {
		s := engine.Scanner()
		s.Begin(item.Location{Path: s.Mask(path)}, detectors.Options{})
		got := ""
		for _, f := range s.End() {
			if f.Confidence >= detectors.Sure {
				got += f.Category
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", s.Mask(path), got, want)
		}
	}
}
