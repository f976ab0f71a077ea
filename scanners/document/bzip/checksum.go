package bzip

import (
	"encoding/binary"
	"sync"
)

// checksums are tables of CRC-32 from the highest bit on, for a byte and seven
// bytes further on each.
var checksums = sync.OnceValue(func() *[8][256]uint32 {
	var t [8][256]uint32
	for i := range 256 {
		c := uint32(i) << 24
		for range 8 {
			c = c<<1 ^ uint32(int32(c)>>31)&0x04C11DB7
		}
		t[0][i] = c
	}
	for k := 1; k < 8; k++ {
		for i, c := range t[k-1] {
			t[k][i] = c<<8 ^ t[0][c>>24]
		}
	}
	return &t
})

// checksum goes on with sum over p, eight bytes at a time.
func checksum(sum uint32, p []byte) uint32 {
	t := checksums()
	for len(p) >= 8 {
		sum ^= binary.BigEndian.Uint32(p)
		sum = t[7][sum>>24] ^ t[6][sum>>16&255] ^ t[5][sum>>8&255] ^ t[4][sum&255] ^
			t[3][p[4]] ^ t[2][p[5]] ^ t[1][p[6]] ^ t[0][p[7]]
		p = p[8:]
	}
	for _, c := range p {
		sum = sum<<8 ^ t[0][byte(sum>>24)^c]
	}
	return sum
}
