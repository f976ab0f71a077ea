package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// Vitale finds the serial number of a French health insurance card.
//
// Unit:   one card, so one insured person.
// Shape:  21 digits.
// Source: the number printed on the card; no public check.
// Errors: any 21 digits near the name of the card.
var Vitale = &detectors.Detector{
	ID:       "fr.vitale",
	Title:    "French health insurance card (carte Vitale)",
	Category: "id_document",
	MaxLen:   45,
	Trigger:  detectors.OnContext,
	Context:  "vitale",
	Verify:   verifyVitale,
}

func verifyVitale(text []byte, at int) detectors.Match {
	var n shape.Number
	if !shape.Digit(text[at]) || !n.Read(text, at, 21, nil) || shape.Repeats(n.Bytes()) {
		return detectors.Match{}
	}
	return shape.Hit(at, n.End, detectors.B)
}
