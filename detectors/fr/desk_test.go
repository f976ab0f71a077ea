package fr

import (
	"bytes"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
)

func TestPhoneOfADesk(t *testing.T) {
	for text, want := range map[string]detectors.Grade{
		"Renseignements, allô bus : 02 61 91 00 70 (standard).": detectors.C,
		"Fabrique Essai SA, zone artisanale, 03 53 01 00 00":    detectors.C,
		"Notre fournisseur répond au 01 99 00 12 34":            detectors.C,
		"Accueil : +33 1 99 00 12 34":                           detectors.C,
		"Mme Essai, standard : 01 99 00 12 34":                  detectors.A,
		"Anne Essai, 01 99 00 12 34":                            detectors.A,
		"ça sa 01 99 00 12 34":                                  detectors.A, // no legal form
		"standard\n01 99 00 12 34":                              detectors.A, // another line
		"standard : 06 39 98 12 34":                             detectors.A, // somebody's pocket
	} {
		at := bytes.IndexAny([]byte(text), "+0")
		if m := verifyPhone([]byte(text), at); m.Grade != want {
			t.Errorf("%q: grade %v, want %v", text, m.Grade, want)
		}
	}
}
