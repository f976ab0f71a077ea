package places

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// NMEA finds the sentences that receivers write: $GPRMC,…*6A.
//
// Unit:   one position at one moment.
// Shape:  GGA, RMC, GLL or GNS of any talker, fields set apart by ',', '*' and a
// checksum of two hexadecimal digits; a position in it.
// Source: NMEA 0183; IEC 61162-1.
// Errors: none known; sentences without a fix are left out.
var NMEA = &detectors.Detector{
	ID:       "places.nmea",
	Title:    "Position of a receiver (NMEA)",
	Category: "geolocation",
	MaxLen:   90,
	Trigger:  detectors.OnWord,
	Words:    "nmea",
	Verify:   verifyNMEA,
}

// GeoURI finds geo: links.
//
// Unit:   one place.
// Shape:  geo: and two or three decimal numbers.
// Source: RFC 5870.
// Errors: none known.
var GeoURI = &detectors.Detector{
	ID:       "places.geo-uri",
	Title:    "Position as a geo: link",
	Category: "geolocation",
	MaxLen:   64,
	Trigger:  detectors.OnWord,
	Words:    "geo",
	Verify:   verifyGeoURI,
}

func verifyNMEA(text []byte, at int) detectors.Match {
	if at == 0 || text[at-1] != '$' && text[at-1] != '!' {
		return detectors.Match{}
	}
	commas, fix := 0, false
	for i := at; i+2 < len(text) && i-at < 84; i++ {
		switch c := text[i]; {
		case c == ',':
			commas++
		case c == '.' && commas > 0 && i > at+9 && i+2 < len(text) && shape.Digit(text[i-4]) && shape.Digit(text[i-1]):
			fix = true
		case c == '*':
			if !hex(text[i+1]) || !hex(text[i+2]) || commas < 5 || !fix {
				return detectors.Match{}
			}
			if byte(hexValue(text[i+1])<<4|hexValue(text[i+2])) != checkdigit.XOR(text[at:i]) {
				return shape.Miss(at-1, i+3)
			}
			return shape.Hit(at-1, i+3, detectors.A)
		case c < ' ' || c > '~':
			return detectors.Match{}
		}
	}
	return detectors.Match{}
}

func hex(c byte) bool { return shape.Digit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

func hexValue(c byte) int {
	if shape.Digit(c) {
		return int(c - '0')
	}
	return int(c|0x20-'a') + 10
}

func verifyGeoURI(text []byte, at int) detectors.Match {
	if at+8 > len(text) || text[at+3] != ':' || at > 0 && shape.WordByte(text, at-1) {
		return detectors.Match{}
	}
	lat, i, ok := signed(text, at+4)
	if !ok || i >= len(text) || text[i] != ',' {
		return detectors.Match{}
	}
	lon, end, ok := signed(text, i+1)
	if !ok || !onEarth(lat, lon) || round(lat) && round(lon) {
		return detectors.Match{}
	}
	return shape.Hit(at, end, detectors.A)
}

// signed reads a decimal number with a sign or without, of any precision.
func signed(text []byte, at int) (value float64, end int, ok bool) {
	sign := 1.0
	if at < len(text) && text[at] == '-' {
		sign = -1
		at++
	}
	n, i := whole(text, at, 3)
	if i == at {
		return 0, i, false
	}
	value = float64(n)
	if i+1 < len(text) && text[i] == '.' {
		unit := 0.1
		for i++; i < len(text) && shape.Digit(text[i]) && i-at < 20; i++ {
			value += unit * float64(text[i]-'0')
			unit /= 10
		}
	}
	return value * sign, i, true
}
