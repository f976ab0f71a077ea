package shape

import "github.com/ecart-rgpd/ecart/detectors"

// A Number is what Read saw: the characters without their separators, and how
// they were grouped.
type Number struct {
	Chars  [40]byte
	N      int       // characters read
	Group  [20]uint8 // characters in each group
	Groups int
	End    int  // offset after the last character
	sep    byte // kind of the first separator; 0 when there is none
	Mixed  bool // the separators are not all the same
}

// Read reads want characters from text[at]: digits, and where allow says so
// other characters; letter case is folded to capitals. Between two groups there
// is one separator. It returns false when another number of characters is
// there, or when the number is glued to something or continued by a group set
// apart in the same way. allow may be nil; it gets the index of the character.
func (n *Number) Read(text []byte, at, want int, allow func(i int, c byte) bool) bool {
	if !n.read(text, at, want, allow) {
		return false
	}
	return Starts(text, at) && Ends(text, n.End) && !n.continued(text, at, n.End)
}

// ReadStart is Read for a number of which the start is already judged.
func (n *Number) ReadStart(text []byte, at, want int, allow func(i int, c byte) bool) bool {
	return n.read(text, at, want, allow) && Ends(text, n.End) && !n.continues(text, n.End)
}

func (n *Number) read(text []byte, at, want int, allow func(i int, c byte) bool) bool {
	n.N, n.Groups, n.sep, n.Mixed = 0, 0, 0, false
	run := 0
	for i := at; i < len(text); {
		c := text[i]
		if Digit(c) {
			digits := detectors.DigitRun(text, i)
			if digits > want-n.N {
				return false
			}
			copy(n.Chars[n.N:], text[i:i+digits])
			n.N, run, i = n.N+digits, run+digits, i+digits
			n.End = i
			continue
		}
		if c >= 'a' && c <= 'z' {
			c -= 0x20
		}
		if allow == nil || n.N >= want || !allow(n.N, c) {
			c = 0
		}
		if c != 0 {
			n.Chars[n.N] = c
			n.N++
			run++
			i++
			n.End = i
			continue
		}
		if n.N == want {
			break
		}
		gap := Gap(text, i)
		if gap == 0 || run == 0 || n.Groups == len(n.Group)-1 {
			return false
		}
		if n.sep == 0 {
			n.sep = kind(text[i])
		} else if n.sep != kind(text[i]) {
			if n.sep == '.' || text[i] == '.' { // decimal numbers: the path of a drawing
				return false
			}
			n.Mixed = true
		}
		n.Group[n.Groups] = uint8(run)
		n.Groups++
		run = 0
		i += gap
	}
	if n.N != want || run == 0 {
		return false
	}
	n.Group[n.Groups] = uint8(run)
	n.Groups++
	return true
}

// continued tells whether a grouped number goes on before or after: then it is
// part of a longer one.
func (n *Number) continued(text []byte, at, end int) bool {
	if n.Groups == 1 {
		return false
	}
	if gap := gapBefore(text, at); gap > 0 && gap < at && kind(text[at-gap]) == n.sep && Digit(text[at-gap-1]) {
		return true
	}
	return n.continues(text, end)
}

func (n *Number) continues(text []byte, end int) bool {
	if n.Groups == 1 || end >= len(text) || kind(text[end]) != n.sep {
		return false
	}
	gap := Gap(text, end)
	return gap > 0 && end+gap < len(text) && Digit(text[end+gap])
}

// Is tells whether the groups are those given.
func (n *Number) Is(groups ...uint8) bool {
	if n.Groups != len(groups) {
		return false
	}
	for i, g := range groups {
		if n.Group[i] != g {
			return false
		}
	}
	return true
}

// Bytes returns the characters read. They are valid as long as n.
func (n *Number) Bytes() []byte { return n.Chars[:n.N] }

// Plain tells whether the number was written in one piece.
func (n *Number) Plain() bool { return n.Groups == 1 }

// kind takes all spaces for one, by the first byte of a separator.
func kind(c byte) byte {
	if c >= 0x80 {
		return ' '
	}
	return c
}

// Repeats tells whether all characters of s are the same: filler, no identifier.
func Repeats(s []byte) bool {
	for _, c := range s {
		if c != s[0] {
			return false
		}
	}
	return true
}
