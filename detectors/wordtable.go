package detectors

import (
	"encoding/binary"
	"sort"
	"strings"
	"unicode/utf8"
)

// minWord is the length in bytes from which a word of running text is looked
// up. Shorter ones ("cp", "EI") count in names, and around a value found.
const minWord = 3

// A wordTable holds every word that some list, lexicon or pattern asks for.
type wordTable struct {
	index   map[string]int // folded word → entry
	entries []wordEntry
	buckets []int32  // entry + 1 by hash, 0 for none
	bloom   []uint64 // one word of it and two of its bits stand for a word
	foreign bool     // some word stays other than ASCII when it is folded
}

// A wordEntry is what a word stands for, alone and as part of phrases.
type wordEntry struct {
	word    string
	key     uint64 // its first 8 bytes
	alone   wordUse
	phrases []phrase
	letters uint64 // what may follow it in a phrase, as bits of letterBit
}

// A wordUse is what a word or phrase stands for.
type wordUse struct {
	context  listSet // lists that hold it
	terms    []int
	patterns []int
}

func (u *wordUse) empty() bool {
	return u.context == 0 && len(u.terms) == 0 && len(u.patterns) == 0
}

func newWordTable(e *Engine) *wordTable {
	t := &wordTable{index: map[string]int{}}
	for i, l := range e.rules.Context {
		for _, w := range l.Words {
			t.add(w, wordUse{context: 1 << i})
		}
	}
	for i, term := range e.terms {
		t.add(term.Text, wordUse{terms: []int{i}})
	}
	for i, p := range e.patterns {
		t.add(p.literal, wordUse{patterns: []int{i}})
	}
	t.fill()
	return t
}

// add enters a word or phrase, in the singular and the plural.
func (t *wordTable) add(text string, use wordUse) {
	words := tokens(fold(nil, []byte(text)))
	if len(words) == 0 {
		return
	}
	key := 0
	for key < len(words)-1 && (len(words[key]) < minWord || words[key][0] <= '9') {
		key++
	}
	if len(words[key]) < minWord {
		key = 0
	}
	for _, form := range []string{words[key], words[key] + "s"} {
		e := t.entry(form)
		if len(words) == 1 {
			e.alone.merge(use)
			continue
		}
		e.addPhrase(words, key, use)
	}
}

func (t *wordTable) entry(word string) *wordEntry {
	i, ok := t.index[word]
	if !ok {
		i = len(t.entries)
		t.index[word] = i
		t.foreign = t.foreign || strings.IndexFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0
		t.entries = append(t.entries, wordEntry{word: word})
	}
	return &t.entries[i]
}

func (e *wordEntry) addPhrase(words []string, key int, use wordUse) {
	for i := range e.phrases {
		if p := &e.phrases[i]; p.key == key && strings.Join(p.words, " ") == strings.Join(words, " ") {
			p.use.merge(use)
			return
		}
	}
	p := phrase{words: words, key: key}
	if key+1 < len(words) {
		p.follow = words[key+1][0]
	}
	e.letters |= letterBit(p.follow)
	e.phrases = append(e.phrases, p)
	e.phrases[len(e.phrases)-1].use.merge(use)
	// Longer phrases first: « carte bancaire professionnelle » is one thing.
	sort.SliceStable(e.phrases, func(i, j int) bool { return len(e.phrases[i].words) > len(e.phrases[j].words) })
}

func (u *wordUse) merge(o wordUse) {
	u.context |= o.context
	u.terms = append(u.terms, o.terms...)
	u.patterns = append(u.patterns, o.patterns...)
}

// find appends a word when text[at:end] is one of the table.
func (t *wordTable) find(text []byte, at, end int, list []word) []word {
	if i, ok := t.lookup(text[at:end]); ok {
		return append(list, word{int32(at), int32(end), int32(i)})
	}
	return list
}

// lookup folds word and returns its entry.
func (t *wordTable) lookup(word []byte) (int, bool) {
	if len(word) > maxWord {
		return 0, false
	}
	key, n, ok := foldedKey(word)
	if ok && !t.maybe(wordHash(key, n)) || !ok && !t.foreign && !foldable(word) {
		return 0, false
	}
	var buf [2 * maxWord]byte
	folded := fold(buf[:0], word)
	if !ok {
		var first [8]byte
		copy(first[:], folded)
		key, n = wordKey(first, len(folded)), len(folded)
	}
	h := wordHash(key, n)
	if !t.maybe(h) {
		return 0, false
	}
	return t.seek(h, key, n, folded)
}

// seek returns the entry of a folded word of n bytes, the hash and key of which
// are known. Up to 8 bytes the key is all of it.
func (t *wordTable) seek(h, key uint64, n int, folded []byte) (int, bool) {
	for i := h >> 20; ; i++ {
		b := t.buckets[i&uint64(len(t.buckets)-1)]
		if b == 0 {
			return 0, false
		}
		if e := &t.entries[b-1]; e.key == key && len(e.word) == n && (n <= 8 || e.word[8:] == string(folded[8:])) {
			return int(b - 1), true
		}
	}
}

