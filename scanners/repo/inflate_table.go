package repo

import "math/bits"

// A table is asked with the next bits of a stream, and tells what they stand for:
//
//	bits 0 to 5    how many bits the code takes; none for no code
//	bits 8 to 11   how many bits follow it, to be added to the value
//	bits 13 to 15  isLink, isEnd, isLiteral
//	bits 16 to 31  the value; of a link, where the table of longer codes starts
//
// A link takes the bits of this table, and the ones that follow ask the next.
const (
	isLink    = 1 << 13
	isEnd     = 1 << 14
	isLiteral = 1 << 15

	litBits  = 10
	distBits = 8
	preBits  = 7

	maxLits  = 286
	maxDists = 30
	maxCode  = 15
)

var (
	litEntries  = lengthEntries()
	distEntries = distanceEntries()
	preEntries  = preliminaryEntries()
	preOrder    = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
)

// lengthEntries is what the symbols of literals and lengths stand for (RFC 1951, 3.2.5).
func lengthEntries() (t [288]uint32) {
	for i := range uint32(256) {
		t[i] = i<<16 | isLiteral
	}
	t[256] = isEnd
	length := uint32(3)
	for i := uint32(257); i < 285; i++ {
		extra := uint32(0)
		if i >= 265 {
			extra = (i - 261) / 4
		}
		t[i] = length<<16 | extra<<8
		length += 1 << extra
	}
	t[285] = 258 << 16
	return t // 286 and 287 stand for nothing
}

func distanceEntries() (t [32]uint32) {
	distance := uint32(1)
	for i := range uint32(30) {
		extra := uint32(0)
		if i >= 4 {
			extra = i/2 - 1
		}
		t[i] = distance<<16 | extra<<8
		distance += 1 << extra
	}
	return t
}

func preliminaryEntries() (t [19]uint32) {
	for i := range t {
		t[i] = uint32(i) << 16
	}
	return t
}

// fixedTables makes the tables of a block that has none of its own.
func (f *inflater) fixedTables() {
	if f.fixed {
		return
	}
	var lens [288]uint8
	for i := range lens {
		switch {
		case i < 144, i >= 280:
			lens[i] = 8
		case i < 256:
			lens[i] = 9
		default:
			lens[i] = 7
		}
	}
	build(f.lits[:], litBits, lens[:], litEntries[:])
	for i := range 32 {
		lens[i] = 5
	}
	build(f.dists[:], distBits, lens[:32], distEntries[:])
	f.fixed = true
}

// tables reads the tables that stand before a block.
func (f *inflater) tables() bool {
	lits, dists, pres := f.take(5)+257, f.take(5)+1, f.take(4)+4
	if lits > maxLits || dists > maxDists {
		return false
	}
	var lens [19]uint8
	for _, i := range preOrder[:pres] {
		lens[i] = uint8(f.take(3))
	}
	if !build(f.pre[:], preBits, lens[:], preEntries[:]) || !f.lengths(lits+dists) || f.lens[256] == 0 {
		return false
	}
	return build(f.lits[:], litBits, f.lens[:lits], litEntries[:]) &&
		build(f.dists[:], distBits, f.lens[lits:lits+dists], distEntries[:])
}

// lengths reads the lengths of all codes.
func (f *inflater) lengths(n int) bool {
	for i := 0; i < n; {
		f.fill()
		e := f.pre[f.bit&(1<<preBits-1)]
		if e&63 == 0 || f.at > len(f.src)+8 {
			return false
		}
		f.bit >>= e & 63
		f.n -= uint(e & 63)
		value, times := uint8(e>>16), 1
		switch value {
		case 16:
			if i == 0 {
				return false
			}
			value, times = f.lens[i-1], 3+f.take(2)
		case 17:
			value, times = 0, 3+f.take(3)
		case 18:
			value, times = 0, 11+f.take(7)
		}
		for range times {
			f.lens[i] = value
			i++
		}
		if i > n {
			return false
		}
	}
	return true
}

// build makes the table of a code from the lengths of its symbols (RFC 1951, 3.2.2).
// It fails when they make no code. A code that is not complete is none, but for one
// without symbols, or with one, of one bit.
func build(table []uint32, root int, lens []uint8, entries []uint32) bool {
	var counts, next [maxCode + 2]int
	for _, n := range lens {
		counts[n]++
	}
	if counts[0] == len(lens) || counts[0] == len(lens)-1 && counts[1] == 1 {
		return single(table[:1<<root], lens, entries)
	}
	counts[0] = 0
	left := 1
	for n := 1; n <= maxCode; n++ {
		next[n+1] = next[n] + counts[n]
		if left = left<<1 - counts[n]; left < 0 {
			return false
		}
	}
	if left != 0 {
		return false
	}
	var sorted [288]uint16
	for s, n := range lens {
		if n > 0 {
			sorted[next[n]] = uint16(s)
			next[n]++
		}
	}
	fillTable(table, root, sorted[:], &counts, entries)
	return true
}

// single makes the table of a code without symbols, or with one.
func single(table []uint32, lens []uint8, entries []uint32) bool {
	clear(table)
	for s, n := range lens {
		if n == 1 {
			for i := 0; i < len(table); i += 2 {
				table[i] = entries[s] | 1
			}
		}
	}
	return true
}

// fillTable writes the codes of sorted symbols in order. Codes stand in the stream
// first bit lowest, so they count from the other end: code is the one at hand, so
// turned round.
func fillTable(table []uint32, root int, sorted []uint16, counts *[maxCode + 2]int, entries []uint32) {
	code, i := 0, 0
	for n := 1; n <= root; n++ {
		copy(table[1<<(n-1):1<<n], table[:1<<(n-1)]) // what is known does not hang on one bit more
		for ; counts[n] > 0; counts[n]-- {
			table[code] = entry(entries, sorted[i], n)
			i++
			code = following(code, n)
		}
	}
	prefix, start, width, end := -1, 0, 0, 1<<root
	for n := root + 1; n <= maxCode; n++ {
		for ; counts[n] > 0; counts[n]-- {
			if head := code & (1<<root - 1); head != prefix {
				prefix, start = head, end
				width = n - root
				for room := counts[n]; room < 1<<width && root+width < maxCode; {
					width++
					room = room<<1 + counts[root+width]
				}
				end = start + 1<<width
				table[prefix] = uint32(start)<<16 | isLink | uint32(width)<<8 | uint32(root)
			}
			e := entry(entries, sorted[i], n-root)
			for k := code >> root; k < 1<<width; k += 1 << (n - root) {
				table[start+k] = e
			}
			i++
			code = following(code, n)
		}
	}
}

// entry is what a symbol stands for, with the bits of its code; none for a symbol
// that stands for nothing.
func entry(entries []uint32, symbol uint16, n int) uint32 {
	if e := entries[symbol]; e != 0 || len(entries) == len(preEntries) {
		return e | uint32(n)
	}
	return 0
}

// following is the code of n bits after code; the last one stays.
func following(code, n int) int {
	zeros := code ^ (1<<n - 1)
	if zeros == 0 {
		return code
	}
	bit := 1 << (bits.Len(uint(zeros)) - 1)
	return code&(bit-1) | bit
}
