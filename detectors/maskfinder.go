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
	kept   [wordsPerWindow]uint64 // words that passed the filter
}

// find goes through the text window by window.
func (f *maskFinder) find(text []byte, s *sight) {
	s.reset(len(text))
	nine := f.engine.nine
	for base := 0; base < len(text); base += window * block {
		blocks := min((len(text)-base+block-1)/block, window)
		f.m.load(f.run, text, base)
		f.run.derive(&f.m, blocks)
		f.run.mark(&f.m, blocks, nine)
		copy(s.starts[base/block:], f.m.starts[1:blocks+1])
		s.shapes = f.shapes(text, base, blocks, s.shapes)
		s.words = f.words(text, base, blocks, s.words)
	}
}

// shapes asks at each event of the window what it is.
func (f *maskFinder) shapes(text []byte, base, blocks int, list []event) []event {
	for j := 1; j <= blocks; j++ {
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
func (f *maskFinder) words(text []byte, base, blocks int, list []word) []word {
	first := 1
	if f.run.filter != nil {
		whole := min(blocks, (len(text)-base-7)/block)
		n := f.run.filter(&f.m, whole, text[base:], f.engine.words, &f.kept)
		for _, w := range f.kept[:n] {
			list = f.passed(text, base, w, list)
		}
		first = max(whole, 0) + 1
	}
	return f.wordsFrom(text, base, first, blocks, list)
}

// passed looks up a word that the filter kept.
func (f *maskFinder) passed(text []byte, base int, w uint64, list []word) []word {
	at, n := base+int(uint32(w))-block, int(uint8(w>>32))
	switch {
	case w>>40 == 0:
		key := (binary.LittleEndian.Uint64(text[at:]) | lowerCase) & wordLengths[n&127].bytes
		return f.known(text, at, n, wordHash(key, n), key, list)
	case n <= maxWord:
		return f.engine.words.find(text, at, at+n, list)
	}
	return list
}

// wordsFrom looks up the words that start in a block from first on.
func (f *maskFinder) wordsFrom(text []byte, base, first, blocks int, list []word) []word {
	t, m := f.engine.words, &f.m
	bloom, mask := t.bloom, uint64(len(t.bloom)-1)
	safe := len(text) - 8
	for j := first; j <= blocks; j++ {
		inside, insideNext := m.inside[j], m.inside[j+1]
		high, highNext := m.high[j], m.high[j+1]
		start := base + (j-1)*block
		for w := m.words[j]; w != 0; w &= w - 1 {
			bit := bits.TrailingZeros64(w) & 63
			n := 1 + bits.TrailingZeros64(^(inside>>bit>>1|insideNext<<(63-bit))|1<<63) // 64 for all longer words
			at := start + bit
			if foreign := high>>bit | highNext<<1<<(63-bit); foreign<<((64-n)&63) != 0 || at > safe {
				if n <= maxWord {
					list = t.find(text, at, at+n, list)
				}
				continue
			}
			key := (binary.LittleEndian.Uint64(text[at:]) | lowerCase) & wordLengths[n&127].bytes
			h := wordHash(key, n)
			if bits := filterBits(h); bloom[h>>44&mask]&bits == bits {
				list = f.known(text, at, n, h, key, list)
			}
		}
	}
	return list
}

// A wordLength is what a length of words is to their hashes: a table, because no
// branch on it is foreseen.
type wordLength struct {
	bytes uint64 // the first bytes of a word, 8 at most
	salt  uint64 // of wordHash
}

var wordLengths = func() (t [128]wordLength) {
	for n := range t {
		t[n] = wordLength{1<<(8*min(n, 8)) - 1, uint64(n) * lengthSalt}
	}
	return t
}()

// known appends the word of n ASCII letters at at when the table holds it.
func (f *maskFinder) known(text []byte, at, n int, h, key uint64, list []word) []word {
	if n > 8 {
		if n > maxWord {
			return list
		}
		return f.engine.words.find(text, at, at+n, list)
	}
	if i, ok := f.engine.words.seek(h, key, n, nil); ok {
		return append(list, word{int32(at), int32(at + n), int32(i)})
	}
	return list
}

// lowerCase is the bit that tells small letters from capitals, in every byte.
const lowerCase = 0x2020202020202020
