package document

import "encoding/binary"

// jsonMasks are, for 64 bytes of JSON, where its signs are: bit i is byte i.
type jsonMasks struct {
	quote, slash uint64 // '"' and '\'
	// sign is ':', '{', '}', '[', ']', '/', and by the way the test works 'Y', 'y',
	// '_' and DEL, which hardly stand outside strings.
	sign, line uint64
}

// maskGo fills out with the masks of the blocks of text, whose length is a
// multiple of 64. It works on eight bytes a step.
func maskGo(text []byte, out []jsonMasks) {
	for b := range out {
		m := jsonMasks{}
		for i := range 8 {
			x := binary.LittleEndian.Uint64(text[b*64+i*8:])
			s := uint(i * 8)
			m.quote |= equal(x, '"') << s
			m.slash |= equal(x, '\\') << s
			m.sign |= (equal(x|0x26*ones, 0x7F) | equal(x, ':') | equal(x, '/')) << s
			m.line |= equal(x, '\n') << s
		}
		out[b] = m
	}
}

const ones = 0x0101010101010101

// equal returns a bit for each byte of x that is c.
func equal(x uint64, c byte) uint64 {
	v := x ^ uint64(c)*ones
	high := ^((v&(0x7F*ones) + 0x7F*ones) | v | 0x7F*ones) // bit 7 of the bytes that are zero
	return (high >> 7) * 0x0102040810204080 >> 56
}

// insideStrings returns a bit for each byte from an opening quote up to the byte
// before its closing one: the parity of the quotes so far.
func insideStrings(quotes uint64) uint64 {
	quotes ^= quotes << 1
	quotes ^= quotes << 2
	quotes ^= quotes << 4
	quotes ^= quotes << 8
	quotes ^= quotes << 16
	quotes ^= quotes << 32
	return quotes
}
