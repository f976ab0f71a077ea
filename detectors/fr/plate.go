package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// PlateSIV finds the licence plates given since 2009.
//
// Unit:   one vehicle, for its life; a person when its keeper is one.
// Shape:  2 letters, 3 digits, 2 letters, with '-' or ' ' or nothing between;
// no I, O or U, no SS, no WW first.
// Source: arrêté du 9 février 2009 relatif aux modalités d'immatriculation.
// Errors: product references of that shape near the word.
var PlateSIV = &detectors.Detector{
	ID:       "fr.plate-siv",
	Title:    "French licence plate",
	Category: "licence_plate",
	MaxLen:   13,
	Trigger:  detectors.OnPlate,
	Context:  "vehicle",
	Verify:   verifyPlateSIV,
}

// PlateFNI finds the licence plates given until 2009.
//
// Unit:   one vehicle in one department.
// Shape:  1 to 4 digits, 1 to 3 letters, department.
// Source: code de la route, art. R322-2 in its wording before 2009.
// Errors: product references and dates; it is seen in a column only.
var PlateFNI = &detectors.Detector{
	ID:       "fr.plate-fni",
	Title:    "French licence plate of before 2009",
	Category: "licence_plate",
	MaxLen:   16,
	Trigger:  detectors.OnContext,
	Context:  "vehicle",
	Verify:   verifyPlateFNI,
}

func verifyPlateSIV(text []byte, at int) detectors.Match {
	if at+7 > len(text) || !plateLetters(text, at) || text[at] == 'W' && text[at+1] == 'W' {
		return detectors.Match{}
	}
	i := at + 2
	gap := shape.Gap(text, i)
	if gap > 0 && text[i] == '.' {
		return detectors.Match{}
	}
	i += gap
	if i+3 >= len(text) || !shape.Digit(text[i]) || !shape.Digit(text[i+1]) || !shape.Digit(text[i+2]) || string(text[i:i+3]) == "000" {
		return detectors.Match{}
	}
	i += 3
	if shape.Gap(text, i) != gap {
		return detectors.Match{}
	}
	i += gap
	if !plateLetters(text, i) || !shape.Starts(text, at) || !shape.Ends(text, i+2) {
		return detectors.Match{}
	}
	if gap == 0 && !shape.Capitals(text, at, i+2) {
		return shape.Hit(at, i+2, detectors.C)
	}
	return shape.Hit(at, i+2, detectors.B)
}

// plateLetters tells whether two letters of the alphabet of plates, not SS,
// stand at text[i].
func plateLetters(text []byte, i int) bool {
	if i+2 > len(text) {
		return false
	}
	a, b := text[i]&^0x20, text[i+1]&^0x20
	return plateLetter(a) && plateLetter(b) && (a != 'S' || b != 'S')
}

func plateLetter(c byte) bool { return shape.Upper(c) && c != 'I' && c != 'O' && c != 'U' }

func verifyPlateFNI(text []byte, at int) detectors.Match {
	i, digits := at, 0
	for ; i < len(text) && digits < 5 && shape.Digit(text[i]); i++ {
		digits++
	}
	i += shape.Gap(text, i)
	letters := 0
	for ; i < len(text) && letters < 4 && shape.Upper(text[i]); i++ {
		letters++
	}
	i += shape.Gap(text, i)
	if digits < 1 || digits > 4 || letters < 1 || letters > 3 || i+2 > len(text) || !shape.Starts(text, at) {
		return detectors.Match{}
	}
	code := []byte{text[i], text[i+1] &^ 0x20}
	if shape.Digit(text[i+1]) {
		code[1] = text[i+1]
	}
	if !shape.Digit(code[0]) || !shape.Digit(code[1]) && code[0] != '2' || !department(code) {
		return detectors.Match{}
	}
	i += 2
	if code[0] == '9' && code[1] == '7' && i < len(text) && shape.Digit(text[i]) {
		i++
	}
	if !shape.Ends(text, i) {
		return detectors.Match{}
	}
	return shape.Hit(at, i, detectors.C)
}
