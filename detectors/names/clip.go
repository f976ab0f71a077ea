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
		w := l.forms[l.clips.sorted[i]]
		if found != unknown && found != w {
			return unknown
		}
		found = w
	}
	return found
}
