package intl

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// VIN finds the chassis numbers of vehicles.
//
// Unit:   one vehicle.
// Shape:  17 capitals and digits without I, O and Q, the last four digits. The
// check digit raises nothing: European makers seldom fill it.
// Source: ISO 3779.
// Errors: references of 17 characters near the word.
var VIN = &detectors.Detector{
	ID:       "intl.vin",
	Title:    "Vehicle identification number",
	Category: "licence_plate",
	MaxLen:   17,
	Trigger:  detectors.OnContext,
	Context:  "vin",
	Verify:   verifyVIN,
}

func verifyVIN(text []byte, at int) detectors.Match {
	var buf [17]byte
	if shape.Token(text, at, buf[:]) != 17 || !shape.Mixed(buf[:], 5, 1) {
		return detectors.Match{}
	}
	for _, c := range buf {
		if c == 'I' || c == 'O' || c == 'Q' {
			return detectors.Match{}
		}
	}
	if !shape.Fits(buf[13:], "9999") && !checkdigit.VIN(buf[:]) {
		return detectors.Match{}
	}
	return shape.Hit(at, at+17, detectors.B)
}
