package names

import (
	"slices"
	"strings"
	"sync"
)

// Where a table is about persons, a word nobody knows may be one of the
// vocabulary cut short (restrict, allait) or without its vowels (relgn). It is
// read so when only one word fits.
const (
	leastClip     = 5 // letters of a word cut short
	leastSqueezed = 4 // consonants of a word without vowels
)

// clips finds words by how they start and by their consonants.
type clips struct {
	once   sync.Once
	sorted []string        // all forms long enough to be cut short
	bare   map[string]word // consonants → word; unknown when several have them
}

// ready reads the forms once: they are complete when the first name is judged.
func (c *clips) ready(l *lexis) {
	c.once.Do(func() {
		c.bare = make(map[string]word, len(l.forms))
		for form, w := range l.forms {
			if len(form) <= leastClip || isDigit(form[0]) {
				continue
			}
			c.sorted = append(c.sorted, form)
			s := skeleton(form)
			if other, ok := c.bare[s]; ok && other != w {
				w = unknown
			}
			c.bare[s] = w
		}
		slices.Sort(c.sorted)
	})
}

// clipped returns the only word that text is short for, unknown when there is
// none or more than one.
func (l *lexis) clipped(text string) word {
	if len(text) < leastSqueezed || isDigit(text[len(text)-1]) {
		return unknown
	}
	l.clips.ready(l)
	if s := skeleton(text); len(s) >= leastSqueezed && len(text) <= len(s)+1 {
		if w, ok := l.clips.bare[s]; ok && w != unknown {
			return w
		}
	}
	if len(text) < leastClip {
		return unknown
	}
	found := unknown
	i, _ := slices.BinarySearch(l.clips.sorted, text)
	for ; i < len(l.clips.sorted) && strings.HasPrefix(l.clips.sorted[i], text); i++ {
		if rest := l.clips.sorted[i][len(text):]; len(rest) > len(text) || rest != "" && !l.tails[rest] {
			continue // repos is no repossession, honor no honorific
		}
		w := l.forms[l.clips.sorted[i]]
		if found != unknown && found != w {
			return unknown
		}
		found = w
	}
	return found
}

// Bounds of what a container is called by in the names of its columns.
const (
	leastTail  = 3
	sharedTail = 2 // names that must end so
)

// tailOf returns the start of a word of the container that ends names run
// together: the vac of nomvac and courrielvac, in vacancier; empty for none.
func (ctx *context) tailOf(names []string) string {
	for _, text := range ctx.texts {
		for size := min(len(text)-1, maxStem+1); size >= leastTail; size-- {
			n := 0
			for _, name := range names[:min(len(names), maxNeighbours)] {
				if len(name) > size+1 && oneCase(name) && strings.EqualFold(name[len(name)-size:], text[:size]) {
					n++
				}
			}
			if n >= sharedTail {
				return text[:size]
			}
		}
	}
	return ""
}

// tailed cuts a name whose end is short for its container, as long as all before
// it is known: the nm, nai of nmnaima, in marin.
func (l *lexis) tailed(text string, ctx *context) []string {
	for _, of := range ctx.texts {
		for size := min(len(of)-1, len(text)-2, maxStem+1); size >= 2; size-- {
			if !strings.HasSuffix(text, of[:size]) {
				continue
			}
			head := text[:len(text)-size]
			if l.isTerse(head) || l.known(head) {
				return []string{head}
			}
			if pieces := l.parts(head, func(s string) bool { return l.isTerse(s) || l.isPiece(s) }); pieces != nil {
				return pieces
			}
		}
	}
	return nil
}

// begun cuts a name that starts with a word few others start with: ibanremb.
func (l *lexis) begun(text string) []string {
	for n := len(text) - 2; n >= leastHead; n-- {
		if l.heads[text[:n]] {
			return []string{text[:n], text[n:]}
		}
	}
	return nil
}

// itself takes the start of the container's own name for whom it is about: the
// mari of prmari, in marin.
func (ctx *context) itself(text string) []token {
	if ctx.container&person == 0 || len(text) < leastTail {
		return nil
	}
	for _, of := range ctx.texts {
		if len(of) > len(text) && strings.HasPrefix(of, text) {
			return []token{{word: unknown, class: person, text: text}}
		}
	}
	return nil
}

// Bounds of the names of a mainframe file.
const (
	leastTyped    = 5
	mostTyped     = 8
	distinctTypes = 4
)

// isTyped tells whether names are those of a mainframe file: run together, and
// two in three start with letters that say their type.
func (l *lexis) isTyped(names []string) bool {
	n := 0
	types := map[string]bool{}
	for _, name := range names[:min(len(names), maxNeighbours)] {
		if l.typeOf(name) != unknown {
			n++
			types[strings.ToLower(name[:2])] = true
		}
	}
	return len(types) >= distinctTypes && n*3 >= len(names)*2
}

// typeOf returns the word of the two letters that start a name run together,
// unknown when they say nothing or the name is a word.
func (l *lexis) typeOf(name string) word {
	if len(name) < leastTyped || len(name) > mostTyped || !oneCase(name) || l.known(strings.ToLower(name)) {
		return unknown
	}
	if w, ok := l.terse.typed[strings.ToLower(name[:2])]; ok {
		return w
	}
	return unknown
}

// owned cuts a name into a person and one word more: candnom.
func (l *lexis) owned(text string) []string {
	for n := leastTail; n <= len(text)-minStem; n++ {
		if rest := text[n:]; l.isPerson(text[:n]) && (l.known(rest) || l.isTerse(rest)) {
			return []string{text[:n], rest}
		}
	}
	return nil
}
