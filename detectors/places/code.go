package places

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// PlusCode finds Open Location Codes: 8FW4V75V+8Q.
//
// Unit:   an area of 14 by 14 metres.
// Shape:  8 characters, '+' and 2 or 3 more, of an alphabet of 20; or 4 to 6
// characters before the '+' and a town after it.
// Source: Open Location Code specification.
// Errors: none known for whole codes.
var PlusCode = &detectors.Detector{
	ID:       "places.plus-code",
	Title:    "Position as a Plus code",
	Category: "geolocation",
	MaxLen:   12,
	Trigger:  detectors.OnContext,
	Context:  "position",
	First:    detectors.RunsTo(8) | detectors.Runs(0),
	Sign:     '+',
	Verify:   verifyPlusCode,
}

// Geohash finds geohashes, which any word could be.
//
// Unit:   an area, of 150 metres with 7 characters.
// Shape:  7 to 12 of 32 lower-case letters and digits, without a, i, l and o,
// at least two digits.
// Source: G. Niemeyer's public description.
// Errors: other short codes near the word; it is seen in a column only.
var Geohash = &detectors.Detector{
	ID:       "places.geohash",
	Title:    "Position as a geohash",
	Category: "geolocation",
	MaxLen:   12,
	Trigger:  detectors.OnContext,
	Context:  "geohash",
	Verify:   verifyGeohash,
}

func verifyPlusCode(text []byte, at int) detectors.Match {
	i := at
	for i < len(text) && i-at < 9 && plusByte(text[i]) {
		i++
	}
	if n := i - at; n != 8 && n != 4 && n != 6 || i >= len(text) || text[i] != '+' {
		return detectors.Match{}
	}
	local := i-at < 8
	i++
	start := i
	for i < len(text) && i-start < 4 && plusByte(text[i]) {
		i++
	}
	if n := i - start; n < 2 || n > 3 || !shape.Starts(text, at) || !shape.Ends(text, i) {
		return detectors.Match{}
	}
	if local {
		return shape.Hit(at, i, detectors.C)
	}
	return shape.Hit(at, i, detectors.B)
}

// plusByte tells whether c is of the alphabet of Plus codes.
func plusByte(c byte) bool {
	switch c {
	case '2', '3', '4', '5', '6', '7', '8', '9', 'C', 'F', 'G', 'H', 'J', 'M', 'P', 'Q', 'R', 'V', 'W', 'X':
		return true
	}
	return false
}

func verifyGeohash(text []byte, at int) detectors.Match {
	i, digits := at, 0
	for ; i < len(text) && i-at < 13; i++ {
		c := text[i]
		if shape.Digit(c) {
			digits++
		} else if c < 'b' || c > 'z' || c == 'i' || c == 'l' || c == 'o' {
			break
		}
	}
	if n := i - at; n < 7 || n > 12 || digits < 2 || digits == n || !shape.Starts(text, at) || !shape.Ends(text, i) {
		return detectors.Match{}
	}
	return shape.Hit(at, i, detectors.C)
}
