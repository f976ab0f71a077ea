// Package bzip reads bzip2. The library that comes with Go spends most of its
// time waiting for memory: it puts one block at a time in order through a table
// larger than the caches. This one goes by runs, and orders four blocks at once.
package bzip

import (
	"errors"
	"io"
)

const (
	magicFile  = 0x425A68       // "BZh"
	magicBlock = 0x314159265359 // the digits of π
	magicEnd   = 0x177245385090 // and of its square root
)

// NewReader returns a reader of the bytes that r holds compressed, of one stream
// or several behind each other. What is broken is told by an error behind the
// bytes of the blocks before it.
func NewReader(r io.Reader) io.Reader { return &reader{bits: bitReader{r: r}} }

type reader struct {
	bits   bitReader
	limit  int // size of the stream's blocks in bytes; 0 before the first
	tables tables
	table  []uint32
	ways   ways
	blocks [4]block
	n      int // of them at hand
	next   int // the one being read
	out    expander
	open   bool   // out is in a block
	all    uint32 // checksum of the stream
	err    error  // what comes behind the blocks at hand
}

func (r *reader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		k := r.out.read(p[n:])
		if n += k; k > 0 {
			continue
		}
		if err := r.turn(); err != nil {
			return n, err
		}
	}
	return n, nil
}

// turn goes to the next block, reading on when all at hand were read.
func (r *reader) turn() error {
	if r.open && !r.out.whole() {
		r.n, r.next, r.err = 0, 0, ErrCorrupt
	}
	r.open = false
	if r.next == r.n && r.err == nil {
		r.refill()
	}
	if r.next == r.n {
		return r.err
	}
	r.out.open(&r.blocks[r.next])
	r.next++
	r.open = true
	return nil
}

// refill reads the next blocks and puts them in order.
func (r *reader) refill() {
	r.n, r.next = 0, 0
	for r.n < len(r.blocks) && r.err == nil {
		r.err = r.readBlock(&r.blocks[r.n])
	}
	r.order()
}

// readBlock reads one block, and what stands before it.
func (r *reader) readBlock(k *block) error {
	if r.limit == 0 {
		if r.bits.take(24) != magicFile {
			return ErrCorrupt
		}
		if err := r.level(); err != nil {
			return err
		}
	}
	magic := r.bits.take(48)
	switch {
	case r.bits.err != nil:
		return r.bits.err
	case magic == magicEnd:
		return r.endStream()
	case magic != magicBlock:
		return ErrCorrupt
	}
	if err := k.read(&r.bits, r.limit, &r.tables); err != nil {
		return err
	}
	r.all = (r.all<<1 | r.all>>31) ^ k.crc
	r.n++
	return nil
}

func (r *reader) level() error {
	level := r.bits.take(8)
	if level < '1' || level > '9' {
		return ErrCorrupt
	}
	r.limit, r.all = int(level-'0')*100_000, 0
	return r.bits.err
}

// endStream checks the sum of a stream, and turns to the next one if there is one.
func (r *reader) endStream() error {
	if sum := uint32(r.bits.take(32)); sum != r.all || r.bits.err != nil {
		return errors.Join(ErrCorrupt, r.bits.err)
	}
	r.bits.align()
	if r.bits.ended() {
		if errors.Is(r.bits.err, io.ErrUnexpectedEOF) {
			return io.EOF // all was read
		}
		return r.bits.err
	}
	if r.bits.take(24) != magicFile {
		return ErrCorrupt
	}
	return r.level()
}

// order puts the blocks at hand in order: four at once when all go by runs.
func (r *reader) order() {
	var (
		lanes [4]*lane
		text  [4][]byte
		byRun int
		least = 1 << 30
	)
	for i := range r.blocks[:r.n] {
		k := &r.blocks[i]
		if len(k.runs) > k.size/16 {
			k.text = room(k.text, k.size)
			r.table = k.inOrder(r.table)
			continue
		}
		k.text = room(k.text, k.size+ahead-1) // the last step goes on behind the end
		k.lane.start(k, &r.ways)
		lanes[byRun], text[byRun] = &k.lane, k.text
		least = min(least, k.size&^(ahead-1))
		byRun++
	}
	if byRun == len(lanes) {
		var head [4][]byte
		for i := range text {
			head[i], text[i] = text[i][:least], text[i][least:]
		}
		runFour(&lanes, &head)
	}
	for i := range byRun {
		lanes[i].run(text[i])
	}
	for i := range r.blocks[:r.n] {
		r.blocks[i].text = r.blocks[i].text[:r.blocks[i].size]
	}
}
