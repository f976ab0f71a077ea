package bzip

// tables are what stands before the symbols of a block.
type tables struct {
	front     [256]byte // the bytes of the block, the one met last in front
	symbols   int
	selectors []uint8 // the code of each group of symbols
	codes     [6]code
}

func (t *tables) read(b *bitReader) error {
	t.bytes(b)
	if t.symbols < 3 { // two for runs, one for the end
		return ErrCorrupt
	}
	codes := int(b.take(3))
	if codes < 2 || codes > len(t.codes) {
		return ErrCorrupt
	}
	if !t.choose(b, codes) {
		return ErrCorrupt
	}
	for i := range codes {
		if !t.code(b, &t.codes[i]) {
			return ErrCorrupt
		}
	}
	return b.err
}

// bytes reads which bytes the block has, sixteen at a time.
func (t *tables) bytes(b *bitReader) {
	sixteens, n := b.take(16), 0
	for i := range 16 {
		if sixteens>>(15-i)&1 == 0 {
			continue
		}
		ones := b.take(16)
		for k := range 16 {
			if ones>>(15-k)&1 != 0 {
				t.front[n] = byte(16*i + k)
				n++
			}
		}
	}
	t.symbols = n + 2
	if n == 0 {
		t.symbols = 0
	}
}

// choose reads which code each group of symbols is written in.
func (t *tables) choose(b *bitReader, codes int) bool {
	n := int(b.take(15))
	order := [6]uint8{0, 1, 2, 3, 4, 5}
	t.selectors = t.selectors[:0]
	for range n {
		back := 0
		for b.bit() {
			if back++; back >= codes {
				return false
			}
		}
		if b.err != nil {
			return false
		}
		chosen := order[back]
		copy(order[1:back+1], order[:back])
		order[0] = chosen
		t.selectors = append(t.selectors, chosen)
	}
	return n > 0
}

// code reads the lengths of a code, each as its difference from the one before.
func (t *tables) code(b *bitReader, c *code) bool {
	var lengths [maxSymbols]uint8
	n := int(b.take(5))
	for i := range t.symbols {
		for b.bit() {
			if b.bit() {
				n--
			} else {
				n++
			}
			if n < 1 || n > maxCode {
				return false
			}
		}
		if n < 1 || n > maxCode || b.err != nil {
			return false
		}
		lengths[i] = uint8(n)
	}
	return c.build(lengths[:t.symbols])
}

// toFront returns byte i and moves it to the front.
func (t *tables) toFront(i int) byte {
	c := t.front[i]
	copy(t.front[1:i+1], t.front[:i])
	t.front[0] = c
	return c
}
