//go:build !purego

package detectors

import "golang.org/x/sys/cpu"

// bestKernel is the fastest kernel this machine runs.
var bestKernel = func() kernel {
	if cpu.X86.HasAVX2 {
		return avx2Kernel
	}
	return plainKernel
}()

func avx2Kernel(m *masks, first int, text []byte, blocks int) {
	if blocks > 0 {
		classifyAVX2(&m.digit[first], &text[0], blocks)
	}
}

// classifyAVX2 writes the kernel rows of blocks of 64 bytes at text; dst is the
// first word of the first row, the other rows follow it at the size of a row.
//
//go:noescape
func classifyAVX2(dst *uint64, text *byte, blocks int)
