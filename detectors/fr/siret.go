package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/detectors/specimens"
)

// SIRET finds the number of an establishment.
//
// Unit:   one establishment; a person when the business is a sole trader's.
// Shape:  SIREN (9 digits) and 5 digits, bare or in groups; both satisfy Luhn.
// The establishments of La Poste have a sum of digits that is a multiple of 5.
// Source: arrêté du 16 octobre 1980; INSEE, système Sirene.
// Errors: reads 14-digit references by luck, 1 in 100; a date and time of 14
// digits that passes is asked for a word.
var SIRET = &detectors.Detector{
	ID:       "fr.siret",
	Title:    "French establishment number (SIRET)",
	Category: "company_id",
	MaxLen:   38,
	Trigger:  detectors.OnDigits14,
	Context:  "company",
	InCode:   detectors.B,
	InLog:    detectors.B,
	First:    detectors.Runs(3, 9, 14),
	Verify:   verifySIRET,
}

// SIREN finds the number of a company or of a sole trader.
//
// Unit:   one legal person, or one natural person who trades alone.
// Shape:  9 digits that satisfy Luhn, bare or 3-3-3.
// Source: code de commerce, art. R123-220.
// Errors: 1 number of 9 digits in 10 passes, so it needs a word.
var SIREN = &detectors.Detector{
	ID:       "fr.siren",
	Title:    "French company number (SIREN)",
	Category: "company_id",
	MaxLen:   15,
	Trigger:  detectors.OnContext,
	Context:  "company",
	First:    detectors.Runs(3, 9),
	Verify:   verifySIREN,
}

const (
	laPoste     = "356000000"
	laPosteHead = "35600000000048" // satisfies Luhn, not the rule of La Poste
)

func verifySIRET(text []byte, at int) detectors.Match {
	var n shape.Number
	if !shape.Digit(text[at]) || !n.Read(text, at, 14, nil) || shape.Repeats(n.Bytes()[:9]) {
		return detectors.Match{}
	}
	s := n.Bytes()
	if !n.Plain() && !n.Is(3, 3, 3, 5) && !n.Is(9, 5) && !n.Is(3, 3, 3, 2, 3) && !n.Is(3, 3, 3, 3, 2) && !n.Is(9, 3, 2) && !n.Is(9, 2, 3) {
		return detectors.Match{}
	}
	if !siretCheck(s) {
		return shape.Miss(at, n.End)
	}
	grade := detectors.A
	if n.Plain() && timestamp(s) {
		grade = detectors.B
	}
	return shape.Specimen(at, n.End, grade, specimens.Company(s))
}

func siretCheck(s []byte) bool {
	if string(s[:9]) == laPoste {
		return string(s) == laPosteHead || checkdigit.Sum(s)%5 == 0
	}
	return checkdigit.Luhn(s[:9]) && checkdigit.Luhn(s)
}

// timestamp tells whether s reads as YYYYMMDDhhmmss.
func timestamp(s []byte) bool {
	year, month, day := checkdigit.Number(s[:4]), checkdigit.Number(s[4:6]), checkdigit.Number(s[6:8])
	return year >= 1970 && year < 2070 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && checkdigit.Number(s[8:10]) < 24 && checkdigit.Number(s[10:12]) < 60
}

func verifySIREN(text []byte, at int) detectors.Match {
	var n shape.Number
	if !shape.Digit(text[at]) || !n.Read(text, at, 9, nil) || !n.Plain() && !n.Is(3, 3, 3) || shape.Repeats(n.Bytes()) {
		return detectors.Match{}
	}
	if !checkdigit.Luhn(n.Bytes()) {
		return shape.Miss(at, n.End)
	}
	return shape.Specimen(at, n.End, detectors.B, specimens.Company(n.Bytes()))
}
