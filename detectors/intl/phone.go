package intl

import (
	"bytes"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// Phone finds telephone numbers in international form, France excepted (fr.phone).
//
// Unit:   one line.
// Shape:  '+' or 00, a country code, and 7 to 14 digits in all, bare or in groups of at
// least two by blanks, '-' or '.'; one group may stand in parentheses.
// Source: ITU-T E.164 and E.123; list of ITU country codes.
// Errors: signed numbers of the same length; misses national forms.
var Phone = &detectors.Detector{
	ID:       "intl.phone",
	Title:    "Telephone number in international form",
	Category: "phone",
	MaxLen:   36,
	Trigger:  detectors.OnPlus | detectors.OnDigits10,
	Context:  "phone",
	InCode:   detectors.B,
	Verify:   verifyPhone,
}

func verifyPhone(text []byte, at int) detectors.Match {
	if text[at] == '0' {
		return verifyZeros(text, at)
	}
	if text[at] != '+' || at+9 > len(text) || at > 0 && (shape.WordByte(text, at-1) || text[at-1] == '.' || text[at-1] == '+' || text[at-1] == ')' || text[at-1] == '~') {
		return detectors.Match{}
	}
	code := countryCode(text[at+1:])
	if code == 0 || code == 2 && text[at+1] == '3' && text[at+2] == '3' {
		return detectors.Match{}
	}
	digits, groups, end := phoneDigits(text, at+1)
	if isDecimal(text[at+1 : end]) {
		return detectors.Match{}
	}
	if digits < 8 || digits > 15 || text[at+1] == '1' && digits != 11 || !shape.Ends(text, end) || end < len(text) && text[end] == '+' || shape.Repeats(text[at+1:end]) {
		return detectors.Match{}
	}
	if groups == 1 && digits < 10 {
		return shape.Hit(at, end, detectors.B)
	}
	return shape.Hit(at, end, detectors.A)
}

// isDecimal tells whether digits are parted once, by a point, with five or more
// behind it: +24.001083 is an angle.
func isDecimal(s []byte) bool {
	i := bytes.IndexByte(s, '.')
	if i < 1 || len(s)-i <= 5 {
		return false
	}
	for _, c := range s[i+1:] {
		if !shape.Digit(c) {
			return false
		}
	}
	return true
}

// verifyZeros reads 00 instead of the plus sign: weaker, many numbers start so.
func verifyZeros(text []byte, at int) detectors.Match {
	if at+10 > len(text) || text[at+1] != '0' || !shape.Starts(text, at) {
		return detectors.Match{}
	}
	start := at + 2 + shape.Gap(text, at+2)
	code := countryCode(text[start:])
	if code < 2 || text[start] == '3' && text[start+1] == '3' {
		return detectors.Match{}
	}
	digits, _, end := phoneDigits(text, start)
	if digits < 9 || digits > 14 || !shape.Ends(text, end) {
		return detectors.Match{}
	}
	return shape.Hit(at, end, detectors.B)
}

// phoneDigits reads digits in groups at text[at]. A last group of one digit is
// not taken: it counts something else.
func phoneDigits(text []byte, at int) (n, groups, end int) {
	groups = 1
	for i := at; i < len(text) && n <= 15; {
		if shape.Digit(text[i]) {
			n++
			i++
			end = i
			continue
		}
		next := i + phoneGap(text, i)
		if next == i || next+1 >= len(text) || !shape.Digit(text[next]) || !shape.Digit(text[next+1]) || groups == 7 {
			break
		}
		i = next
		groups++
	}
	return n, groups, end
}

// phoneGap returns the length of what stands between two groups: a separator,
// a parenthesis, or (0), which is not dialled from abroad.
func phoneGap(text []byte, i int) int {
	n := shape.Gap(text, i)
	if rest := text[i+n:]; len(rest) > 3 && string(rest[:3]) == "(0)" {
		n += 3
	} else if len(rest) > 0 && (rest[0] == '(' || rest[0] == ')') {
		n++
	}
	return n + shape.Gap(text, i+n)
}

// countryCode returns the length of the country code at the start of s, 0 when
// no country has it.
func countryCode(s []byte) int {
	if len(s) < 3 || !shape.Digit(s[0]) {
		return 0
	}
	switch s[0] {
	case '0':
		return 0
	case '1', '7':
		return 1
	}
	switch string(s[:2]) {
	case "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
		"51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66",
		"81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98":
		return 2
	case "99":
		if s[2] < '2' || s[2] == '7' || s[2] == '9' {
			return 0
		}
		return 3
	case "21", "22", "23", "24", "25", "26", "29", "35", "37", "38", "42", "50", "59", "67", "68", "69", "80", "85", "87", "88", "96", "97":
		return 3
	}
	return 0
}
