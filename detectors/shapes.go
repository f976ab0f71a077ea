package detectors

// This file says exactly what each trigger of one sign is. Both finders ask it.

// mailSign tells whether the '@' at i may be of an address.
func mailSign(text []byte, i int) bool {
	return i > 0 && text[i-1] > ' ' && wordByteAt(text, i+1)
}

// shortNumber returns the start of the number of up to 3 digits before the dot
// at i.
func shortNumber(text []byte, i int) (int, bool) {
	at := i
	for at > 0 && i-at < 4 && digitAt(text, at-1) {
		at--
	}
	return at, at < i && i-at <= 3 && !letterAt(text, at-1)
}

// octets tells whether three numbers of up to 3 digits follow, set apart by the
// dot at i and two more.
func octets(text []byte, i int) bool {
	for dots := 1; ; dots++ {
		n := 1
		for n <= 3 && digitAt(text, i+n) {
			n++
		}
		if dots == 3 || n == 1 {
			return n > 1
		}
		i += n
		if i >= len(text) || text[i] != '.' {
			return false
		}
	}
}

func fourDigits(text []byte, i int) bool {
	return digitAt(text, i) && digitAt(text, i+1) && digitAt(text, i+2) && digitAt(text, i+3)
}

// maxColons is the length of the longest chain looked at: an IPv6 address.
const maxColons = 45

// colonChain returns the start of the hexadecimal groups around the colon at
// i, when they are a chain of 4 colons or hold "::" and a digit. Only the first
// colon of such a chain speaks, and only at the first of "::".
func colonChain(text []byte, i int) (int, bool) {
	double := i+1 < len(text) && text[i+1] == ':'
	at := i
	for at > 0 && i-at < 5 && classes[text[at-1]]&isHex != 0 {
		at--
	}
	if i-at > 4 || at > 0 && (text[at-1] == ':' || wordByteAt(text, at-1)) {
		return 0, false
	}
	colons, group, digits := 0, 0, false
	for j := at; j < len(text) && j < at+maxColons && group <= 4; j++ {
		switch c := text[j]; {
		case c == ':':
			colons++
			double = double || j > at && text[j-1] == ':'
			group = 0
		case classes[c]&isHex != 0:
			digits = digits || c <= '9'
			group++
		default:
			j = len(text)
		}
	}
	return at, colons >= 4 || double && digits && colons >= 2
}

// degrees returns the start of the number before the degree sign at i.
func degrees(text []byte, i int) (int, bool) {
	if i+1 >= len(text) || text[i+1] != 0xB0 || !digitAt(text, i-1) {
		return 0, false
	}
	at := i
	for at > 0 && i-at < 12 && (digitAt(text, at-1) || text[at-1] == '.') {
		at--
	}
	return at, !letterAt(text, at-1)
}

// filler tells whether the '<' at i is the first of "<<" after a letter or
// digit.
func filler(text []byte, i int) bool {
	return i+1 < len(text) && text[i+1] == '<' && wordByteAt(text, i-1)
}

// ibanShape tells whether two ASCII letters, two digits and more are at i.
func ibanShape(text []byte, i int) bool {
	if i+5 > len(text) || text[i] >= 0x80 || text[i+1] >= 0x80 || !letterAt(text, i+1) || !digitAt(text, i+2) || !digitAt(text, i+3) {
		return false
	}
	return wordByteAt(text, i+4) || sepLen(text, i+4) > 0
}

// plateShape tells whether two letters, three digits and two letters are at i.
func plateShape(text []byte, i int) bool {
	if i+7 > len(text) || text[i] >= 0x80 || text[i+1] >= 0x80 || !letterAt(text, i+1) {
		return false
	}
	i += 2
	if text[i] == '-' || text[i] == ' ' || text[i] == '.' || text[i] == '/' {
		i++
	}
	if !digitAt(text, i) || !digitAt(text, i+1) || !digitAt(text, i+2) {
		return false
	}
	i += 3
	if i < len(text) && classes[text[i]]&isSep != 0 {
		i++
	}
	return i+1 < len(text) && text[i] < 0x80 && text[i+1] < 0x80 && letterAt(text, i) && letterAt(text, i+1)
}
