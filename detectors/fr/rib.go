package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// RIB finds French and Monegasque bank accounts in their national form (relevé
// d'identité bancaire).
//
// Unit:   one account.
// Shape:  bank 5, branch 5, account 11 (letters allowed), key 2.
// Source: Comité français d'organisation et de normalisation bancaires.
// Errors: 1 string of that shape in 97 passes, so it needs a word.
var RIB = &detectors.Detector{
	ID:       "fr.rib",
	Title:    "French bank account (RIB)",
	Category: "bank_account",
	MaxLen:   47,
	Trigger:  detectors.OnContext,
	Context:  "bank",
	First:    detectors.RunsTo(23),
	MinLen:   23,
	Verify:   verifyRIB,
}

func verifyRIB(text []byte, at int) detectors.Match {
	var n shape.Number
	if !shape.Digit(text[at]) || !n.Read(text, at, 23, account) || shape.Repeats(n.Bytes()) {
		return detectors.Match{}
	}
	s := n.Bytes()
	if checkdigit.RIBKey(s) != int(checkdigit.Number(s[21:])) {
		return shape.Miss(at, n.End)
	}
	return shape.Hit(at, n.End, detectors.B)
}

// account allows letters in the eleven characters of the account.
func account(i int, c byte) bool { return i >= 10 && i < 21 && shape.Upper(c) }
