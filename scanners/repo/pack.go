package repo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// The types of objects in a pack.
const (
	typeCommit   = 1
	typeTree     = 2
	typeBlob     = 3
	typeTag      = 4
	typeOfsDelta = 6
	typeRefDelta = 7
)

var errPack = errors.New("corrupt pack")

// maxObject bounds one inflated object: larger blobs are not text.
const maxObject = 1 << 30

// A pack is one pack file with its index and its trees of deltas.
type pack struct {
	file    *packFile
	x       *index
	kinds   []uint8 // type of each entry, in pack order
	firsts  []int32 // first delta made against an entry; -1 for none
	nexts   []int32 // next delta made against the same base
	foreign []int32 // deltas whose base is in no entry of this pack
	bases   map[int32][]byte
	bad     []int32 // entries without a readable header, or of which none is a base
	named   bool    // some base in this pack is named by its id
	circled bool    // there are deltas that rest on each other
}

// openPack reads the headers of all entries and links each delta to its base.
// No object is inflated.
func openPack(f *packFile, x *index) (*pack, error) {
	var w window
	start := w.load(f, 0, 12, 0, 12)
	if f.size < int64(12+x.hash) || !bytes.HasPrefix(start, []byte("PACK")) || len(start) < 12 {
		return nil, errPack
	}
	if v := binary.BigEndian.Uint32(start[4:]); v != 2 && v != 3 {
		return nil, fmt.Errorf("pack of version %d", v)
	}
	n := len(x.order)
	p := &pack{
		file: f, x: x, kinds: make([]uint8, n),
		firsts: make([]int32, n), nexts: make([]int32, n), bases: map[int32][]byte{},
	}
	for i := range p.firsts {
		p.firsts[i], p.nexts[i] = -1, -1
	}
	for i := n - 1; i >= 0; i-- { // backwards, so that children are listed in pack order
		if err := p.entry(i, &w); err != nil {
			p.bad = append(p.bad, int32(i))
		}
	}
	if n > 0 && len(p.bad) == n { // the index is of another pack
		return nil, errPack
	}
	p.circles()
	p.heaviestLast()
	return p, nil
}

// circles notes deltas that rest on each other, and what rests on those: no object leads
// to them, and git would take all memory for them. Only bases named by id can make a
// circle; other bases stand before.
func (p *pack) circles() {
	if !p.named {
		return
	}
	led := make([]bool, len(p.kinds))
	var stack []int32
	lead := func(i int32) {
		led[i], stack = true, append(stack, i)
	}
	for i, kind := range p.kinds {
		if kind != typeOfsDelta && kind != typeRefDelta {
			lead(int32(i))
		}
	}
	for _, i := range p.foreign {
		lead(i)
	}
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for c := p.firsts[i]; c >= 0; c = p.nexts[c] {
			lead(c)
		}
	}
	for i, is := range led {
		if !is {
			p.bad, p.circled = append(p.bad, int32(i)), true
			p.firsts[i] = -1 // each is told for itself
		}
	}
}

// heaviestLast puts behind the other deltas against each entry the one on which most
// rests: a base is let go with its last delta, so that few versions live at once.
func (p *pack) heaviestLast() {
	weights := make([]int32, len(p.kinds)) // how many deltas rest on an entry, itself among them
	for i := len(p.kinds) - 1; i >= 0; i-- {
		weights[i]++
		best, before, last := int32(-1), int32(-1), int32(-1) // before is the one that leads to best
		for c := p.firsts[i]; c >= 0; last, c = c, p.nexts[c] {
			weights[i] += weights[c] // not yet known of one in front of its base: such are few
			if best < 0 || weights[c] > weights[best] {
				best, before = c, last
			}
		}
		if best < 0 || best == last {
			continue
		}
		if before < 0 {
			p.firsts[i] = p.nexts[best]
		} else {
			p.nexts[before] = p.nexts[best]
		}
		p.nexts[last], p.nexts[best] = best, -1
	}
}

