package code

import "encoding/binary"

// A finder looks for many words at once, jumping over what cannot hold one:
// three bytes say how far the next word is at least (Wu and Manber, 1994). Case
// of ASCII letters is ignored.
type finder struct {
	origin []string // as given
	words  []string // lower case
	marks  []bool   // case counts
	// shift tells how far to go on, by the hash of three bytes; 0 for a place to
	// look at.
	shift [1 << 16]uint8
	ends  map[uint32][]int // words, by the last three of their first least bytes
}

// least is the length of the shortest word.
const least = 4

// newFinder returns a finder of words of at least least bytes.
func newFinder(words []string, exact map[string]bool) *finder {
	f := &finder{ends: map[uint32][]int{}}
	for i := range f.shift {
		f.shift[i] = least - 2
	}
	for _, w := range words {
		if len(w) < least {
			continue
		}
		f.origin = append(f.origin, w)
		f.words = append(f.words, lower(w))
		f.marks = append(f.marks, exact[w])
		for at := 2; at < least; at++ {
			key := folded(uint32(w[at-2]) | uint32(w[at-1])<<8 | uint32(w[at])<<16)
			f.shift[hash(key)] = min(f.shift[hash(key)], uint8(least-1-at))
			if at == least-1 {
				f.ends[key] = append(f.ends[key], len(f.words)-1)
			}
		}
	}
	return f
}

// folded makes letters lower case; it makes other bytes alike too, which costs
// a look and loses nothing.
func folded(three uint32) uint32 { return three | 0x202020 }

func hash(three uint32) uint16 { return uint16(three * 0x9E3779B1 >> 16) }

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

// find calls hit for each word found in src until it says true; it returns
// whether it did.
func (f *finder) find(src []byte, hit func(word, start, end int) bool) bool {
	for i := least; i <= len(src); {
		three := folded(binary.LittleEndian.Uint32(src[i-4:i]) >> 8)
		if s := f.shift[hash(three)]; s > 0 {
			i += int(s)
			continue
		}
		start := i - least
		for _, w := range f.ends[three] {
			if f.same(src, start, w) && hit(w, start, start+len(f.words[w])) {
				return true
			}
		}
		i++
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
