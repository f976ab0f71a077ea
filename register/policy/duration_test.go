package policy

import (
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/register/terms"
)

func TestDurations(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"3 ans à compter du dernier contact", "P3Y"},
		{"trente-six (36) mois", "P36M"},
		{"vingt-quatre (24) mois", "P24M"},
		{"deux ans", "P2Y"},
		{"un an", "P1Y"},
		{"soixante-quinze ans", "P75Y"},
		{"quatre-vingt-dix jours", "P90D"},
		{"15 jours puis 6 mois", "P15D P6M"},
		{"2 semaines", "P2W"},
		{"3ans", "P3Y"},
		{"entre 3 et 5 ans", "P3Y P5Y"},
		{"article 13, paragraphe 2", ""},
		{"durée du contrat augmentée de 5 ans", "P5Y"},
		{"dix (10) ans", "P10Y"},
		{"vingt et un jours", "P21D"},
	} {
		var got []string
		for _, d := range durationsIn(terms.Read(spelled(tt.text))) {
			got = append(got, d.iso)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.text, s, tt.want)
		}
	}
}

func TestRetention(t *testing.T) {
	v, err := loadVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	d := &reading{file: "p.txt", vocabulary: v}
	for _, tt := range []struct{ text, duration, starts, criterion string }{
		{"cinq ans à compter du départ du salarié", "P5Y", "départ du salarié", ""},
		{"3 ans après la fin de l'adhésion", "P3Y", "la fin de l'adhésion", ""},
		{"jusqu'à la fin du séjour", "", "", "jusqu'à la fin du séjour"},
		{"tant que le compte est actif", "", "", "tant que le compte est actif"},
		{"certificat médical de moins de trois mois", "", "", ""},
	} {
		got := d.retentionIn(tt.text, 1, true)
		var r struct{ duration, starts, criterion string }
		if len(got) > 0 {
			r.duration, r.starts, r.criterion = got[0].Duration, got[0].Starts, got[0].Criterion
		}
		if r.duration != tt.duration || r.starts != tt.starts || r.criterion != tt.criterion {
			t.Errorf("%s: %+v", tt.text, r)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int
	}{
		{"Nous collectons votre nom. Nous le gardons un an.", 2},
		{"Conformément à l'art. R. 1112-7 du code, il est conservé.", 1},
		{"M. Untel ; Mme Unetelle", 2},
		{"visitez systeme.io pour plus d'informations", 1},
	} {
		if got := len(sentences(tt.text)); got != tt.want {
			t.Errorf("%q: %d sentences, want %d", tt.text, got, tt.want)
		}
	}
}
