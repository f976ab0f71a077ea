package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// CAF finds the numbers of recipients of family allowances (numéro
// d'allocataire).
//
// Unit:   one household.
// Shape:  7 digits, with a letter or without.
// Source: the letters of the caisses d'allocations familiales; no public check.
// Errors: any 7 digits near the word.
var CAF = &detectors.Detector{
	ID:       "fr.caf",
	Title:    "French family allowance number (CAF)",
	Category: "financial_situation",
	MaxLen:   12,
	Trigger:  detectors.OnContext,
	Context:  "caf",
	Verify:   verifyCAF,
}

func verifyCAF(text []byte, at int) detectors.Match {
	if !shape.Digit(text[at]) {
		return detectors.Match{}
	}
	var n shape.Number
	switch {
	case n.Read(text, at, 8, cafLetter) && n.Groups <= 3 && shape.Upper(n.Chars[7]):
		return shape.Hit(at, n.End, detectors.B)
	case n.Read(text, at, 7, nil) && n.Groups <= 3 && !shape.Repeats(n.Bytes()):
		return shape.Hit(at, n.End, detectors.C)
	}
	return detectors.Match{}
}

func cafLetter(i int, c byte) bool { return i == 7 && shape.Upper(c) }
