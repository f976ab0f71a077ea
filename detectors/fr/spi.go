package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// SPI finds French tax numbers (numéro fiscal, numéro SPI, NIF).
//
// Unit:   one taxpayer, for life.
// Shape:  13 digits, the first 0 to 3; printed 30 23 217 600 053. The last three
// are the remainder of the first ten by 511.
// Source: livre des procédures fiscales, art. L287; the OECD's list of tax
// identification numbers.
// Errors: 1 time in milliseconds or barcode in 511 passes, so a number in one
// piece needs a word.
var SPI = &detectors.Detector{
	ID:       "fr.spi",
	Title:    "French tax number (numéro fiscal)",
	Category: "tax_id",
	MaxLen:   25,
	Trigger:  detectors.OnDigits13,
	Context:  "tax",
	InCode:   detectors.B,
	InLog:    detectors.B,
	First:    detectors.RunsTo(13),
	Verify:   verifySPI,
}

func verifySPI(text []byte, at int) detectors.Match {
	if text[at]-'0' > 3 {
		return detectors.Match{}
	}
	var n shape.Number
	if !n.Read(text, at, 13, nil) || shape.Repeats(n.Bytes()[:10]) {
		return detectors.Match{}
	}
	s := n.Bytes()
	if checkdigit.Number(s[:10])%511 != checkdigit.Number(s[10:]) {
		return shape.Miss(at, n.End)
	}
	if n.Is(2, 2, 3, 3, 3) {
		return shape.Hit(at, n.End, detectors.A)
	}
	return shape.Hit(at, n.End, detectors.B)
}
