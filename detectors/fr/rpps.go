package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// RPPS finds the numbers of health professionals (répertoire partagé des
// professionnels de santé).
//
// Unit:   one professional, for life.
// Shape:  11 digits that satisfy Luhn; 12 with the 8 that marks RPPS in the
// national identifier.
// Source: arrêté du 6 février 2009; Agence du numérique en santé, modèle
// d'exposition ROR. The key was found on published examples, in no official text.
// Errors: 1 number of 11 digits in 10 passes, so it needs a word.
var RPPS = &detectors.Detector{
	ID:       "fr.rpps",
	Title:    "French health professional (RPPS)",
	Category: "professional_life",
	MaxLen:   26,
	Trigger:  detectors.OnContext,
	Context:  "practitioner",
	Verify:   verifyRPPS,
}

// ADELI finds the older numbers of health professionals.
//
// Unit:   one professional in one department.
// Shape:  9 digits: department 2, profession 1 and 6 more; no check is public.
// Source: arrêté du 27 mai 1998, replaced by RPPS.
// Errors: any 9 digits near the word; a SIREN or FINESS that stands there.
var ADELI = &detectors.Detector{
	ID:       "fr.adeli",
	Title:    "French health professional (ADELI)",
	Category: "professional_life",
	MaxLen:   20,
	Trigger:  detectors.OnContext,
	Context:  "adeli",
	Verify:   verifyADELI,
}

func verifyRPPS(text []byte, at int) detectors.Match {
	var n shape.Number
	if !shape.Digit(text[at]) {
		return detectors.Match{}
	}
	s := n.Chars[:11]
	switch {
	case n.Read(text, at, 11, nil):
	case text[at] == '8' && n.Read(text, at, 12, nil):
		s = n.Chars[1:12]
	default:
		return detectors.Match{}
	}
	if n.Groups > 6 || shape.Repeats(s) {
		return detectors.Match{}
	}
	if !checkdigit.Luhn(s) {
		return shape.Miss(at, n.End)
	}
	return shape.Hit(at, n.End, detectors.B)
}

func verifyADELI(text []byte, at int) detectors.Match {
	var n shape.Number
	if !shape.Digit(text[at]) || !n.Read(text, at, 9, corsicaFirst) || n.Groups > 4 || shape.Repeats(n.Bytes()) {
		return detectors.Match{}
	}
	if !department(n.Bytes()[:2]) {
		return shape.Miss(at, n.End)
	}
	return shape.Hit(at, n.End, detectors.C)
}
