package fr

import (
	"bytes"
	"sync"

	"github.com/ecart-rgpd/ecart/detectors/mailbox"
	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/rules"
)

// How far on its line a fixed telephone is looked around for whose it is.
const (
	beforeDesk = 64
	afterDesk  = 40
)

// A deskTable is what words say of who answers. Nearly no word of a text passes
// its two filters.
type deskTable struct {
	words map[string]desk
	sizes [256]uint32 // bit n: a word of n bytes begins with the byte, in small letters
	next  [256]uint32 // bit n: behind the byte a word goes on with one that ends in the bits n
}

func (t *deskTable) add(words []string, of desk) {
	for _, w := range words {
		t.words[w] = of
		t.sizes[w[0]|0x20] |= 1 << len(w)
		t.next[w[0]|0x20] |= 1 << (w[1] & 31)
	}
}

// deskWords are read when the first fixed line is met: a run without any does
// not pay for them.
var deskWords = sync.OnceValue(func() *deskTable {
	t := &deskTable{words: map[string]desk{}}
	words := rules.ValueWords().Phone
	t.add(words.Desks, ofDesk)
	t.add(words.Firms, ofFirm)
	t.add(words.Titles, ofPerson)
	return t
})

// A desk is what a word says of who answers a telephone.
type desk uint8

const (
	ofNobody desk = iota
	ofDesk        // standard, accueil
	ofFirm        // a legal form, in capitals: SARL
	ofPerson      // Mme
)

// answeredByDesk tells whether the line around text[at:end] says that a firm or
// a desk answers, and names no person: « Renseignements (standard) : … ».
func answeredByDesk(text []byte, at, end int) bool {
	before, after := text[max(0, at-beforeDesk):at], text[end:min(len(text), end+afterDesk)]
	if i := bytes.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	if i := bytes.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	}
	found := wordsOfDesk(before) | wordsOfDesk(after)
	return found&(1<<ofPerson) == 0 && found != 0
}

// mailboxOfRole tells whether a word of s, which starts at start and ends at end, starts
// the address of a role: who gives contact@ with a number gives a desk's.
func mailboxOfRole(s []byte, start, end int) bool {
	if start > 0 && (inWord[s[start-1]] || bytes.IndexByte(inAddress, s[start-1]) >= 0) {
		return false // anne.contact@
	}
	rest := s[end:]
	i := bytes.IndexByte(rest[:min(len(rest), longestRole)], '@')
	if i < 0 || bytes.ContainsAny(rest[:i], " ,;:()<>\n") {
		return false
	}
	domain := rest[i+1:]
	if n := bytes.IndexAny(domain, " ,;:()<>\"'\t\r\n"); n >= 0 {
		domain = domain[:n]
	}
	return mailbox.OfRole(s[start:end+i], bytes.TrimRight(domain, "."))
}

// inAddress are the bytes that stand between the words of an address.
var inAddress = []byte(".-_+")

// longestRole is how far behind its first word the '@' of a role's address is looked for.
const longestRole = 24

// wordsOfDesk returns what the words of s say, a bit for each desk.
func wordsOfDesk(s []byte) (found uint8) {
	table := deskWords()
	for i := 0; i < len(s); i++ {
		if !inWord[s[i]] {
			continue
		}
		start := i
		for i < len(s) && inWord[s[i]] {
			i++
		}
		first, n := s[start]|0x20, i-start
		if n > 1 && n <= longestDesk && table.sizes[first]>>n&1 != 0 && table.next[first]>>(s[start+1]&31)&1 != 0 {
			found |= table.of(s[start:i])
		}
		if i < len(s) && s[i] != ' ' && mailboxOfRole(s, start, i) {
			found |= 1 << ofDesk
		}
	}
	return found
}

// inWord tells the bytes of letters, accents included.
var inWord = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 0x80 || shape.Letter(byte(c))
	}
	return t
}()

// longestDesk is the length of the longest word looked up, in bytes.
const longestDesk = 16

// of returns the bit of word, 0 for any other.
func (t *deskTable) of(word []byte) uint8 {
	var buf [longestDesk]byte
	capitals := true
	for i, c := range word {
		if shape.Upper(c) {
			c |= 0x20
		} else {
			capitals = false
		}
		buf[i] = c
	}
	w := t.words[string(buf[:len(word)])]
	if w == ofNobody || w == ofFirm && !capitals {
		return 0
	}
	return 1 << w
}
