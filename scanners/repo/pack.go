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
	data    []byte
	x       *index
	kinds   []uint8 // type of each entry, in pack order
	firsts  []int32 // first delta made against an entry; -1 for none
	nexts   []int32 // next delta made against the same base
	foreign []int32 // deltas whose base is in no entry of this pack
	bases   map[int32][]byte
	bad     []int32 // entries without a readable header
	mapped  []bool  // stretches of around bytes that are in memory
	used    int     // bytes of them
}

// openPack reads the headers of all entries and links each delta to its base.
// No object is inflated.
func openPack(data []byte, x *index) (*pack, error) {
	if len(data) < 12+x.hash || !bytes.HasPrefix(data, []byte("PACK")) {
		return nil, errPack
	}
	if v := binary.BigEndian.Uint32(data[4:]); v != 2 && v != 3 {
		return nil, fmt.Errorf("pack of version %d", v)
	}
	n := len(x.order)
	p := &pack{
		data: data, x: x, kinds: make([]uint8, n),
		firsts: make([]int32, n), nexts: make([]int32, n), bases: map[int32][]byte{},
	}
	for i := range p.firsts {
		p.firsts[i], p.nexts[i] = -1, -1
	}
	for i := n - 1; i >= 0; i-- { // backwards, so that children are listed in pack order
		if err := p.entry(i); err != nil {
			p.bad = append(p.bad, int32(i))
		}
		if i%(1<<12) == 0 {
			forget(data)
		}
	}
	p.heaviestLast()
	if n > 0 && len(p.bad) == n { // the index is of another pack
		return nil, errPack
	}
	return p, nil
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
func (p *pack) entry(i int) error {
	start := p.x.offsets[p.x.order[i]]
	if start < 12 || start >= int64(len(p.data)) {
		return errPack
	}
	b := p.data[start:]
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

// body returns the compressed bytes of entry i, which openPack has checked, and
// the size of what they hold.
func (p *pack) body(i int) (compressed []byte, size int64) {
	b := p.data[p.x.offsets[p.x.order[i]]:]
	kind, size, used := header(b)
	switch kind {
	case typeOfsDelta:
		_, n := ofs(b[used:])
		used += n
	case typeRefDelta:
		used += p.x.hash
	}
	return b[used:], size
}

// refDelta links a delta that names its base by id. The base may stand behind it
// in the pack, or in another one.
func (p *pack) refDelta(i int, id []byte) {
	if n, ok := p.x.find(id); ok {
		if base, ok := p.x.at(p.x.offsets[n]); ok && base != i {
			p.nexts[i], p.firsts[base] = p.firsts[base], int32(i)
			return
		}
	}
	p.foreign = append(p.foreign, int32(i))
	p.bases[int32(i)] = id
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

// inflate inflates entry i into a buffer, which may be into.
func (p *pack) inflate(f *inflater, i int, into []byte) ([]byte, error) {
	body, size := p.body(i)
	if size < 0 || size > maxObject {
		return nil, errors.New("object larger than is safe to unpack")
	}
	made, used, err := f.inflate(body, int(size), into)
	p.touch(len(p.data)-len(body), used)
	return made, err
}

// touch notes which parts of the mapped pack are in memory by what is read of it, and
// gives them back when they are many: a pack may be larger than the memory.
func (p *pack) touch(from, n int) {
	if p.mapped == nil {
		p.mapped = make([]bool, len(p.data)/around+1)
	}
	for i := from / around; i <= (from+n)/around; i++ {
		if !p.mapped[i] {
			p.mapped[i] = true
			p.used += around
		}
	}
	if p.used > maxUsed {
		p.used = 0
		clear(p.mapped)
		forget(p.data)
	}
}

const (
	around  = 64 << 10 // bytes that the system maps for one that is read
	maxUsed = 24 << 20
)

// sized returns a buffer of n bytes, b itself when it is large enough.
func sized(b []byte, n int) []byte {
	if cap(b) >= n {
		return b[:n]
	}
	return make([]byte, n, n+n/8)
}
