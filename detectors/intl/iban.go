package intl

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/checkdigit"
	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/detectors/specimens"
)

// IBAN finds international bank account numbers of all countries that have one.
//
// Unit:   one account, of a person or an organisation.
// Shape:  country, 2 digits, and the national account, whose length and kinds of
// characters the country fixes; bare or in groups, capitals or not. For France
// and Monaco the national key inside is right too.
// Source: ISO 13616; SWIFT IBAN Registry.
// Errors: none known with all checks; misses countries that joined the registry
// after this table. An account behind the words of an organisation that holds it
// (rules/context, holders) is graded as nobody's.
var IBAN = &detectors.Detector{
	ID:       "intl.iban",
	Title:    "International bank account number",
	Category: "iban",
	MaxLen:   72, // 34 characters and 12 separators of up to 3 bytes
	Trigger:  detectors.OnIBAN,
	Context:  "bank",
	Against:  "holders",
	Labelled: true,
	Verify:   verifyIBAN,
}

func verifyIBAN(text []byte, at int) detectors.Match {
	if at+15 > len(text) {
		return detectors.Match{}
	}
	country := [2]byte{text[at] &^ 0x20, text[at+1] &^ 0x20}
	structure := ibanStructure(country)
	if structure == "" {
		return detectors.Match{}
	}
	grade := detectors.A
	if !shape.Starts(text, at) {
		if grade = detectors.B; !shape.Joined(text, at) {
			return detectors.Match{}
		}
	}
	var buf [34]byte
	n, end, whole := readIBAN(text, at, buf[:len(structure)+4])
	s := buf[:n]
	if n < len(structure)+4 || !fitsBBAN(s[4:], structure) || !whole {
		return detectors.Match{}
	}
	if shape.Repeats(s[4:]) {
		return detectors.Match{}
	}
	if !checkdigit.IBAN(s) || !nationalKey(s) {
		return shape.Miss(at, end)
	}
	return shape.Specimen(at, end, grade, specimens.IBAN(s))
}

// readIBAN reads exactly the characters that fit in buf, which is the length of
// the country: a word after a grouped number may satisfy the check by luck and
// is not taken. It returns how many were read, the offset after them, and
// whether nothing is glued there.
func readIBAN(text []byte, at int, buf []byte) (n, end int, whole bool) {
	gaps, run := 0, 0
	for i := at; i < len(text) && n < len(buf); {
		c := text[i]
		if c >= 'a' && c <= 'z' {
			c -= 0x20
		}
		if shape.Digit(c) || shape.Upper(c) {
			buf[n] = c
			n++
			i++
			run++
			end = i
			continue
		}
		gap := shape.Gap(text, i)
		if gap == 0 || run == 0 || gaps == 12 {
			return n, end, false
		}
		gaps++
		run = 0
		i += gap
	}
	return n, end, shape.Ends(text, end)
}

// fitsBBAN compares the national part with its structure: n digits, a capitals,
// c either.
func fitsBBAN(s []byte, structure string) bool {
	for i, c := range s {
		switch structure[i] {
		case 'n':
			if !shape.Digit(c) {
				return false
			}
		case 'a':
			if !shape.Upper(c) {
				return false
			}
		}
	}
	return true
}

// nationalKey checks the key inside French and Monegasque accounts.
func nationalKey(s []byte) bool {
	if string(s[:2]) != "FR" && string(s[:2]) != "MC" {
		return true
	}
	return checkdigit.RIBKey(s[4:25]) == int(checkdigit.Number(s[25:27]))
}
