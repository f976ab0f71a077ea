package places

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// Decimal finds pairs of decimal degrees: 48.85661, 2.35222; the attributes of
// GPX; the coordinates of GeoJSON; a latitude and a longitude beside their names.
//
// Unit:   one place; a person's when a record or a track ties it to one.
// Shape:  two numbers with 4 to 15 decimals within ±90 and ±180, 40 bytes
// apart at most, with nothing between but marks and the names of coordinates.
// Source: WGS 84; RFC 7946; GPX 1.1.
// Errors: pairs of prices or ratios with many decimals, so a pair needs a word
// unless its own names stand between; a shop's position reads as a person's.
var Decimal = &detectors.Detector{
	ID:       "places.decimal",
	Title:    "Latitude and longitude in decimal degrees",
	Category: "geolocation",
	MaxLen:   80,
	Trigger:  detectors.OnDecimal | detectors.OnContext, // a decimal comma is seen near a word only
	Context:  "position",
	First:    detectors.RunsTo(3),
	InCode:   detectors.C, // a constant of the program is where a map starts, nobody's place
	MinLen:   13,
	Verify:   verifyDecimal,
}

func verifyDecimal(text []byte, at int) detectors.Match {
	point := byte('.')
	first, end, ok := degrees(text, at, point)
	if !ok {
		point = ','
		first, end, ok = degrees(text, at, point)
	}
	if !ok || !free(text, at) {
		return detectors.Match{}
	}
	start := at
	if at > 0 && text[at-1] == '-' {
		start, first = at-1, -first
	}
	next, named := between(text, end)
	if next == 0 || point == ',' && next-end < 2 && text[end] != ';' {
		return detectors.Match{}
	}
	sign := 1.0
	if text[next] == '-' || text[next] == '+' {
		if text[next] == '-' {
			sign = -1
		}
		next++
	}
	second, stop, ok := degrees(text, next, point)
	if ok && stop < len(text) && compass(text[stop]) { // 48.8566N 2.3522E
		stop++
	}
	if !ok || stop < len(text) && (shape.WordByte(text, stop) || text[stop] == '%' || text[stop] == '.' && stop+1 < len(text) && shape.Digit(text[stop+1])) {
		return detectors.Match{}
	}
	second *= sign
	if !onEarth(first, second) && !onEarth(second, first) {
		return shape.Miss(start, stop)
	}
	if round(first) && round(second) {
		return detectors.Match{}
	}
	if named {
		return shape.Hit(start, stop, detectors.A)
	}
	return shape.Hit(start, stop, detectors.B)
}

// degrees reads up to 3 digits, a decimal point or comma, and 4 to 15 decimals.
func degrees(text []byte, at int, point byte) (value float64, end int, ok bool) {
	i := at
	for i < len(text) && i-at < 4 && shape.Digit(text[i]) {
		value = value*10 + float64(text[i]-'0')
		i++
	}
	if i == at || i-at > 3 || i >= len(text) || text[i] != point {
		return 0, i, false
	}
	i++
	start, decimals := i, 0
	for i < len(text) && i-start < 16 && shape.Digit(text[i]) {
		decimals = decimals*10 + int(text[i]-'0')
		i++
	}
	if i-start < 4 || i-start > 15 {
		return 0, i, false
	}
	return value + float64(decimals)/powers[i-start], i, true
}

// powers are those of ten up to the longest decimals read.
var powers = [16]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// free tells whether a number may start at text[at].
func free(text []byte, at int) bool {
	if at == 0 {
		return true
	}
	c := text[at-1]
	return !shape.WordByte(text, at-1) && c != '.' && c != '_' && c != '$' && (c != '-' || at < 2 || !shape.Alnum(text[at-2]))
}

// between skips what may stand between two coordinates. It returns the offset
// of the second, 0 when something else stands there, and whether a name of a
// coordinate was among it.
func between(text []byte, at int) (next int, named bool) {
	for i := at; i < len(text) && i-at < 40; {
		c := text[i]
		switch {
		case shape.Digit(c), (c == '-' || c == '+') && i+1 < len(text) && shape.Digit(text[i+1]):
			if i == at && shape.Digit(c) {
				return 0, false
			}
			return i, named
		case shape.Letter(c):
			end := coordinate(text, i)
			if end == 0 && compass(c) && i+1 < len(text) && !shape.WordByte(text, i+1) {
				end = i + 1
			}
			if end == 0 {
				return 0, false
			}
			named = true
			i = end
		case marks[c]:
			i++
		case c == 0xC2 && i+1 < len(text) && text[i+1] == 0xB0: // 48.8566° N, 2.3522° E
			i += 2
			if i+1 < len(text) && text[i] == ' ' && compass(text[i+1]) {
				i += 2
			} else if i < len(text) && compass(text[i]) {
				i++
			}
			named = true
		default:
			return 0, false
		}
	}
	return 0, false
}

// marks are the bytes that may stand between two coordinates.
var marks = func() (t [256]bool) {
	for _, c := range []byte(", ;\"':=\t\n\r/_+|><&[]()") {
		t[c] = true
	}
	return t
}()

// coordinate reads the name of a coordinate at text[i].
func coordinate(text []byte, i int) int { return coordinates.At(text, i) }

var coordinates = shape.NewWords("lon", "lng", "long", "longitude", "lat", "latitude", "gps", "geo")

func compass(c byte) bool {
	switch c {
	case 'N', 'S', 'E', 'W', 'O':
		return true
	}
	return false
}

func onEarth(lat, lon float64) bool { return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 }

// round tells whether v is a whole number: no device gives that.
func round(v float64) bool { return v == float64(int(v)) }
