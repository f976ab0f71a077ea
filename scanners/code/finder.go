package code

import (
	"encoding/binary"
	"math/bits"
)

// A finder looks for many words at once. Each has four bytes at least, so that
// one of the two runs of three bytes in its head begins at an even offset: only
// those are looked up, in a table that fits the first cache. Case of ASCII letters
// is ignored.
type finder struct {
	origin []string // as given
	words  []string // lower case
	marks  []bool   // case counts
	threes bitmap   // runs of three bytes in the heads of words
	heads  bitmap   // first four bytes
	starts []start  // of words, by hash of their first four bytes: open addressing
}

// A start lists the words that begin with the same four bytes.
type start struct {
	head  uint32
	words []int // none where nothing was put
}

// least is the length of the shortest word.
const least = 4

// newFinder returns a finder of words of at least least bytes.
func newFinder(words []string, exact map[string]bool) *finder {
	f := &finder{}
	starts := map[uint32][]int{}
	for _, w := range words {
		if len(w) < least {
			continue
		}
		f.origin = append(f.origin, w)
		f.words = append(f.words, lower(w))
		f.marks = append(f.marks, exact[w])
		head := folded(binary.LittleEndian.Uint32([]byte(w[:4])))
		f.threes.add(head << 8)
		f.threes.add(head &^ 0xFF)
		f.heads.add(head)
		starts[head] = append(starts[head], len(f.words)-1)
	}
	f.starts = make([]start, 1<<bits.Len(uint(2*len(starts))))
	for head, words := range starts {
		*f.start(head) = start{head, words}
	}
	return f
}

// start returns where the words that begin with head are, or would be.
func (f *finder) start(head uint32) *start {
	for i := int(hash(head)); ; i++ {
		s := &f.starts[i&(len(f.starts)-1)]
		if len(s.words) == 0 || s.head == head {
			return s
		}
	}
}

// A bitmap holds what was added and some more, by a hash.
type bitmap [1 << 10]uint64

func (m *bitmap) add(key uint32) { h := hash(key); m[h>>6] |= 1 << (h & 63) }

func (m *bitmap) has(key uint32) bool { h := hash(key); return m[h>>6]>>(h&63)&1 != 0 }

// folded makes letters lower case; it makes other bytes alike too, which costs
// a look and loses nothing.
func folded(four uint32) uint32 { return four | 0x20202020 }

func hash(key uint32) uint16 { return uint16(key * 0x9E3779B1 >> 16) }

func lower(s string) string {
	b := []byte(s)
	for i := range b {
		b[i] = low(b[i])
	}
	return string(b)
}

func low(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// find calls hit for each word found in src, in order, until it says true; it
// returns whether it did.
func (f *finder) find(src []byte, hit func(word, start, end int) bool) bool {
	i := 0
	for ; i+10 <= len(src); i += 6 { // three places by one load
		eight := binary.LittleEndian.Uint64(src[i:]) | 0x2020202020202020
		if !f.threes.has(uint32(eight)<<8) && !f.threes.has(uint32(eight>>16)<<8) && !f.threes.has(uint32(eight>>32)<<8) {
			continue
		}
		before := uint64(' ') // what a word may begin with at an odd place: the byte before these
		if i > 0 {
			before = uint64(src[i-1]) | ' '
		}
		nine := [2]uint64{eight<<8 | before, eight}
		for j := 0; j < 6; j += 2 {
			one, two := uint32(nine[0]>>(8*j)), uint32(nine[1]>>(8*j))
			if f.heads.has(one) && f.at(src, i+j-1, hit) || f.heads.has(two) && f.at(src, i+j, hit) {
				return true
			}
		}
	}
	for ; i+4 <= len(src); i += 2 {
		if f.threes.has(folded(binary.LittleEndian.Uint32(src[i:])) << 8) {
			if f.at(src, i-1, hit) || f.at(src, i, hit) {
				return true
			}
		}
	}
	return i+3 == len(src) && f.at(src, i-1, hit)
}

// at tries the words that may start at start.
func (f *finder) at(src []byte, start int, hit func(word, start, end int) bool) bool {
	if start < 0 || start+4 > len(src) {
		return false
	}
	head := folded(binary.LittleEndian.Uint32(src[start:]))
	if !f.heads.has(head) {
		return false
	}
	for _, w := range f.start(head).words {
		if f.same(src, start, w) && hit(w, start, start+len(f.words[w])) {
			return true
		}
	}
	return false
}

func (f *finder) same(src []byte, start, w int) bool {
	word := f.words[w]
	if start+len(word) > len(src) {
		return false
	}
	if f.marks[w] {
		return string(src[start:start+len(word)]) == f.origin[w]
	}
	for i := range len(word) {
		if low(src[start+i]) != word[i] {
			return false
		}
	}
	return true
}
