package detectors

// fold appends word in lower case without accents to dst. It knows the letters
// of western Europe; others stay as they are.
func fold(dst, word []byte) []byte {
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case c >= 'A' && c <= 'Z':
			dst = append(dst, c|0x20)
		case c < 0x80:
			dst = append(dst, c)
		case i+1 < len(word) && foldTwo(c, word[i+1]) != "":
			dst = append(dst, foldTwo(c, word[i+1])...)
			i++
		case (c == 0xCC || c == 0xCD) && i+1 < len(word): // combining accents
			i++
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// foldable tells whether fold may make ASCII of a word: no letter is of another
// script than the Latin one. Most languages of the world need no closer look.
func foldable(word []byte) bool {
	for _, c := range word {
		if c >= 0xC0 && c != 0xC3 && c != 0xC5 && c != 0xCC && c != 0xCD {
			return false
		}
	}
	return true
}

// latin1 is U+00C0 to U+00FF without case and accents; '*' is not folded here.
const latin1 = "aaaaaa*ceeeeiiii*nooooo*ouuuuy**aaaaaa*ceeeeiiii*nooooo*ouuuuy*y"

// foldTwo folds a letter of two bytes; "" when it does not know it.
func foldTwo(lead, next byte) string {
	switch {
	case lead == 0xC3 && (next == 0x86 || next == 0xA6):
		return "ae"
	case lead == 0xC3 && next == 0x9F:
		return "ss"
	case lead == 0xC3 && next >= 0x80 && next <= 0xBF && latin1[next-0x80] != '*':
		return latin1[next-0x80 : next-0x7F]
	case lead == 0xC5 && (next == 0x92 || next == 0x93):
		return "oe"
	}
	return ""
}
