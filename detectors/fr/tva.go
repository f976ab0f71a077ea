package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/detectors/specimens"
)

// TVA finds French and Monegasque VAT numbers.
//
// Unit:   one taxable person: a company, or a person who trades alone.
// Shape:  FR, two characters of key without I and O, and the SIREN (Monaco has
// a number of its own that starts with 000). The key is of digits, or of the new
// style with at least one letter.
// Source: code général des impôts, art. 286 ter; BOI-TVA-DECLA-20-10.
// Errors: none known; keys with a letter are looked for near a word only.
var TVA = &detectors.Detector{
	ID:       "fr.tva",
	Title:    "French VAT number",
	Category: "company_id",
	MaxLen:   25,
	Trigger:  detectors.OnIBAN | detectors.OnContext,
	Context:  "company",
	First:    detectors.Runs(0),
	Verify:   verifyTVA,
}

func verifyTVA(text []byte, at int) detectors.Match {
	if text[at]|0x20 != 'f' || at+13 > len(text) || text[at+1]|0x20 != 'r' {
		return detectors.Match{}
	}
	start := at + 2
	if shape.Gap(text, start) > 0 {
		start += shape.Gap(text, start)
	}
	var n shape.Number
	if !shape.Starts(text, at) || !n.ReadStart(text, start, 11, vatKey) {
		return detectors.Match{}
	}
	s := n.Bytes()
	if shape.Repeats(s[2:]) || string(s[2:5]) != "000" && !checkdigit.Luhn(s[2:]) || !vatCheck(s) {
		return shape.Miss(at, n.End)
	}
	return shape.Specimen(at, n.End, detectors.A, specimens.Company(s[2:]))
}

func vatKey(i int, c byte) bool { return i < 2 && shape.Upper(c) && c != 'I' && c != 'O' }

// vatCheck judges the key s[:2] of the number s[2:].
func vatCheck(s []byte) bool {
	number := checkdigit.Number(s[2:])
	if shape.Digit(s[0]) && shape.Digit(s[1]) {
		return (number*100+12)%97 == checkdigit.Number(s[:2])
	}
	first, second := vatIndex(s[0]), vatIndex(s[1])
	c := 34*first + second - 100
	if shape.Digit(s[0]) {
		c = 24*first + second - 10
	}
	return (number+1+c/11)%11 == c%11
}

// vatIndex is the place of c in the 34 digits and letters without I and O.
func vatIndex(c byte) int64 {
	switch {
	case c <= '9':
		return int64(c - '0')
	case c < 'I':
		return int64(c-'A') + 10
	case c < 'O':
		return int64(c-'A') + 9
	default:
		return int64(c-'A') + 8
	}
}
