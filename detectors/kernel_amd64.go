//go:build !purego

package detectors

import "golang.org/x/sys/cpu"

// bestKernel is the fastest kernel this machine runs.
var bestKernel = func() kernel {
	switch {
	case !cpu.X86.HasAVX2:
		return plainKernel
	case !cpu.X86.HasBMI1 || !cpu.X86.HasBMI2:
		return kernel{classify, derive, mark, nil}
	}
	return kernel{classify, derive, mark, filterWords}
}()

func classify(m *masks, first int, text []byte, blocks int) {
	if blocks > 0 {
		classifyAVX2(&m.digit[first], &text[0], blocks)
	}
}

// derive is masks.derive for four blocks at a time, and at most two more than
// asked for.
func derive(m *masks, blocks int) { deriveAVX2(m, (blocks+2+3)/4) }

// mark is masks.mark for four blocks at a time.
func mark(m *masks, blocks int, nine bool) {
	var numbers uint64
	if nine {
		numbers = ^numbers
	}
	markAVX2(m, (blocks+3)/4, numbers)
}

// deriveAVX2 reads the eight bytes before m, too, for bits that are not looked at:
// a maskFinder has them.
//
//go:noescape
func deriveAVX2(m *masks, groups int)

//go:noescape
func markAVX2(m *masks, groups int, nine uint64)

// classifyAVX2 writes the kernel rows of blocks of 64 bytes at text; dst is the
// first word of the first row, the other rows follow it at the size of a row.
//
//go:noescape
func classifyAVX2(dst *uint64, text *byte, blocks int)

// filterWords keeps those words of blocks at text that the filter of t may hold, or
// that are not of ASCII alone. Eight bytes behind the blocks are read.
func filterWords(m *masks, blocks int, text []byte, t *wordTable, out *[wordsPerWindow]uint64) int {
	if blocks <= 0 {
		return 0
	}
	_ = text[blocks*block+6]
	return filterBMI2(m, blocks, &text[0], &t.bloom[0], uint64(len(t.bloom)-1), &wordLengths, &out[0])
}

//go:noescape
func filterBMI2(m *masks, blocks int, text *byte, filter *uint64, mask uint64, keys *[128]wordLength, out *uint64) int
