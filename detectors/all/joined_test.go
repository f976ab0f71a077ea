package all

import (
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// Values with a check, valid and nobody's.
const (
	joinedNIR  = "287067511701577"
	joinedIBAN = "FR7637536610303021573681980"
)

// A value joined to its own label is found; one joined to another word is a reference.
func TestJoined(t *testing.T) {
	engine := testEngine(t)
	for text, want := range map[string]string{
		"Ref nir-" + joinedNIR:                  "fr.nir",
		"rib-" + joinedIBAN:                     "intl.iban",
		"rib." + joinedIBAN:                     "intl.iban",
		"Commande ABC-" + joinedNIR:             "",
		"NIR du dossier ABC-" + joinedNIR:       "",
		"SÉCURITÉ SOCIALE : 2 87 06 75 117 015": "fr.nir13",
	} {
		s := engine.Scanner()
		s.Begin(item.Location{}, detectors.Options{})
		if err := s.Add(&item.Segment{Kind: item.Prose, Text: []byte(text)}); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range s.End() {
			if f.Confidence >= detectors.Sure {
				got += f.Detector
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// Nothing of a value is left in a name, whatever stands before it.
func TestMaskedJoined(t *testing.T) {
	s := testEngine(t).Scanner()
	for _, name := range []string{
		"rib-" + joinedIBAN + "-archives", "rib" + joinedIBAN + ".csv", "rib." + joinedIBAN, "NIR" + joinedNIR + ".csv",
		"x/nir_" + joinedNIR + "/y", "tel.0639981234.csv", "tel-0639981234", joinedIBAN + ".pdf",
	} {
		got := s.Mask(name)
		if !strings.Contains(got, "‹") || strings.Contains(got, joinedNIR[:6]) || strings.Contains(got, joinedIBAN[:6]) || strings.Contains(got, "063998") {
			t.Errorf("%s: %s", name, got)
		}
	}
	for _, name := range []string{"IMG20261122123456.jpg", "app.20261122123456.log", "node.1234567890abcdef"} {
		if got := s.Mask(name); got != name {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func testEngine(t *testing.T) *detectors.Engine {
	t.Helper()
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := Engine(r)
	if err != nil {
		t.Fatal(err)
	}
	return engine
}
