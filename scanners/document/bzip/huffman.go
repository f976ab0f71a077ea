package bzip

// quick is how many bits a code's first look reads: most codes are shorter.
const quick = 10

// A code is a Huffman code in canonical order.
type code struct {
	fast   [1 << quick]uint16 // by the next bits: symbol<<5 | length; 0 for longer codes
	first  [maxCode + 2]int32 // first code of a length
	offset [maxCode + 2]int32 // index in symbols of the first symbol of a length
	count  [maxCode + 2]int32
	sorted [maxSymbols]uint16 // symbols by length
}

const (
	maxCode    = 20
	maxSymbols = 258
)

// build makes the code from the length of each symbol's code; false when no
// stream can be read with it.
func (c *code) build(lengths []uint8) bool {
	*c = code{}
	for _, n := range lengths {
		c.count[n]++
	}
	next, at := int32(0), int32(0)
	for n := 1; n <= maxCode; n++ {
		c.first[n], c.offset[n] = next, at
		next += c.count[n]
		at += c.count[n]
		if next > 1<<n {
			return false
		}
		next <<= 1
	}
	place := c.offset
	for s, n := range lengths {
		c.sorted[place[n]] = uint16(s)
		place[n]++
	}
	c.lookAhead()
	return true
}

// lookAhead fills in fast.
func (c *code) lookAhead() {
	for n := 1; n <= quick; n++ {
		for i := range c.count[n] {
			from := (c.first[n] + i) << (quick - n)
			for k := range int32(1) << (quick - n) {
				c.fast[from+k] = c.sorted[c.offset[n]+i]<<5 | uint16(n)
			}
		}
	}
}

// read reads one symbol; -1 when the bits are no code.
func (c *code) read(b *bitReader) int {
	b.fill(maxCode)
	ahead := int32(b.bits >> (b.n - maxCode) & (1<<maxCode - 1))
	if f := c.fast[ahead>>(maxCode-quick)]; f != 0 {
		b.n -= uint(f & 31)
		return int(f >> 5)
	}
	for n := quick + 1; n <= maxCode; n++ {
		if i := ahead>>(maxCode-n) - c.first[n]; i >= 0 && i < c.count[n] {
			b.n -= uint(n)
			return int(c.sorted[c.offset[n]+i])
		}
	}
	return -1
}
