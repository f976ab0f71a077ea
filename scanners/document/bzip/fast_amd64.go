//go:build !purego

package bzip

import "golang.org/x/sys/cpu"

// A track is a lane on its way, as the assembly wants it.
type track struct {
	pieces *piece
	out    *byte
	at     uint64
	off    uint64
}

// stepFour goes as many steps on each of four tracks: while one waits for its next
// piece the others go on.
//
//go:noescape
func stepFour(t *[4]track, steps int)

// runFour runs four lanes at once, to outs of one size.
func runFour(l *[4]*lane, out *[4][]byte) {
	steps := len(out[0]) / ahead
	if steps == 0 {
		return
	}
	var tracks [4]track
	for i, k := range l {
		to := out[i][:len(out[0])]
		tracks[i] = track{&k.pieces[0], &to[0], uint64(k.at), uint64(k.off)}
	}
	stepFour(&tracks, steps)
	for i, k := range l {
		k.at, k.off = uint32(tracks[i].at), uint32(tracks[i].off)
	}
}

// turnAVX2 turns 32·blocks bytes.
//
//go:noescape
func turnAVX2(out, p *byte, blocks int)

// turn fills out with the bytes of p, each with its bits turned round.
func turn(out, p []byte) {
	n := len(out) / 32
	if n > 0 && cpu.X86.HasAVX2 {
		turnAVX2(&out[0], &p[:len(out)][0], n)
		out, p = out[32*n:], p[32*n:]
	}
	turnWords(out, p)
}

// fourAVX2 returns where the first four equal bytes start of those that start in
// the 32·blocks bytes at p, of which three more are read; 32·blocks if there are none.
//
//go:noescape
func fourAVX2(p *byte, blocks int) int

// beforeFour returns how many bytes of p are known to stand before the first four equal
// ones. It may be fewer than there are.
func beforeFour(p []byte) int {
	n := (len(p) - 3) / 32
	if n <= 0 || !cpu.X86.HasAVX2 {
		return 0
	}
	return fourAVX2(&p[0], n)
}
