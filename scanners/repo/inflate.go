package repo

import (
	"encoding/binary"
	"hash/adler32"
)

// An inflater inflates the entries of a pack (RFC 1950 and 1951). Both ends lie in
// memory and the size is known beforehand, so there is no window and no state
// between calls: it takes half the time of a reader of streams. Most entries are
// small deltas, for which the tables cost as much as what they decode.
type inflater struct {
	lits  [1 << litBits * 2]uint32 // by the next bits: a literal, a length, or where to look further
	dists [1 << distBits * 2]uint32
	fixed bool // the tables are those of blocks without tables of their own
	pre   [1 << preBits]uint32
	lens  [maxLits + maxDists + 138]uint8

	src []byte
	at  int    // of the next byte of src
	bit uint64 // bits read and not used, the first lowest
	n   uint   // how many of them; above are zeros, or those that follow
}

// slack is room behind what is inflated: a literal, a match and the step that it is
// copied by may go so far behind the end before that is seen.
const slack = 288

// inflate inflates size bytes from a zlib stream at the start of src into a buffer,
// which may be into, and returns how many bytes of src that took.
func (f *inflater) inflate(src []byte, size int, into []byte) (made []byte, used int, err error) {
	if len(src) < 2 || src[0]&15 != 8 || src[0]>>4 > 7 || src[1]&0x20 != 0 || (int(src[0])<<8|int(src[1]))%31 != 0 {
		return nil, 0, errPack
	}
	f.src, f.at, f.bit, f.n = src, 2, 0, 0
	made = sized(into, size+slack)
	end, ok := f.blocks(made, size)
	used, f.src = min(f.at, len(src)), nil // bits are taken ahead, past a cut end too
	if !ok || end != size || used+4 > len(src) {
		return nil, used, errPack
	}
	made = made[:size]
	if binary.BigEndian.Uint32(src[used:]) != adler32.Checksum(made) {
		return nil, used, errPack
	}
	return made, used + 4, nil
}

// blocks inflates all blocks, and leaves the reader at the byte behind them.
func (f *inflater) blocks(out []byte, size int) (op int, ok bool) {
	for {
		last, kind := f.take(1), f.take(2)
		switch kind {
		case 0:
			op, ok = f.stored(out, op, size)
		case 1:
			f.fixedTables()
			op, ok = f.block(out, op, size)
		case 2:
			f.fixed = false
			ok = f.tables()
			if ok {
				op, ok = f.block(out, op, size)
			}
		default:
			return op, false
		}
		if !ok {
			return op, false
		}
		if last == 1 {
			f.align()
			return op, f.at <= len(f.src)
		}
	}
}

// take reads up to 16 bits. Behind the end there are zeros; that at has gone past it is
// seen by who ends.
func (f *inflater) take(n uint) int {
	f.fill()
	v := f.bit & (1<<n - 1)
	f.bit >>= n
	f.n -= n
	return int(v)
}

// fill makes that there are 48 bits at least.
func (f *inflater) fill() {
	for f.n < 48 {
		if f.at < len(f.src) {
			f.bit |= uint64(f.src[f.at]) << f.n
		}
		f.at++
		f.n += 8
	}
}

// align gives back the whole bytes that were read ahead, and drops the bits before them.
func (f *inflater) align() {
	f.at -= int(f.n / 8)
	f.bit, f.n = 0, 0
}

// stored copies a block that is not compressed.
func (f *inflater) stored(out []byte, op, size int) (int, bool) {
	f.align()
	if f.at+4 > len(f.src) {
		return op, false
	}
	n := int(binary.LittleEndian.Uint16(f.src[f.at:]))
	if n^0xffff != int(binary.LittleEndian.Uint16(f.src[f.at+2:])) {
		return op, false
	}
	f.at += 4
	if n > len(f.src)-f.at || n > size-op {
		return op, false
	}
	copy(out[op:], f.src[f.at:f.at+n])
	f.at += n
	return op + n, true
}

// block inflates a block with the tables at hand, up to its end.
func (f *inflater) block(out []byte, op, size int) (int, bool) {
	src, at, bit, n := f.src, f.at, f.bit, f.n
	for op <= size && len(out) >= size+slack {
		if at+8 <= len(src) {
			bit |= binary.LittleEndian.Uint64(src[at:]) << (n & 63)
			at += int(63-n) >> 3
			n |= 56
		} else {
			for ; n < 48; n += 8 {
				if at < len(src) {
					bit |= uint64(src[at]) << (n & 63)
				}
				at++
			}
			if at > len(src)+8 {
				return op, false
			}
		}
		e := f.lits[bit&(1<<litBits-1)]
		if e&isLiteral != 0 { // two more may follow before bits are short
			bit >>= e & 63
			n -= uint(e & 63)
			out[op] = byte(e >> 16)
			op++
			if e = f.lits[bit&(1<<litBits-1)]; e&isLiteral != 0 {
				bit >>= e & 63
				n -= uint(e & 63)
				out[op] = byte(e >> 16)
				op++
			}
			continue
		}
		if e&isLink != 0 {
			bit >>= e & 63
			n -= uint(e & 63)
			e = f.lits[(e>>16+uint32(bit)&(1<<(e>>8&15)-1))&(uint32(len(f.lits))-1)]
			if e&isLiteral != 0 {
				bit >>= e & 63
				n -= uint(e & 63)
				out[op] = byte(e >> 16)
				op++
				continue
			}
		}
		if e&63 == 0 {
			return op, false
		}
		bit >>= e & 63
		n -= uint(e & 63)
		if e&isEnd != 0 {
			f.at, f.bit, f.n = at, bit, n
			return op, true
		}
		length := int(e>>16) + int(bit&(1<<(e>>8&15)-1))
		bit >>= e >> 8 & 15
		n -= uint(e >> 8 & 15)
		if e = f.dists[bit&(1<<distBits-1)]; e&isLink != 0 {
			bit >>= e & 63
			n -= uint(e & 63)
			e = f.dists[(e>>16+uint32(bit)&(1<<(e>>8&15)-1))&(uint32(len(f.dists))-1)]
		}
		if e&63 == 0 {
			return op, false
		}
		bit >>= e & 63
		n -= uint(e & 63)
		back := int(e>>16) + int(bit&(1<<(e>>8&15)-1))
		bit >>= e >> 8 & 15
		n -= uint(e >> 8 & 15)
		if back > op {
			return op, false
		}
		again(out, op, back, length)
		op += length
	}
	return op, false
}

// again copies length bytes, of which there is room for slack, from so far back.
func again(out []byte, op, back, length int) {
	if back >= 8 {
		to, from := out[op:op+length+8], out[op-back:]
		for i := 0; i < length; i += 8 {
			binary.LittleEndian.PutUint64(to[i:], binary.LittleEndian.Uint64(from[i:]))
		}
		return
	}
	for i := op; i < op+length; i++ {
		out[i] = out[i-back]
	}
}
