package places

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// DMS finds positions in degrees, minutes and seconds: 48°51'24"N 2°21'07"E.
//
// Unit:   one place.
// Shape:  degrees, minutes, seconds with decimals or not, and a letter of the
// compass; a latitude, then most often a longitude.
// Source: ISO 6709, annex D.
// Errors: angles of drawings with a compass letter; one coordinate alone is
// graded B.
var DMS = &detectors.Detector{
	ID:       "places.dms",
	Title:    "Latitude and longitude in degrees and minutes",
	Category: "geolocation",
	MaxLen:   64,
	Trigger:  detectors.OnDegree,
	Context:  "position",
	Verify:   verifyDMS,
}

func verifyDMS(text []byte, at int) detectors.Match {
	if !free(text, at) || at > 2 && text[at-1] == ' ' && compass(text[at-2]) && !shape.WordByte(text, at-3) {
		return detectors.Match{} // the second half of a position that is not right
	}
	end, axis := angle(text, at)
	if end == 0 {
		return detectors.Match{}
	}
	i := end
	for n := 0; n < 4 && i < len(text) && (text[i] == ' ' || text[i] == ',' || text[i] == ';'); n++ {
		i++
	}
	if stop, other := angle(text, i); stop > 0 && other != axis {
		return shape.Hit(at, stop, detectors.A)
	}
	return shape.Hit(at, end, detectors.B)
}

// angle reads degrees, minutes and perhaps seconds with their compass letter,
// before or after. It returns the end, and 1 for a latitude, 2 for a longitude.
func angle(text []byte, at int) (end, axis int) {
	i := at
	letter := byte(0)
	if i < len(text) && compass(text[i]) {
		letter = text[i]
		i = shape.Blank(text, i+1, 2)
	}
	deg, i := whole(text, i, 3)
	if i = mark(text, i, degree); i == 0 || deg > 180 {
		return 0, 0
	}
	minutes, i := whole(text, shape.Blank(text, i, 2), 2)
	i = fraction(text, i)
	if i = mark(text, i, minute); i == 0 || minutes > 59 {
		return 0, 0
	}
	seconds, j := whole(text, shape.Blank(text, i, 2), 2)
	if j > i && seconds <= 59 {
		if j = mark(text, fraction(text, j), second); j > 0 {
			i = j
		}
	}
	if letter == 0 {
		j := shape.Blank(text, i, 2)
		if j >= len(text) || !compass(text[j]) || j+1 < len(text) && shape.WordByte(text, j+1) {
			return 0, 0
		}
		letter = text[j]
		i = j + 1
	}
	if letter == 'N' || letter == 'S' {
		if deg > 90 {
			return 0, 0
		}
		return i, 1
	}
	return i, 2
}

// whole reads up to limit digits.
func whole(text []byte, at, limit int) (value, end int) {
	for end = at; end < len(text) && end-at < limit && shape.Digit(text[end]); end++ {
		value = value*10 + int(text[end]-'0')
	}
	return value, end
}

// fraction skips '.' or ',' and digits.
func fraction(text []byte, i int) int {
	if i+1 >= len(text) || text[i] != '.' && text[i] != ',' || !shape.Digit(text[i+1]) {
		return i
	}
	_, i = whole(text, i+1, 8)
	return i
}

// The signs of an angle, as people type them.
var (
	degree = []string{"°", "º", "deg"}
	minute = []string{"'", "′", "’"}
	second = []string{"\"", "″", "”", "''", "’’", "′′"}
)

// mark reads one of signs at text[i]; it returns the offset after it, 0 when
// none stands there.
func mark(text []byte, i int, signs []string) int {
	if i == 0 || !shape.Digit(text[i-1]) {
		return 0
	}
	for _, s := range signs {
		if i+len(s) <= len(text) && string(text[i:i+len(s)]) == s {
			return i + len(s)
		}
	}
	return 0
}
