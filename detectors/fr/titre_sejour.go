package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// TitreSejour finds the numbers of French residence permits and of the file of
// foreign nationals (AGDREF).
//
// Unit:   one foreign national (10 digits) or one card (9 characters). It
// reveals origin: treat it as nearly Art. 9 data.
// Shape:  10 digits, or 9 letters and digits.
// Source: code de l'entrée et du séjour des étrangers, art. R142-11.
// Errors: any 10 digits near the word, a telephone excepted; no public check.
var TitreSejour = &detectors.Detector{
	ID:       "fr.titre-sejour",
	Title:    "French residence permit",
	Category: "id_document",
	MaxLen:   18,
	Trigger:  detectors.OnContext,
	Context:  "residence_permit",
	Verify:   verifyTitreSejour,
}

func verifyTitreSejour(text []byte, at int) detectors.Match {
	if m := verifyCard9(text, at); m.Len > 0 {
		return m
	}
	var n shape.Number
	if !shape.Digit(text[at]) || !n.Read(text, at, 10, nil) || n.Groups > 3 || shape.Repeats(n.Bytes()) {
		return detectors.Match{}
	}
	if n.Chars[0] == '0' { // a telephone
		return detectors.Match{}
	}
	return shape.Hit(at, n.End, detectors.B)
}
