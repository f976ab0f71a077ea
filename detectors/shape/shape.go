// Package shape reads numbers as people write them: in groups, with the
// separators of French typography, and not glued to anything.
package shape

// Gap returns the length in bytes of the separator at text[i], 0 for none:
// space, '.', '-', no-break space U+00A0, narrow no-break space U+202F and thin
// space U+2009, non-breaking hyphen U+2011.
func Gap(text []byte, i int) int {
	if i >= len(text) {
		return 0
	}
	switch text[i] {
	case ' ', '.', '-':
		return 1
	case 0xC2:
		if i+1 < len(text) && text[i+1] == 0xA0 {
			return 2
		}
	case 0xE2:
		if i+2 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0xAF || text[i+2] == 0x89 || text[i+2] == 0x91) {
			return 3
		}
	}
	return 0
}

// gapBefore returns the length of the separator that ends at text[i-1].
func gapBefore(text []byte, i int) int {
	for n := 1; n <= 3 && n <= i; n++ {
		if Gap(text, i-n) == n {
			return n
		}
	}
	return 0
}

// Digit tells whether c is an ASCII digit.
func Digit(c byte) bool { return c-'0' < 10 }

// Upper tells whether c is an ASCII capital.
func Upper(c byte) bool { return c-'A' < 26 }

// Letter tells whether c is an ASCII letter.
func Letter(c byte) bool { return (c|0x20)-'a' < 26 }

// Alnum tells whether c is an ASCII letter or digit.
func Alnum(c byte) bool { return alnum[c] }

var alnum = func() (t [256]bool) {
	for c := range 256 {
		t[c] = Digit(byte(c)) || Letter(byte(c))
	}
	return t
}()

// WordByte tells whether text[i] is part of a word: a letter of any script or a
// digit. Spaces and punctuation in UTF-8 (lead bytes C2 and E2) are not.
func WordByte(text []byte, i int) bool {
	c := text[i]
	return c < 0x80 && alnum[c] || c >= 0x80 && foreign(text, i)
}

// foreign is WordByte for a byte from 0x80.
func foreign(text []byte, i int) bool {
	c := text[i]
	for back := 0; c >= 0x80 && c < 0xC0 && i > 0 && back < 3; back++ { // to the lead byte
		i--
		c = text[i]
	}
	return c != 0xC2 && c != 0xE2
}

// Starts tells whether a value may start at text[at]: nothing is glued to it.
// A '.' or '-' that follows a letter or digit continues something: a reference,
// a GUID, a decimal number.
func Starts(text []byte, at int) bool {
	if at == 0 {
		return true
	}
	if WordByte(text, at-1) {
		return false
	}
	switch text[at-1] {
	case '.', '-', '+', '%':
		return at < 2 || !Alnum(text[at-2])
	case '/':
		return at < 2 || !Digit(text[at-2])
	}
	return true
}

// Joined tells whether text[at:] is joined by a sign to the word before it, as in
// `nir-1850…` and `rib.FR76…`: what Starts refuses, and a check digit may allow.
func Joined(text []byte, at int) bool {
	return at >= 3 && (text[at-1] == '-' || text[at-1] == '.') && Letter(text[at-2]) && Letter(text[at-3])
}

// Ends tells whether a value may end at end: nothing is glued after it, and it
// is not continued by '-' or '.' and a digit.
func Ends(text []byte, end int) bool {
	if end >= len(text) {
		return true
	}
	if WordByte(text, end) {
		return false
	}
	switch text[end] {
	case '-':
		return end+1 >= len(text) || !Alnum(text[end+1])
	case '.', '/':
		return end+1 >= len(text) || !Digit(text[end+1])
	case '@', '%':
		return false
	}
	return true
}
