//go:build !purego

package document

import "golang.org/x/sys/cpu"

// endsAVX2 fills n masks from the 64·n bytes at p.
//
//go:noescape
func endsAVX2(p *byte, n int, a, b byte, out *uint64)

// ends fills out with the places of a and b in text.
func ends(text []byte, a, b byte, out []uint64) {
	if len(out) > 0 && cpu.X86.HasAVX2 {
		_ = text[64*len(out)-1]
		endsAVX2(&text[0], len(out), a, b, &out[0])
		return
	}
	endsGo(text, a, b, out)
}
