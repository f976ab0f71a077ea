package intl

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// ATC finds the classes of medicines.
//
// Unit:   one class; of a person when a record holds it.
// Shape:  letter, 2 digits, 2 letters, 2 digits: N02BE01.
// Source: WHO Collaborating Centre for Drug Statistics Methodology.
// Errors: has no check; product references look alike.
var ATC = &detectors.Detector{
	ID:       "intl.atc",
	Title:    "Class of medicine (ATC)",
	Category: "health",
	MaxLen:   7,
	Trigger:  detectors.OnContext,
	Context:  "atc",
	Verify:   verifyATC,
}

// LOINC finds the codes of laboratory results.
//
// Unit:   one kind of observation; of a person when a record holds it.
// Shape:  2 to 5 digits, '-', and a check digit of Luhn over all.
// Source: Regenstrief Institute, LOINC Users' Guide.
// Errors: 1 pair of numbers in 10 passes, so it needs a word.
var LOINC = &detectors.Detector{
	ID:       "intl.loinc",
	Title:    "Laboratory result (LOINC)",
	Category: "health",
	MaxLen:   8,
	Trigger:  detectors.OnContext,
	Context:  "loinc",
	Verify:   verifyLOINC,
}

func verifyATC(text []byte, at int) detectors.Match {
	end := at + 7
	if end > len(text) || !shape.Fits(text[at:end], "A99AA99") || !shape.Starts(text, at) || !shape.Ends(text, end) {
		return detectors.Match{}
	}
	switch text[at] {
	case 'A', 'B', 'C', 'D', 'G', 'H', 'J', 'L', 'M', 'N', 'P', 'R', 'S', 'V':
		return shape.Hit(at, end, detectors.C)
	}
	return detectors.Match{}
}

func verifyLOINC(text []byte, at int) detectors.Match {
	var digits [7]byte
	i, n := at, 0
	for ; i < len(text) && n < 6 && shape.Digit(text[i]); i++ {
		digits[n] = text[i]
		n++
	}
	if n < 2 || n > 5 || i+1 >= len(text) || text[i] != '-' || !shape.Digit(text[i+1]) {
		return detectors.Match{}
	}
	digits[n] = text[i+1]
	end := i + 2
	if !shape.Starts(text, at) || !shape.Ends(text, end) {
		return detectors.Match{}
	}
	if !checkdigit.Luhn(digits[:n+1]) {
		return shape.Miss(at, end)
	}
	return shape.Hit(at, end, detectors.C)
}
