package document

import "encoding/binary"

// endsGo fills out with the places of two bytes in the blocks of 64 bytes of
// text: bit i is byte i. It works on eight bytes a step.
func endsGo(text []byte, a, b byte, out []uint64) {
	for k := range out {
		var m uint64
		for i := range 8 {
			x := binary.LittleEndian.Uint64(text[k*64+i*8:])
			m |= (equal(x, a) | equal(x, b)) << (i * 8)
		}
		out[k] = m
	}
}
