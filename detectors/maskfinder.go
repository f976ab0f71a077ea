package detectors

import (
	"encoding/binary"
	"math/bits"
)

// A finder sees where in a text there may be something.
type finder interface {
	// find makes s what is seen in text.
	find(text []byte, s *sight)
}

// A maskFinder finds events through masks of byte classes. It holds the buffers
// of one worker.
type maskFinder struct {
	engine *Engine
	run    kernel
	m      masks
}

// find goes through the text window by window.
func (f *maskFinder) find(text []byte, s *sight) {
	s.reset(len(text))
	nine := f.engine.nine
	for base := 0; base < len(text); base += window * block {
		f.m.load(f.run, text, base)
		f.m.derive()
		f.m.mark(nine)
		copy(s.starts[base/block:], f.m.starts[1:window+1])
		s.shapes = f.shapes(text, base, s.shapes)
		s.words = f.words(text, base, s.words)
	}
}

// shapes asks at each event of the window what it is.
func (f *maskFinder) shapes(text []byte, base int, list []event) []event {
	for j := 1; j <= window; j++ {
		for w := f.m.events[j]; w != 0; w &= w - 1 {
			list = f.shape(text, base+(j-1)*block+bits.TrailingZeros64(w), list)
		}
	}
	return list
}

func (f *maskFinder) shape(text []byte, i int, list []event) []event {
	switch {
	case digitAt(text, i):
		return numberEvents(f.engine, text, i, list)
	case !letterAt(text, i):
		return signEvents(text, i, list)
	case digitAt(text, i-1):
		if at, ok := corsicanStart(text, i); ok {
			return numberEvents(f.engine, text, at, list)
		}
		return list
	}
	return shapeEvents(text, i, list)
}

// corsicanStart returns the start of the number whose seventh sign is the A or
// B at i.
func corsicanStart(text []byte, i int) (int, bool) {
	if !corsican(text[i]) || text[i-1] != '2' {
		return 0, false
	}
	at := i - 1
	for n := 1; n < 6; n++ {
		if digitAt(text, at-1) {
			at--
			continue
		}
		k := sepBefore(text, at)
		if k == 0 || !digitAt(text, at-k-1) {
			return 0, false
		}
		at -= k + 1
	}
	return at, !wordByteAt(text, at-1)
}

// sepBefore returns the length of the separator that ends at i, 0 for none.
func sepBefore(text []byte, i int) int {
	for k := 1; k <= 3 && i-k >= 0; k++ {
		if sepLen(text, i-k) == k {
			return k
		}
	}
	return 0
}

// words looks up the words that start in the window.
func (f *maskFinder) words(text []byte, base int, list []word) []word {
	t := f.engine.words
	safe := len(text) - 8
	for j := 1; j <= window; j++ {
		start := base + (j-1)*block
		for w := f.m.words[j]; w != 0; w &= w - 1 {
			bit := bits.TrailingZeros64(w)
			n := f.m.letters64(j, bit)
			at := start + bit
			if f.m.high64(j, bit, n) || at > safe {
				if n <= maxWord {
					list = t.find(text, at, at+n, list)
				}
				continue
			}
			key := binary.LittleEndian.Uint64(text[at:]) | lowerCase
			if n < 8 {
				key &= 1<<(8*n) - 1
			}
			if t.maybe(key, n) {
				list = t.find(text, at, at+n, list)
			}
		}
	}
	return list
}

// lowerCase is the bit that tells small letters from capitals, in every byte.
const lowerCase = 0x2020202020202020

// letters64 returns the length of the word at bit of block j, 64 for longer.
func (m *masks) letters64(j, bit int) int {
	in := m.inside[j]>>bit>>1 | m.inside[j+1]<<(63-bit)
	return 1 + bits.TrailingZeros64(^in)
}

// high64 tells whether one of n bytes at bit of block j is from 0x80.
func (m *masks) high64(j, bit, n int) bool {
	high := m.high[j]>>bit | m.high[j+1]<<(64-bit)
	return high&(1<<n-1) != 0
}
