package detectors

// block is the number of bytes whose classes one mask word holds.
const block = 64

// window is the number of blocks looked at together: the masks of 4 KiB of text
// stay in the first-level cache.
const window = 64

// row is one mask per block of a window, and one block before and after it: a
// shape that starts in the window may need the classes of bytes beyond. The last
// two make whole groups of four.
type row [window + 4]uint64

// masks holds one row per class of bytes; bit i of word j is byte i of block j.
// The kernels write the rows down to lt, in this order.
type masks struct {
	digit, letter, upper, high row // high: bytes from 0x80
	at, plus, colon, sep       row
	c2, e2, dot, zero, lt      row

	word    row // letters and digits
	camel   row // capitals that start a word within letters
	inside  row // letters that do not
	number  row // digits and the separators between two of them
	decimal row // dots between two digits
	starts  row // of words and numbers
	events  row // where some shape may be
	words   row // starts of words of minWord bytes
}

// kernelRows is how many rows a kernel writes.
const kernelRows = 13

// A kernel does the work on masks.
type kernel struct {
	// classify writes the classes of blocks of text into m from block first on.
	classify func(m *masks, first int, text []byte, blocks int)
	// derive and mark do what the methods of that name do.
	derive func(m *masks, blocks int)
	mark   func(m *masks, blocks int, nine bool)
	// filter, which may be nil, writes down the words of blocks of text that are to be
	// looked up, and returns how many: the place, as a bit of a row, then the length
	// from bit 32 on, then bit 40 for a word that is not of ASCII alone. All words
	// must start 8 bytes before the end of text.
	filter func(m *masks, blocks int, text []byte, t *wordTable, out *[wordsPerWindow]uint64) int
}

// wordsPerWindow is more than there are words of minWord bytes in a window.
const wordsPerWindow = window*block/minWord + 8

// plainKernel is the kernel in Go alone.
var plainKernel = kernel{plainClasses, (*masks).derive, (*masks).mark, nil}

// load classifies the window of text at base, the block before it and the
// block after it.
func (m *masks) load(run kernel, text []byte, base int) {
	first, at := 0, base-block
	if base == 0 {
		m.erase(0)
		first, at = 1, 0
	}
	whole := min((len(text)-at)/block, window+2-first)
	run.classify(m, first, text[at:at+whole*block], whole)
	first, at = first+whole, at+whole*block
	if first < window+2 && at < len(text) {
		var rest [block]byte
		copy(rest[:], text[at:])
		run.classify(m, first, rest[:], 1)
		first++
	}
	if first < window+2 { // nothing looks further than one block beyond the text
		m.erase(first)
	}
}

// erase clears what kernels write for block j.
func (m *masks) erase(j int) {
	for _, r := range m.kernel() {
		r[j] = 0
	}
}

func (m *masks) kernel() [kernelRows]*row {
	return [kernelRows]*row{
		&m.digit, &m.letter, &m.upper, &m.high, &m.at, &m.plus, &m.colon, &m.sep,
		&m.c2, &m.e2, &m.dot, &m.zero, &m.lt,
	}
}

// classBits has bit k of byte c set when row k of the kernel holds c.
var classBits = func() (t [256]uint16) {
	for c := range 256 {
		b := byte(c)
		lower := b | 0x20
		is := [kernelRows]bool{
			b >= '0' && b <= '9', lower >= 'a' && lower <= 'z' || b >= 0x80, b >= 'A' && b <= 'Z', b >= 0x80,
			b == '@', b == '+', b == ':', b == ' ' || b >= '-' && b <= '/',
			b == 0xC2, b == 0xE2, b == '.', b == '0', b == '<',
		}
		for k, yes := range is {
			if yes {
				t[c] |= 1 << k
			}
		}
	}
	return t
}()

// plainClasses classifies in Go alone: eight bytes give eight rows of class
// bits, and turning that square by its diagonal gives a byte of each mask.
func plainClasses(m *masks, first int, text []byte, blocks int) {
	var low, high [8]uint64
	for j := range blocks {
		b := (*[block]byte)(text[j*block:])
		for i := range 8 {
			var lo, hi uint64
			for k, c := range b[8*i : 8*i+8 : 8*i+8] {
				bits := uint64(classBits[c])
				lo |= (bits & 0xFF) << (8 * k)
				hi |= (bits >> 8) << (8 * k)
			}
			low[i], high[i] = transpose(lo), transpose(hi)
		}
		for k, r := range m.kernel() {
			src, shift := &low, 8*k
			if k >= 8 {
				src, shift = &high, 8*(k-8)
			}
			var word uint64
			for i := range 8 {
				word |= (src[i] >> shift & 0xFF) << (8 * i)
			}
			r[first+j] = word
		}
	}
}

// transpose turns a square of 8 by 8 bits by its diagonal.
func transpose(x uint64) uint64 {
	t := (x ^ x>>7) & 0x00AA00AA00AA00AA
	x ^= t ^ t<<7
	t = (x ^ x>>14) & 0x0000CCCC0000CCCC
	x ^= t ^ t<<14
	t = (x ^ x>>28) & 0x00000000F0F0F0F0
	return x ^ t ^ t<<28
}
