package detectors

// A sight is what a finder sees in a text. Whatever finds it sees the same.
type sight struct {
	shapes []event  // where a detector may have something to say, about in order
	words  []word   // words of the word table, in order
	starts []uint64 // bit i of it: a word or number starts at byte i
}

func (s *sight) reset(size int) {
	s.shapes, s.words = s.shapes[:0], s.words[:0]
	n := (size + block - 1) / block
	if cap(s.starts) < n {
		s.starts = make([]uint64, n)
	}
	s.starts = s.starts[:n]
}

// An event is one shape.
type event struct {
	at   int32
	kind kind
	run  uint8 // one more than the digits it begins with, 64 at most; 0 when they were not counted
}

// A word is one word of the word table.
type word struct {
	at, end int32
	entry   int32
}

type kind uint8

// The kinds of event. Each stands for one trigger.
const (
	number9 kind = iota
	number10
	number13
	number14 // and number13
	aPlus
	anAt
	someOctets
	someColons
	anIBAN
	aPlate
	aDecimal
	aDegree
	anAngle
	kinds
)

// kindTrigger tells which trigger a kind of event stands for.
var kindTrigger = [kinds]Trigger{
	number9: OnDigits9, number10: OnDigits10, number13: OnDigits13, number14: OnDigits14,
	aPlus: OnPlus, anAt: OnAt, someOctets: OnOctets, someColons: OnColons,
	anIBAN: OnIBAN, aPlate: OnPlate, aDecimal: OnDecimal, aDegree: OnDegree, anAngle: OnAngles,
}

// Class bits of a byte.
const (
	isDigit uint8 = 1 << iota
	isLetter
	isUpper
	isSep // one may stand between two digits
	isHex
	isLead // of a sequence that is no letter: C2 xx, E2 xx xx
)

// classes gives the class bits of a byte. Bytes from 0x80 are letters, because
// most are in French text; letterAt takes out the punctuation among them.
var classes = func() (t [256]uint8) {
	for c := range 256 {
		switch {
		case c >= '0' && c <= '9':
			t[c] = isDigit | isHex
		case c >= 'A' && c <= 'Z':
			t[c] = isLetter | isUpper
		case c >= 'a' && c <= 'z' || c >= 0x80:
			t[c] = isLetter
		case c == ' ' || c == '.' || c == '-' || c == '/':
			t[c] = isSep
		}
	}
	for _, c := range "abcdefABCDEF" {
		t[c] |= isHex
	}
	t[0xC2] = isLead
	t[0xE2] = isLead
	return t
}()

func digitAt(text []byte, i int) bool {
	return uint(i) < uint(len(text)) && classes[text[i]]&isDigit != 0
}

// letterAt tells whether text[i] is part of a letter. NBSP, guillemets, dashes
// and curly apostrophes (C2 xx, E2 xx xx) are none: « l’hôpital » is two words.
func letterAt(text []byte, i int) bool {
	if uint(i) >= uint(len(text)) || classes[text[i]]&isLetter == 0 {
		return false
	}
	if i > 0 && (text[i-1] == 0xC2 || text[i-1] == 0xE2) {
		return false
	}
	return i < 2 || text[i-2] != 0xE2
}

func wordByteAt(text []byte, i int) bool { return digitAt(text, i) || letterAt(text, i) }

// sepLen returns the length of the separator at text[i] that may stand between
// two digits, 0 for none.
func sepLen(text []byte, i int) int {
	switch {
	case i >= len(text):
		return 0
	case classes[text[i]]&isSep != 0:
		return 1
	case text[i] == 0xC2 && i+1 < len(text) && text[i+1] == 0xA0:
		return 2
	case text[i] == 0xE2 && i+2 < len(text) && text[i+1] == 0x80 && text[i+2] == 0xAF:
		return 3
	}
	return 0
}

// maxDigits bounds the counting of digits: no trigger asks for more.
const maxDigits = 14

// countDigits counts the digits of the number at i that begins with run of them, up
// to maxDigits, with at most one separator between two. The seventh may be the A or B of Corsica, as
// in 2A or 2B.
func countDigits(text []byte, i, run int) int {
	n := min(run, maxDigits) // most numbers are one run
	i += n
	for n < maxDigits {
		switch {
		case digitAt(text, i) || n == 6 && i < len(text) && corsican(text[i]) && text[i-1] == '2':
			n++
			i++
			continue
		case n == 0:
			return 0
		}
		k := sepLen(text, i)
		if k == 0 || !digitAt(text, i+k) {
			return n
		}
		i += k
	}
	return n
}

func corsican(c byte) bool { return c|0x20 == 'a' || c|0x20 == 'b' }
