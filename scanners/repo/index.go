package repo

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
	"sort"
)

// An index is the table of contents of a pack, ordered as the pack is.
type index struct {
	ids     []byte   // object ids, sorted, one after the other
	hash    int      // bytes of an id
	offsets []int64  // of each object, in the order of ids
	order   []uint32 // positions in offsets, by offset
}

var errIndex = errors.New("corrupt pack index")

// idxMagic opens version 2; version 1 starts with the fan-out table.
var idxMagic = []byte{0xff, 't', 'O', 'c'}

// parseIndex reads an .idx of version 1 or 2 (gitformat-pack). It trusts no
// number in it.
func parseIndex(b []byte, hash int) (*index, error) {
	if bytes.HasPrefix(b, idxMagic) {
		return parseIndex2(b, hash)
	}
	return parseIndex1(b, hash)
}

func parseIndex1(b []byte, hash int) (*index, error) {
	const fan = 256 * 4
	if len(b) < fan {
		return nil, errIndex
	}
	n, entry := int(binary.BigEndian.Uint32(b[fan-4:])), 4+hash
	if n < 0 || len(b)-fan < n*entry {
		return nil, errIndex
	}
	x := &index{hash: hash, ids: make([]byte, 0, n*hash), offsets: make([]int64, n)}
	for i := range n {
		e := b[fan+i*entry:]
		x.offsets[i] = int64(binary.BigEndian.Uint32(e))
		x.ids = append(x.ids, e[4:entry]...)
	}
	return x.sort(), nil
}

func parseIndex2(b []byte, hash int) (*index, error) {
	const head = 8 + 256*4
	if len(b) < head || binary.BigEndian.Uint32(b[4:]) != 2 {
		return nil, errIndex
	}
	n := int(binary.BigEndian.Uint32(b[head-4:]))
	if n < 0 || (len(b)-head)/(hash+8) < n {
		return nil, errIndex
	}
	small := head + n*(hash+4) // after the ids and their CRCs
	large := small + n*4
	x := &index{hash: hash, ids: b[head : head+n*hash], offsets: make([]int64, n)}
	for i := range n {
		off := binary.BigEndian.Uint32(b[small+i*4:])
		x.offsets[i] = int64(off)
		if off>>31 == 1 { // beyond 2 GiB: the offset is in a second table
			at := large + int(off&0x7fffffff)*8
			if at < large || at+8 > len(b) {
				return nil, errIndex
			}
			x.offsets[i] = int64(binary.BigEndian.Uint64(b[at:]))
		}
	}
	return x.sort(), nil
}

// sort orders the objects as they lie in the pack, so that the pack is read
// from its start to its end.
func (x *index) sort() *index {
	x.order = make([]uint32, len(x.offsets))
	for i := range x.order {
		x.order[i] = uint32(i)
	}
	slices.SortFunc(x.order, func(a, b uint32) int { return cmp.Compare(x.offsets[a], x.offsets[b]) })
	return x
}

// id returns the id of object i.
func (x *index) id(i uint32) []byte { return x.ids[int(i)*x.hash : (int(i)+1)*x.hash] }

// find returns the object with an id.
func (x *index) find(id []byte) (uint32, bool) {
	n := len(x.offsets)
	i := sort.Search(n, func(i int) bool { return bytes.Compare(x.id(uint32(i)), id) >= 0 })
	if i < n && bytes.Equal(x.id(uint32(i)), id) {
		return uint32(i), true
	}
	return 0, false
}

// at returns the position in order of the object at an offset of the pack.
func (x *index) at(offset int64) (int, bool) {
	i := sort.Search(len(x.order), func(i int) bool { return x.offsets[x.order[i]] >= offset })
	return i, i < len(x.order) && x.offsets[x.order[i]] == offset
}
