package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/detectors/specimens"
)

// Passport finds the numbers of French passports.
//
// Unit:   one passport, so one person.
// Shape:  2 digits, 2 letters, 5 digits. The check digit is only in the
// machine-readable zone (intl.mrz).
// Source: décret n° 2005-1726 du 30 décembre 2005.
// Errors: references of that shape near the word.
var Passport = &detectors.Detector{
	ID:       "fr.passport",
	Title:    "French passport",
	Category: "id_document",
	MaxLen:   13,
	Trigger:  detectors.OnContext,
	Context:  "passport",
	Verify:   verifyPassport,
}

func verifyPassport(text []byte, at int) detectors.Match {
	var n shape.Number
	if !shape.Digit(text[at]) || !n.Read(text, at, 9, passportLetter) || !n.Plain() && !n.Is(2, 2, 5) || !shape.Fits(n.Bytes(), "99AA99999") {
		return detectors.Match{}
	}
	return shape.Specimen(at, n.End, detectors.B, specimens.Document(n.Bytes()))
}

func passportLetter(i int, c byte) bool { return (i == 2 || i == 3) && shape.Upper(c) }
