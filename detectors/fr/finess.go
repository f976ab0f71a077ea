package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// FINESS finds the numbers of health and social care structures.
//
// Unit:   one structure or the body that runs it; no person.
// Shape:  9 characters: department 2 (2A and 2B in Corsica) and 7 digits; Luhn.
// Source: circulaire DGS n° 575 du 3 juillet 1979. The key was found on the
// numbers of public hospitals; for Corsica it is not known and not asked.
// Errors: 1 number of 9 digits in 10 passes, so it needs a word.
var FINESS = &detectors.Detector{
	ID:       "fr.finess",
	Title:    "French care structure (FINESS)",
	Category: "company_id",
	MaxLen:   20,
	Trigger:  detectors.OnContext,
	Context:  "finess",
	Verify:   verifyFINESS,
}

func verifyFINESS(text []byte, at int) detectors.Match {
	var n shape.Number
	if !shape.Digit(text[at]) || !n.Read(text, at, 9, corsicaFirst) || n.Groups > 4 || shape.Repeats(n.Bytes()) {
		return detectors.Match{}
	}
	s := n.Bytes()
	if !department(s[:2]) || s[1] <= '9' && !checkdigit.Luhn(s) {
		return shape.Miss(at, n.End)
	}
	return shape.Hit(at, n.End, detectors.B)
}

// corsicaFirst allows the letter of 2A and 2B at the start of a number.
func corsicaFirst(i int, c byte) bool { return i == 1 && (c == 'A' || c == 'B') }

// department tells whether s is the code of a department: 01 to 98, 2A, 2B.
func department(s []byte) bool {
	if s[1] > '9' {
		return s[0] == '2' && (s[1] == 'A' || s[1] == 'B')
	}
	return string(s) != "00" && string(s) != "99"
}