// entry reads the header of entry i and links it.
func (p *pack) entry(i int, w *window) error {
	start := p.x.offsets[p.x.order[i]]
	if start < 12 || start >= p.file.size {
		return errPack
	}
	b := w.readHead(p.file, start)
	kind, _, used := header(b)
	if used == 0 {
		return errPack
	}
	switch kind {
	case typeOfsDelta:
		back, n := ofs(b[used:])
		base, ok := p.x.at(start - back)
		if n == 0 || !ok || base >= i {
			return errPack
		}
		p.nexts[i], p.firsts[base] = p.firsts[base], int32(i)
	case typeRefDelta:
		if len(b) < used+p.x.hash {
			return errPack
		}
		p.refDelta(i, b[used:used+p.x.hash])
	case typeCommit, typeTree, typeBlob, typeTag:
	default:
		return errPack
	}
	p.kinds[i] = kind
	return nil
}

// maxHead is more than there is before the compressed bytes of an entry: its size, and
// the base of a delta.
const maxHead = 64

// span is where entry i starts and where the next one does.
func (p *pack) span(i int) (start, end int64) {
	start, end = p.x.offsets[p.x.order[i]], p.file.size-int64(p.x.hash)
	if i+1 < len(p.x.order) {
		end = min(end, p.x.offsets[p.x.order[i+1]])
	}
	return start, end
}

// head returns how many bytes there are before what is compressed of entry i, which
// openPack has checked, and the size of what that holds.
func (p *pack) head(i int, w *window) (used int, size int64) {
	start, end := p.span(i)
	b := w.read(p.file, start, min(end, start+maxHead))
	kind, size, used := header(b)
	switch {
	case used == 0:
		return 0, 0 // the file changed under us
	case kind == typeOfsDelta:
		_, n := ofs(b[used:])
		used += n
	case kind == typeRefDelta:
		used += p.x.hash
	}
	return used, size
}

// refDelta links a delta that names its base by id. The base may stand behind it
// in the pack, or in another one.
func (p *pack) refDelta(i int, id []byte) {
	if n, ok := p.x.find(id); ok {
		if base, ok := p.x.at(p.x.offsets[n]); ok {
			p.named = true
			p.nexts[i], p.firsts[base] = p.firsts[base], int32(i)
			return
		}
	}
	p.foreign = append(p.foreign, int32(i))
	p.bases[int32(i)] = bytes.Clone(id)
}

// header reads the type and size that open an entry.
func header(b []byte) (kind uint8, size int64, used int) {
	if len(b) == 0 {
		return 0, 0, 0
	}
	kind, size = b[0]>>4&7, int64(b[0]&15)
	for shift := uint(4); b[used]&0x80 != 0; shift += 7 {
		if used++; used >= len(b) || shift > 56 {
			return 0, 0, 0
		}
		size |= int64(b[used]&0x7f) << shift
	}
	return kind, size, used + 1
}

// ofs reads how far back the base of a delta starts.
func ofs(b []byte) (back int64, used int) {
	for i := 0; i < len(b) && i < 9; i++ {
		back = back<<7 | int64(b[i]&0x7f)
		if b[i]&0x80 == 0 {
			return back, i + 1
		}
		back++
	}
	return 0, 0
}

// body returns the compressed bytes of entry i and the size of what they hold, for
// which there may be made room: nothing is on the word of a head alone.
func (p *pack) body(i int, w *window) (compressed []byte, size int64, err error) {
	used, size := p.head(i, w)
	switch {
	case used == 0 || size < 0:
		return nil, 0, errPack
	case size > maxObject:
		return nil, 0, errLarge
	}
	// Where the index names too few entries the next one is far: no stream is longer
	// than what it holds but by a little.
	start, end := p.span(i)
	start += int64(used)
	compressed = w.read(p.file, start, min(end, start+size+size/8+1<<12))
	if size > (int64(len(compressed))+1)*maxRatio {
		return nil, 0, errPack
	}
	return compressed, size, nil
}

// inflate inflates entry i into a buffer, which may be into.
func (p *pack) inflate(f *inflater, w *window, i int, into []byte) ([]byte, error) {
	compressed, size, err := p.body(i, w)
	if err != nil {
		return nil, err
	}
	made, _, err := f.inflate(compressed, int(size), into)
	return made, err
}

// maxRatio is how much longer a stream can become when it is inflated: two bits make
// 258 bytes.
const maxRatio = 1032

var errLarge = errors.New("a version of a file larger than is safe to unpack")

// sized returns a buffer of n bytes, b itself when it is large enough.
func sized(b []byte, n int) []byte {
	if cap(b) >= n {
		return b[:n]
	}
	return make([]byte, n, n+n/8)
}
