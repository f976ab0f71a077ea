package intl

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// MAC finds the hardware addresses of network cards.
//
// Unit:   one device.
// Shape:  six pairs of hexadecimal digits joined by ':' or '-'.
// Source: IEEE 802; RFC 7042 for documentation.
// Errors: fingerprints of six bytes; needs a word. Addresses that no maker gave
// (second digit 2, 6, A, E), multicast and filler are graded C.
var MAC = &detectors.Detector{
	ID:       "intl.mac",
	Title:    "MAC address",
	Category: "device_id",
	MaxLen:   17,
	Trigger:  detectors.OnColons | detectors.OnContext,
	Context:  "mac",
	First:    detectors.Runs(0, 1, 2),
	Third:    ":-",
	Verify:   verifyMAC,
}

func verifyMAC(text []byte, at int) detectors.Match {
	if at+17 > len(text) {
		return detectors.Match{}
	}
	sep := text[at+2]
	if sep != ':' && sep != '-' || !shape.Starts(text, at) || at > 0 && text[at-1] == ':' {
		return detectors.Match{}
	}
	for i := range 17 {
		c := text[at+i]
		if i%3 == 2 && c != sep || i%3 != 2 && !hex(c) {
			return detectors.Match{}
		}
	}
	end := at + 17
	if !shape.Ends(text, end) || end < len(text) && text[end] == ':' {
		return detectors.Match{}
	}
	m := shape.Hit(at, end, detectors.B)
	if hexValue(text[at+1])&3 != 0 || filler(text[at:end]) {
		m.Grade = detectors.C
	}
	if reserved(text[at:end]) || filler(text[at:end]) {
		m.Sort = detectors.Specimen
	}
	return m
}

// reserved tells whether an address starts 00:00:5E: the range of the standards,
// documentation included.
func reserved(s []byte) bool {
	return hexValue(s[0])|hexValue(s[1])|hexValue(s[3])|hexValue(s[4]) == 0 && hexValue(s[6]) == 5 && hexValue(s[7]) == 14
}

// filler tells whether all pairs are the same: 00:00:00:00:00:00.
func filler(s []byte) bool {
	for i := 3; i+1 < len(s); i += 3 {
		if s[i] != s[0] || s[i+1] != s[1] {
			return false
		}
	}
	return true
}
