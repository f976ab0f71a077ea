package intl

import (
	"bytes"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/shape"
)

// Password finds passwords that a table keeps in clear.
//
// Unit:   one account of one person.
// Shape:  all of a cell in a column of that name: 6 to 40 characters without a
// blank, letters and something else, unlike what a hash function, a variable or
// a mask leaves.
// Source: ours; CNIL, délibération n° 2022-100 on passwords.
// Errors: misses passwords of one sort of character, and words of a language;
// reads references kept in a column called so.
var Password = &detectors.Detector{
	ID:       "intl.password",
	Title:    "Password in clear",
	Category: "credential",
	MaxLen:   longestPassword,
	Trigger:  detectors.OnContext,
	Context:  "password",
	InCode:   detectors.C,
	Verify:   verifyPassword,
}

// PIN finds secret codes of figures that a table keeps in clear.
//
// Unit:   one account of one person.
// Shape:  all of a cell in a column of that name: 4 to 8 digits.
// Source: ours; CNIL, délibération n° 2022-100 on passwords.
// Errors: reads any number kept in a column called so.
var PIN = &detectors.Detector{
	ID:       "intl.pin",
	Title:    "Secret code in clear",
	Category: "credential",
	MaxLen:   longestPIN,
	Trigger:  detectors.OnContext,
	Context:  "pin",
	InCode:   detectors.C,
	Verify:   verifyPIN,
}

const (
	shortestPIN = 4
	longestPIN  = 8
)

func verifyPIN(text []byte, at int) detectors.Match {
	end := at
	for end < len(text) && end-at <= longestPIN && shape.Digit(text[end]) {
		end++
	}
	if n := end - at; n < shortestPIN || n > longestPIN || at > 0 && !endsCell(text[at-1]) || end < len(text) && !endsCell(text[end]) {
		return detectors.Match{}
	}
	return shape.Hit(at, end, detectors.C)
}

const (
	shortestPassword = 6
	longestPassword  = 40 // from here on it is a hash or a key
)

func verifyPassword(text []byte, at int) detectors.Match {
	start := at
	for start > 0 && at-start < 8 && !endsCell(text[start-1]) {
		start--
	}
	if start > 0 && !endsCell(text[start-1]) {
		return detectors.Match{}
	}
	end := at
	for end < len(text) && end-start <= longestPassword && !endsCell(text[end]) {
		end++
	}
	if n := end - start; n < shortestPassword || n >= longestPassword || !clear(text[start:end]) {
		return detectors.Match{}
	}
	return shape.Hit(start, end, detectors.C)
}

// endsCell tells what parts cells in the text of tables, and what no password
// that we know for one holds.
func endsCell(c byte) bool {
	return c <= ' ' || c == ';' || c == ',' || c == '"' || c == '\'' || c == '|' || c == 0x7f
}

// declared tells the type of a column and its length: string(128), VARCHAR(60).
func declared(s []byte) bool {
	open := bytes.IndexByte(s, '(')
	if open < 3 || s[len(s)-1] != ')' {
		return false
	}
	for i, c := range s[:len(s)-1] {
		if i < open && !shape.Letter(c) || i > open && !shape.Digit(c) {
			return false
		}
	}
	return true
}

// clear tells whether s reads like what a person types: neither a hash, a
// variable, a date, an address nor a row of one sign.
func clear(s []byte) bool {
	if hashed(s) || declared(s) || bytes.IndexByte(s, '@') > 0 && bytes.IndexByte(s, '.') > bytes.IndexByte(s, '@') || shape.Repeats(s[1:]) {
		return false
	}
	letters, digits, signs := 0, 0, 0
	for _, c := range s {
		switch {
		case shape.Letter(c), c >= 0x80:
			letters++
		case shape.Digit(c):
			digits++
		default:
			signs++
		}
	}
	return letters >= 2 && digits+signs > 0 && signs <= len(s)/2
}

// hashed tells what a hash function or a template leaves: $2y$…, {SSHA}…,
// pbkdf2_sha256$…, ${…}, %…%, <…>, and hexadecimal digits.
func hashed(s []byte) bool {
	switch s[0] {
	case '$', '{', '%', '<', '[', '*':
		return true
	}
	if i := bytes.IndexByte(s, '$'); i > 0 && bytes.IndexByte(s[i+1:], '$') >= 0 {
		return true
	}
	if len(s) < 16 {
		return false
	}
	for _, c := range s {
		if !hex(c) {
			return false
		}
	}
	return true
}
