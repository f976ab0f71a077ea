package detectors

// A phrase is words around the one that leads to it.
type phrase struct {
	words  []string
	key    int  // words[key] leads here
	follow byte // first letter of the word behind that one, 0 when it is the last
	use    wordUse
}

// maxGap is how many bytes that are no word may stand between two words of a
// phrase: « n° : ».
const maxGap = 4

// follows returns the first letter, small, of the word that may go on a phrase
// behind end: 0 for none, from 0x80 when it is none of ASCII.
func follows(text []byte, end int) byte {
	next := nextWord(text, end)
	switch {
	case next >= len(text):
		return 0
	case text[next] < 0x80:
		return text[next] | 0x20
	}
	return text[next]
}

// nextWord returns the start of the word behind end; what is there is no word
// when the gap is too wide.
func nextWord(text []byte, end int) int {
	next := end
	for next < len(text) && next-end <= maxGap && !wordByteAt(text, next) {
		next++
	}
	return next
}

// letterBit is the bit of the letter or digit that a word begins with, 0 when
// there is no word.
func letterBit(letter byte) uint64 {
	if letter == 0 {
		return 1
	}
	return 2 << (letter & 0x1F)
}

// may tells whether p can stand here, where the word behind its key begins with
// letter.
func (p *phrase) may(letter byte) bool {
	return p.follow == 0 || p.follow == letter || letter >= 0x80
}

// around tells whether the other words of p stand around text[at:end], and
// from where to where the phrase goes.
func (p *phrase) around(text []byte, at, end int) (int, int, bool) {
	for k := p.key + 1; k < len(p.words); k++ {
		next := nextWord(text, end)
		if next >= len(text) || text[next] < 0x80 && text[next]|0x20 != p.words[k][0] {
			return 0, 0, false
		}
		end = tokenEnd(text, next)
		if !sameWord(text[next:end], p.words[k]) {
			return 0, 0, false
		}
	}
	for k := p.key - 1; k >= 0; k-- {
		last := at
		for last > 0 && at-last <= maxGap && !wordByteAt(text, last-1) {
			last--
		}
		at = tokenStart(text, last)
		if !sameWord(text[at:last], p.words[k]) {
			return 0, 0, false
		}
	}
	return at, end, true
}

// sameWord compares a word of text with a folded one; a plural s is the same.
func sameWord(text []byte, word string) bool {
	if len(text) == 0 || len(text) > maxWord {
		return false
	}
	var buf [2 * maxWord]byte
	f := fold(buf[:0], text)
	return string(f) == word || len(f) == len(word)+1 && f[len(word)] == 's' && string(f[:len(word)]) == word
}
