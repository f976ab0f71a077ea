package fr

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// Phone finds French telephone numbers, overseas included.
//
// Unit:   one line; a person's when it is a mobile or a home.
// Shape:  0 and 9 digits, the first 1 to 9, bare or in pairs; +33 or 0033 and 9
// digits, with (0) or without.
// Source: Arcep, décision n° 2018-0881 (plan national de numérotation).
// Errors: sequences of pairs that are no telephone; ten digits in one piece
// need a word. Special numbers (08) are nobody's and are seen in a column only, as
// are fixed lines that their line says a desk or a firm answers.
var Phone = &detectors.Detector{
	ID:       "fr.phone",
	Title:    "French telephone number",
	Category: "phone",
	MaxLen:   32, // +33 (0)6 and four pairs, separators of up to 3 bytes
	Trigger:  detectors.OnDigits10 | detectors.OnPlus,
	Context:  "phone",
	InCode:   detectors.B,
	First:    detectors.RunsTo(14) | detectors.Runs(0),
	Verify:   verifyPhone,
}

func verifyPhone(text []byte, at int) detectors.Match {
	if start := afterPrefix(text, at); start > 0 {
		return verifyAbroad(text, at, start)
	}
	var n shape.Number
	if text[at] != '0' || at+1 >= len(text) || text[at+1]-'1' > 8 {
		return detectors.Match{}
	}
	if !phoneFree(text, at) {
		return detectors.Match{}
	}
	if !n.ReadStart(text, at, 10, nil) {
		return slashes(text, at)
	}
	grade := phoneGrade(&n)
	if grade == detectors.None || !n.Plain() && dumped(text, n.End) {
		return detectors.Match{}
	}
	if n.Chars[1] == '8' || grade == detectors.A && fixed(n.Chars[1]) && answeredByDesk(text, at, n.End) {
		grade = detectors.C
	}
	return shape.Hit(at, n.End, grade)
}

// afterPrefix returns the offset after +33 or 0033, its separator and (0); 0
// when the number has no such prefix.
func afterPrefix(text []byte, at int) int {
	i := at
	switch {
	case at+3 < len(text) && text[at] == '+' && text[at+1] == '3' && text[at+2] == '3':
		i += 3
	case at+4 < len(text) && string(text[at:at+4]) == "0033":
		i += 4
	case at+5 < len(text) && text[at] == '0' && text[at+1] == '0' && shape.Gap(text, at+2) == 1 && text[at+3] == '3' && text[at+4] == '3':
		i += 5
	default:
		return 0
	}
	i += shape.Gap(text, i)
	if i+3 <= len(text) && string(text[i:i+3]) == "(0)" {
		i += 3
		i += shape.Gap(text, i)
	} else if i+1 < len(text) && text[i] == '0' && shape.Digit(text[i+1]) { // +33 06 …: wrong and common
		i++
	}
	return i
}

// verifyAbroad reads the nine digits at start, after an international prefix.
func verifyAbroad(text []byte, at, start int) detectors.Match {
	var n shape.Number
	if start >= len(text) || text[start]-'1' > 8 || !shape.Starts(text, at) || !n.ReadStart(text, start, 9, nil) {
		return detectors.Match{}
	}
	if !n.Plain() && !n.Is(1, 2, 2, 2, 2) && !n.Is(3, 3, 3) && !n.Is(3, 2, 2, 2) && !n.Is(1, 8) && !n.Is(1, 4, 4) {
		return detectors.Match{}
	}
	if n.Chars[0] == '8' || fixed(n.Chars[0]) && answeredByDesk(text, at, n.End) {
		return shape.Hit(at, n.End, detectors.C)
	}
	return shape.Hit(at, n.End, detectors.A)
}

// fixed tells whether a number whose second digit is c stands on a desk; 06 and
// 07 are in somebody's pocket.
func fixed(c byte) bool { return c != '6' && c != '7' }

// phoneGrade rates how ten digits are grouped.
func phoneGrade(n *shape.Number) detectors.Grade {
	switch {
	case n.Mixed, shape.Repeats(n.Chars[4:10]), n.Chars[1] == '1' && string(n.Chars[:10]) == "0123456789":
		return detectors.None
	case n.Plain():
		return detectors.B
	case n.Is(2, 2, 2, 2, 2):
		if counting(n.Bytes()) {
			return detectors.None
		}
		return detectors.A
	case n.Groups < 6:
		return detectors.B
	}
	return detectors.None
}

// slashes reads five pairs joined by '/': 06/39/98/12/34.
func slashes(text []byte, at int) detectors.Match {
	end := at + 14
	if end > len(text) || !shape.Fits(text[at:end], "99/99/99/99/99") || !shape.Ends(text, end) {
		return detectors.Match{}
	}
	return shape.Hit(at, end, detectors.B)
}

// counting tells whether the pairs of s go up one by one: 01 02 03 04 05 is a
// list of numbers.
func counting(s []byte) bool {
	for i := 3; i < len(s); i += 2 {
		if int(s[i]-'0')+10*int(s[i-1]-'0') != int(s[i-2]-'0')+10*int(s[i-3]-'0')+1 {
			return false
		}
	}
	return true
}

// phoneFree tells whether a telephone may start here. Pairs before it make it
// part of a longer run; a house number or postcode before it does not.
func phoneFree(text []byte, at int) bool {
	if !shape.Starts(text, at) || at > 0 && text[at-1] == '_' {
		return false
	}
	gap := 0
	for g := 1; g <= 3 && g < at; g++ {
		if shape.Gap(text, at-g) == g {
			gap = g
		}
	}
	return gap == 0 || !pair(text, at-gap-2)
}

// pair tells whether two hexadecimal digits, one of them decimal, stand alone at
// text[i]: a dump, or a longer run of pairs.
func pair(text []byte, i int) bool {
	if i < 0 || i+2 > len(text) || !hex(text[i]) || !hex(text[i+1]) || !shape.Digit(text[i]) && !shape.Digit(text[i+1]) {
		return false
	}
	return (i == 0 || !shape.Alnum(text[i-1])) && (i+2 == len(text) || !shape.Alnum(text[i+2]))
}

func hex(c byte) bool { return shape.Digit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

// dumped tells whether bytes in hexadecimal go on at text[end]: one pair with a
// decimal digit, or two pairs.
func dumped(text []byte, end int) bool {
	i := end + shape.Gap(text, end)
	if i == end || i+2 > len(text) || !hex(text[i]) || !hex(text[i+1]) || i+2 < len(text) && shape.Alnum(text[i+2]) {
		return false
	}
	return pair(text, i) || pair(text, i+3) || i+5 <= len(text) && text[i+2] == ' ' && hex(text[i+3]) && hex(text[i+4]) && (i+5 == len(text) || !shape.Alnum(text[i+5]))
}