// maxWord is the length in bytes of the longest word looked up.
const maxWord = 40

// tokens cuts folded text into runs of letters and runs of digits.
func tokens(folded []byte) []string {
	var list []string
	for i := 0; i < len(folded); {
		end := tokenEnd(folded, i)
		if end == i {
			i++
			continue
		}
		list = append(list, string(folded[i:end]))
		i = end
	}
	return list
}

// tokenEnd returns the end of the word or number at i; i when there is none.
func tokenEnd(text []byte, i int) int {
	switch {
	case digitAt(text, i):
		for digitAt(text, i) {
			i++
		}
	case letterAt(text, i):
		return wordEnd(text, i)
	}
	return i
}

// tokenStart returns the start of the word or number that ends at end.
func tokenStart(text []byte, end int) int {
	i := end
	if digitAt(text, i-1) {
		for digitAt(text, i-1) {
			i--
		}
		return i
	}
	for letterAt(text, i-1) {
		i--
		if i > 0 && letterAt(text, i-1) && camelAt(text, i) {
			break
		}
	}
	return i
}

// uses calls f for what w stands for, alone and in phrases.
func (t *wordTable) uses(text []byte, w word, f func(at, end int, use *wordUse)) {
	e := &t.entries[w.entry]
	if !e.alone.empty() {
		f(int(w.at), int(w.end), &e.alone)
	}
	if len(e.phrases) > 0 {
		e.around(text, int(w.at), int(w.end), f)
	}
}

// around calls f for the phrases around the word text[at:end] of e.
func (e *wordEntry) around(text []byte, at, end int, f func(at, end int, use *wordUse)) {
	letter := follows(text, end)
	if letter < 0x80 && e.letters&(letterBit(letter)|1) == 0 {
		return
	}
	for i := range e.phrases {
		if p := &e.phrases[i]; p.may(letter) {
			if from, to, ok := p.around(text, at, end); ok {
				f(from, to, &p.use)
			}
		}
	}
}

// inName returns the context lists that words of name belong to.
func (t *wordTable) inName(name string) listSet {
	var set listSet
	text := []byte(name)
	for i := 0; i < len(text); {
		end := tokenEnd(text, i)
		if end == i {
			i++
			continue
		}
		if w, ok := t.lookup(text[i:end]); ok {
			t.uses(text, word{int32(i), int32(end), int32(w)}, func(_, _ int, u *wordUse) { set |= u.context })
		}
		i = end
	}
	return set
}

// fill makes the hash table, and the filter that most words of a text do not
// pass.
func (t *wordTable) fill() {
	size, buckets := 1024, 1024
	for size*wordsPerSlot < len(t.entries) {
		size *= 2
	}
	for buckets < 2*len(t.entries) {
		buckets *= 2
	}
	t.bloom, t.buckets = make([]uint64, size), make([]int32, buckets)
	for i := range t.entries {
		e := &t.entries[i]
		var first [8]byte
		copy(first[:], e.word)
		e.key = wordKey(first, len(e.word))
		h := wordHash(e.key, len(e.word))
		t.bloom[h>>44&uint64(size-1)] |= filterBits(h)
		for h >>= 20; t.buckets[h&uint64(buckets-1)] != 0; h++ {
		}
		t.buckets[h&uint64(buckets-1)] = int32(i + 1)
	}
}

// wordsPerSlot keeps the filter sparse: fewer than one word in a hundred passes
// it by chance.
const wordsPerSlot = 2

// wordKey returns the first 8 bytes of a folded word of n bytes as a number.
func wordKey(first [8]byte, n int) uint64 {
	key := binary.LittleEndian.Uint64(first[:]) | lowerCase
	if n < 8 {
		key &= 1<<(8*n) - 1
	}
	return key
}

// foldedKey returns the key and the length of a word once it is folded, without
// folding it; false for words with other letters than those of ASCII and the
// accented ones that stand for one of them.
func foldedKey(word []byte) (key uint64, n int, ok bool) {
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= 0x80 {
			if c != 0xC3 || i+1 == len(word) || word[i+1]>>6 != 2 || latin1[word[i+1]&0x3F] == '*' {
				return 0, 0, false
			}
			i++
			c = latin1[word[i]&0x3F]
		}
		key |= uint64(c) << (8 * n)
		n++
	}
	return (key | lowerCase) & wordLengths[n&127].bytes, n, true
}

func wordHash(key uint64, n int) uint64 {
	h := (key + uint64(n)*lengthSalt) * 0xD6E8FEB86659FD93
	return h ^ h>>32
}

// lengthSalt makes words of other lengths other words.
const lengthSalt = 0x9E3779B97F4A7C15

// filterBits are the two bits of a word in its place of the filter.
func filterBits(h uint64) uint64 { return 1<<(h>>58) | 1<<(h>>38&63) }

// maybe tells whether the table may hold a word of hash h.
func (t *wordTable) maybe(h uint64) bool {
	bits := filterBits(h)
	return t.bloom[h>>44&uint64(len(t.bloom)-1)]&bits == bits
}
