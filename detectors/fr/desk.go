package fr

import (
	"bytes"
	"sync"

	"github.com/ecart-rgpd/ecart/detectors/shape"
	"github.com/ecart-rgpd/ecart/rules"
)

// How far on its line a fixed telephone is looked around for whose it is.
const (
	beforeDesk = 64
	afterDesk  = 40
)

// deskWords are read when the first fixed line is met: a run without any does
// not pay for them.
var deskWords = sync.OnceValue(func() map[string]desk {
	words := rules.ValueWords().Phone
	m := make(map[string]desk, len(words.Desks)+len(words.Firms)+len(words.Titles))
	for _, w := range words.Desks {
		m[w] = ofDesk
	}
	for _, w := range words.Firms {
		m[w] = ofFirm
	}
	for _, w := range words.Titles {
		m[w] = ofPerson
	}
	return m
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

// wordsOfDesk returns what the words of s say, a bit for each desk.
func wordsOfDesk(s []byte) (found uint8) {
	words := deskWords()
	var buf [16]byte
	for i := 0; i < len(s); {
		start, capitals := i, true
		for i < len(s) && (shape.Letter(s[i]) || s[i] >= 0x80) {
			c := s[i]
			if n := i - start; n < len(buf) {
				if shape.Upper(c) {
					c |= 0x20
				} else {
					capitals = false
				}
				buf[n] = c
			}
			i++
		}
		if n := i - start; n > 1 && n <= len(buf) {
			if w := words[string(buf[:n])]; w != ofNobody && (w != ofFirm || capitals) {
				found |= 1 << w
			}
		}
		if i == start {
			i++
		}
	}
	return found
}
