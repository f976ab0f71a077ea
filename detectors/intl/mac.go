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
	if shape.Fits(text[at:at+8], "00"+string(sep)+"00"+string(sep)+"5E") || filler(text[at:end]) {
		m.Sort = detectors.Specimen
	}
	return m
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
