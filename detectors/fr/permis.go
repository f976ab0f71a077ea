package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// Permis finds the numbers of French driving licences.
//
// Unit:   one driver (NEPH, 12 digits) or one card (9 characters since 2013).
// Shape:  12 digits, or 2 digits, 2 letters, 5 digits.
// Source: arrêté du 20 avril 2012 fixant les conditions d'établissement du
// permis de conduire.
// Errors: any 12 digits near the word; there is no public check.
var Permis = &detectors.Detector{
	ID:       "fr.permis",
	Title:    "French driving licence",
	Category: "id_document",
	MaxLen:   20,
	Trigger:  detectors.OnContext,
	Context:  "driving_licence",
	Verify:   verifyPermis,
}

func verifyPermis(text []byte, at int) detectors.Match {
	if m := verifyPassport(text, at); m.Len > 0 {
		return m
	}
	var n shape.Number
	if !shape.Digit(text[at]) || !n.Read(text, at, 12, nil) || n.Groups > 6 || shape.Repeats(n.Bytes()) {
		return detectors.Match{}
	}
	return shape.Hit(at, n.End, detectors.B)
}
