//go:build !purego

package document

import "golang.org/x/sys/cpu"

// wrongUTF8 tells whether there is something wrong with the 32·blocks bytes at
// p as UTF-8, but for a rune that is cut at their end. It is the algorithm of
// Keiser and Lemire, « Validating UTF-8 in less than one instruction per byte ».
//
//go:noescape
func wrongUTF8(p *byte, blocks int) bool

// validUTF8 is utf8.Valid at the speed of memory.
func validUTF8(b []byte) bool {
	n := len(b) / 32
	if n == 0 || !cpu.X86.HasAVX2 {
		return validBytes(b)
	}
	return !wrongUTF8(&b[0], n) && validBytes(b[runeStart(b, 32*n):])
}

// runeStart returns the start of the rune that may be cut at end, else end.
func runeStart(b []byte, end int) int {
	for i := end - 1; i >= 0 && i >= end-3 && b[i] >= 0x80; i-- {
		if b[i] >= 0xC0 {
			return i
		}
	}
	return end
}
