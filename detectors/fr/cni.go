package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/detectors/specimens"
)

// CNI finds the numbers of French identity cards.
//
// Unit:   one card, so one person.
// Shape:  12 digits until 2021 (year, month, department …), 9 letters and digits
// since. The check digits are only in the machine-readable zone (intl.mrz).
// Source: décret n° 55-1397 du 22 octobre 1955.
// Errors: any 12 digits or 9 characters near the word.
var CNI = &detectors.Detector{
	ID:       "fr.cni",
	Title:    "French identity card",
	Category: "id_document",
	MaxLen:   20,
	Trigger:  detectors.OnContext,
	Context:  "identity_card",
	Verify:   verifyCNI,
}

func verifyCNI(text []byte, at int) detectors.Match {
	if m := verifyCard9(text, at); m.Len > 0 {
		return m
	}
	var n shape.Number
	if !shape.Digit(text[at]) || !n.Read(text, at, 12, nil) || n.Groups > 4 || shape.Repeats(n.Bytes()) {
		return detectors.Match{}
	}
	if month := n.Chars[2:4]; string(month) == "00" || string(month) > "12" {
		return shape.Miss(at, n.End)
	}
	return shape.Specimen(at, n.End, detectors.B, specimens.Document(n.Bytes()))
}

// verifyCard9 reads the nine letters and digits of cards made since 2021: their
// alphabet leaves out most vowels, so what reads as a word is none.
func verifyCard9(text []byte, at int) detectors.Match {
	var buf [9]byte
	if shape.Token(text, at, buf[:]) != 9 || !shape.Mixed(buf[:], 2, 1) || !shape.Capitals(text, at, at+9) {
		return detectors.Match{}
	}
	return shape.Specimen(at, at+9, detectors.B, specimens.Document(buf[:]))
}
