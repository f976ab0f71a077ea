package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// INE finds French pupil and student numbers (identifiant national élève).
//
// Unit:   one pupil or student, for the whole of their schooling.
// Shape:  11 characters in one of five forms: RNIE 9 digits and 2 letters, BEA
// 10 digits and a letter, university base 36 ending in a digit, SIFA and
// provisional with A or D as fifth.
// Source: arrêté du 16 février 2012 (RNIE); the forms are those of public code
// of the State's services.
// Errors: product references of 11 characters near the word. The letter of BEA
// is a remainder by 23 in all examples seen, and weighs without deciding.
var INE = &detectors.Detector{
	ID:       "fr.ine",
	Title:    "French student number (INE)",
	Category: "education",
	MaxLen:   11,
	Trigger:  detectors.OnContext,
	Context:  "student",
	Verify:   verifyINE,
}

func verifyINE(text []byte, at int) detectors.Match {
	var buf [11]byte
	if shape.Token(text, at, buf[:]) != 11 {
		return detectors.Match{}
	}
	s := buf[:]
	switch {
	case shape.Fits(s, "999999999AA"):
		if rnieLetter(s[9]) && rnieLetter(s[10]) {
			return shape.Hit(at, at+11, detectors.B)
		}
		return shape.Miss(at, at+11)
	case shape.Fits(s, "9999999999A"):
		if s[10] == checkdigit.BEA(s[:10]) {
			return shape.Hit(at, at+11, detectors.B)
		}
		return shape.Hit(at, at+11, detectors.C)
	case shape.Fits(s, "9999A99999A"), shape.Fits(s, "9999D99999A"):
		return shape.Hit(at, at+11, detectors.B)
	case shape.Fits(s, "XXXXXXXXXX9") && shape.Mixed(s, 4, 1):
		return shape.Hit(at, at+11, detectors.B)
	}
	return detectors.Match{}
}

// rnieLetter tells whether c is of the alphabet of RNIE: A to K without I.
func rnieLetter(c byte) bool { return c >= 'A' && c <= 'K' && c != 'I' }
