package intl

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// IMEI finds the numbers of mobile telephones.
//
// Unit:   one device.
// Shape:  15 digits that satisfy Luhn; 14 without the key; 16 with a software
// version (IMEISV). Bare, or 2-6-6-1 by '-' or blanks.
// Source: 3GPP TS 23.003, section 6.2.
// Errors: 1 number of 15 digits in 10 passes, so it needs a word; 14 and 16
// digits have no check.
var IMEI = &detectors.Detector{
	ID:       "intl.imei",
	Title:    "Mobile device (IMEI)",
	Category: "device_id",
	MaxLen:   25,
	Trigger:  detectors.OnContext,
	Context:  "imei",
	Verify:   verifyIMEI,
}

func verifyIMEI(text []byte, at int) detectors.Match {
	if !shape.Digit(text[at]) {
		return detectors.Match{}
	}
	var n shape.Number
	switch {
	case n.Read(text, at, 15, nil) && (n.Plain() || n.Is(2, 6, 6, 1) || n.Is(8, 6, 1)):
		if !checkdigit.Luhn(n.Bytes()) {
			return shape.Miss(at, n.End)
		}
	case n.Read(text, at, 14, nil) && (n.Plain() || n.Is(2, 6, 6) || n.Is(8, 6)):
	case n.Read(text, at, 16, nil) && (n.Plain() || n.Is(2, 6, 6, 2) || n.Is(8, 6, 2)):
	default:
		return detectors.Match{}
	}
	if shape.Repeats(n.Bytes()) {
		return detectors.Match{}
	}
	return shape.Hit(at, n.End, detectors.B)
}
