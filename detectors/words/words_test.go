package words

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/rules"
)

// Every rule carries its own proof.
func TestExamples(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	failures, err := Test(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range failures {
		t.Error(f)
	}
}

// The floors are what was reached; lower them only with a reason.
func TestAccuracy(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	l, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/labelled.txt")
	if err != nil {
		t.Fatal(err)
	}
	found, positives, clean, negatives := 0, 0, 0, 0
	for _, line := range strings.Split(string(text), "\n") {
		want, sentence, ok := strings.Cut(line, "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		said := l.said(sentence)
		switch {
		case want == "-":
			negatives++
			if len(said) == 0 {
				clean++
			} else {
				t.Logf("wrong  %v: %s", said, sentence)
			}
		default:
			positives++
			if slices.Contains(said, want) {
				found++
			} else {
				t.Logf("missed %s (%.2f): %s", want, l.Best(sentence, want), sentence)
			}
		}
	}
	t.Logf("said of a person: %d of %d found; mentioned in passing: %d of %d silent", found, positives, clean, negatives)
	if float64(found) < 0.80*float64(positives) {
		t.Errorf("found %d of %d", found, positives)
	}
	if float64(clean) < 0.95*float64(negatives) {
		t.Errorf("silent on %d of %d", clean, negatives)
	}
}

// said returns the categories a sentence says something of.
func (l *Lexicon) said(sentence string) []string {
	var all []string
	for _, term := range l.terms {
		if len(all) == 0 || all[len(all)-1] != term.Category {
			all = append(all, term.Category)
		}
	}
	return slices.DeleteFunc(all, func(category string) bool { return l.Best(sentence, category) < detectors.Sure })
}

func FuzzWeigh(f *testing.F) {
	r, err := rules.Load()
	if err != nil {
		f.Fatal(err)
	}
	l, err := New(r)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"Mme Durand souffre d'asthme.", "\xff\xfe asthme \xc3", "M. . ? ! asthme", "Nadia ROUX\n\nasthme"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if c := l.Best(s, "health"); c < 0 || c > 1 {
			t.Errorf("confidence %v", c)
		}
	})
}

// A department alone in a cell is no state of health; in a sentence about a
// person it says as much as a diagnosis.
func TestDepartmentsAloneSayNothing(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	l, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]bool{"psychiatrie": false, "chirurgie": false, "surgery": false, "asthme": true, "hospitalisation": true} {
		i := slices.IndexFunc(l.terms, func(term detectors.Term) bool { return term.Text == cell })
		if i < 0 || l.Tells(i, []byte(cell), 0, len(cell)) != want {
			t.Errorf("%s (term %d) tells: want %t", cell, i, want)
		}
	}
	if l.Best("M. Petit est suivi en psychiatrie depuis 2012.", "health") < detectors.Sure {
		t.Error("a patient of psychiatry is not seen")
	}
}
