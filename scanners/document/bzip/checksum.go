package bzip

import (
	"encoding/binary"
	"hash/crc32"
	"math/bits"
)

// checksum goes on with sum over p. bzip2 computes CRC-32 from the highest bit of
// each byte on; that is the usual CRC-32, for which processors have instructions,
// of the bytes turned round.
func checksum(sum uint32, p []byte) uint32 {
	var turned [1024]byte
	sum = ^bits.Reverse32(sum)
	for len(p) > 0 {
		n := min(len(p), len(turned))
		turn(turned[:n], p)
		sum = crc32.Update(sum, crc32.IEEETable, turned[:n])
		p = p[n:]
	}
	return bits.Reverse32(^sum)
}

// turnWords is turn in plain Go, eight bytes at a time.
func turnWords(out, p []byte) {
	for len(out) >= 8 {
		x := bits.ReverseBytes64(bits.Reverse64(binary.LittleEndian.Uint64(p)))
		binary.LittleEndian.PutUint64(out, x)
		out, p = out[8:], p[8:]
	}
	for i := range out {
		out[i] = bits.Reverse8(p[i])
	}
}
