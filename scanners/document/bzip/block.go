package bzip

import (
	"errors"
	"slices"
)

// ErrCorrupt says that a stream is no bzip2, or broken.
var ErrCorrupt = errors.New("bzip2 data is corrupt")

// A block is one block of a stream: up to 900,000 bytes, in the order of their
// contexts. It is kept as runs of equal bytes, of which a text that says the same
// again has few.
type block struct {
	runs   []run
	size   int // bytes
	origin int // where in the order the text starts
	crc    uint32
	text   []byte // put in order again; runs of four are followed by a count
	lane   lane   // while it is put in order
}

type run struct {
	char byte
	size int32
}

// maxGroup is how many symbols are read with the same code.
const maxGroup = 50

// least is how many runs there is room for at first.
const least = 8 << 10

// read reads the block behind its magic number. limit is the size of the
// stream's blocks in bytes.
func (k *block) read(b *bitReader, limit int, t *tables) error {
	k.crc = uint32(b.take(32))
	if b.bit() {
		return errors.New("bzip2 data is randomised, a form given up in 2000")
	}
	k.origin = int(b.take(24))
	if err := t.read(b); err != nil {
		return err
	}
	if err := k.symbols(b, limit, t); err != nil {
		return err
	}
	if k.origin >= k.size {
		return ErrCorrupt
	}
	return b.err
}

// symbols reads runs until the symbol that ends the block.
func (k *block) symbols(b *bitReader, limit int, t *tables) error {
	k.runs, k.size = k.runs[:0], 0
	end, group := t.symbols-1, 0
	repeat, power := 0, 1
	for {
		if group >= len(t.selectors) {
			return ErrCorrupt
		}
		c := &t.codes[t.selectors[group]]
		group++
		for range maxGroup {
			s := c.read(b)
			switch {
			case s < 0 || b.err != nil:
				return errors.Join(ErrCorrupt, b.err)
			case s < 2: // digits of a count in base 2 with the digits 1 and 2
				if repeat += power << s; repeat > limit {
					return ErrCorrupt
				}
				power *= 2
				continue
			}
			if repeat > 0 {
				k.add(t.front[0], repeat)
				repeat, power = 0, 1
			}
			if s < end {
				k.add(t.toFront(s-1), 1)
			}
			if k.size > limit {
				return ErrCorrupt
			}
			if s == end {
				return nil
			}
		}
	}
}

// add adds n bytes to the block.
func (k *block) add(char byte, n int) {
	k.size += n
	if last := len(k.runs) - 1; last >= 0 && k.runs[last].char == char {
		k.runs[last].size += int32(n)
		return
	}
	if len(k.runs) == cap(k.runs) {
		k.runs = slices.Grow(k.runs, max(least, len(k.runs)))
	}
	k.runs = append(k.runs, run{char, int32(n)})
}
