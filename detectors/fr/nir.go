package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/detectors/specimens"
)

// NIR finds French social security numbers (numéro d'inscription au répertoire
// des personnes physiques) with their key. The matricule INS is the same number.
//
// Unit:   one natural person, for life.
// Shape:  13 characters and a 2-digit key, bare or in groups; digits, except 2A
// and 2B as department. Sex 1 or 2, 3 and 4 (temporary), 7 and 8 (NIA); month
// 01-12, or 20-42 and 50-99 where the civil record is incomplete.
// Source: décret n° 82-103 du 22 janvier 1982.
// Errors: reads 15-digit references that satisfy structure and key by luck,
// about 1 in 250; misses numbers of which a digit was mistyped.
var NIR = &detectors.Detector{
	ID:       "fr.nir",
	Title:    "French social security number",
	Category: "nir",
	MaxLen:   39, // 15 characters, 8 separators of up to 3 bytes
	Trigger:  detectors.OnDigits14,
	Context:  "nir",
	InCode:   detectors.B,
	InLog:    detectors.B,
	First:    detectors.RunsTo(15),
	Labelled: true,
	Verify:   verifyNIR,
}

// NIR13 finds social security numbers written without their key.
//
// Unit:   one natural person, for life.
// Shape:  the 13 characters of a NIR.
// Source: décret n° 82-103 du 22 janvier 1982.
// Errors: has no check: barcodes and times in milliseconds fit one time in
// five, so it needs a word, or a column called so.
var NIR13 = &detectors.Detector{
	ID:       "fr.nir13",
	Title:    "French social security number without its key",
	Category: "nir",
	MaxLen:   34,
	Trigger:  detectors.OnContext,
	Context:  "nir",
	First:    detectors.RunsTo(13),
	Verify:   verifyNIR13,
}

func verifyNIR(text []byte, at int) detectors.Match {
	if first := text[at]; first-'1' > 7 { // cheap: most numbers of 14 digits are none
		return detectors.Match{}
	}
	var n shape.Number
	grade := detectors.A
	if !n.Read(text, at, 15, corsica) {
		if grade = detectors.B; !shape.Joined(text, at) || !n.ReadStart(text, at, 15, corsica) {
			return detectors.Match{}
		}
	}
	s := n.Bytes()
	if !nirShape(s) || checkdigit.NIRKey(s[:13]) != int(checkdigit.Number(s[13:])) {
		return shape.Miss(at, n.End)
	}
	return shape.Specimen(at, n.End, grade, specimens.NIR(s))
}

func verifyNIR13(text []byte, at int) detectors.Match {
	var n shape.Number
	if !shape.Digit(text[at]) || !n.Read(text, at, 13, corsica) {
		return detectors.Match{}
	}
	if !nirShape(n.Bytes()) {
		return shape.Miss(at, n.End)
	}
	return shape.Hit(at, n.End, detectors.B)
}

// corsica allows the letter of 2A and 2B, the departments of Corsica since 1976.
func corsica(i int, c byte) bool { return i == 6 && (c == 'A' || c == 'B') }

// nirShape tells whether the 13 characters of s may be a NIR, whatever its key.
func nirShape(s []byte) bool {
	switch s[0] {
	case '1', '2', '3', '4', '7', '8':
	default:
		return false
	}
	if s[6] > '9' && s[5] != '2' { // a letter makes Corsica only after a 2
		return false
	}
	m := checkdigit.Number(s[3:5])
	if m < 1 || m > 12 && m < 20 || m > 42 && m < 50 {
		return false
	}
	return nirPlace(s[5:10]) && string(s[10:13]) != "000"
}

// nirPlace tells whether s is a department and commune (99 and a country for
// those born abroad; three digits and two overseas).
func nirPlace(s []byte) bool {
	switch {
	case s[0] == '0' && s[1] == '0':
		return false
	case s[0] == '9' && s[1] == '7':
		return s[2] != '0' && s[2] != '9' && string(s[3:]) != "00"
	case s[0] == '9' && s[1] == '8':
		return s[2] >= '3' && s[2] != '9' && string(s[3:]) != "00"
	}
	return string(s[2:]) != "000"
}
