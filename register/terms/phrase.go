package terms

import (
	"fmt"
	"strings"
)

// A Phrase stands for ID wherever its words are found in a row:
//
//	adresse ip            these words, in any number, case and accent
//	e mail|courriel       one word or the other, at that place
//	medica*               a word that starts so
//	(de) (la), de? la?    words that may be left out
//	duree .. contrat      up to five words between
type Phrase struct{ ID, Words string }

// A Set finds many phrases in one pass.
type Set struct {
	first  map[string][]int // stem of a first word → phrases
	prefix []int            // phrases whose first word is a prefix
	all    []compiled
}

type compiled struct {
	id    string
	words []word
}

type word struct {
	stems, prefixes []string
	optional, gap   bool
}

// A Match is a phrase found at Tokens[From:To].
type Match struct {
	ID       string
	From, To int
}

const widestGap = 5

// Compile makes a Set. A phrase may not begin with an optional word or a gap.
func Compile(phrases []Phrase) (*Set, error) {
	s := &Set{first: map[string][]int{}}
	for _, p := range phrases {
		c := compiled{id: p.ID}
		for _, f := range strings.Fields(Fold(p.Words)) {
			c.words = append(c.words, readWord(f))
		}
		if len(c.words) == 0 || c.words[0].optional || c.words[0].gap {
			return nil, fmt.Errorf("phrase %q of %s does not begin with a word", p.Words, p.ID)
		}
		s.index(c)
	}
	return s, nil
}

func (s *Set) index(c compiled) {
	n := len(s.all)
	s.all = append(s.all, c)
	for _, stem := range c.words[0].stems {
		s.first[stem] = append(s.first[stem], n)
	}
	if len(c.words[0].prefixes) > 0 {
		s.prefix = append(s.prefix, n)
	}
}

func readWord(f string) word {
	if f == ".." {
		return word{gap: true}
	}
	w := word{optional: strings.HasPrefix(f, "(") || strings.HasSuffix(f, "?")}
	for _, alt := range strings.Split(strings.Trim(f, "()?"), "|") {
		if p, ok := strings.CutSuffix(alt, "*"); ok {
			w.prefixes = append(w.prefixes, p)
		} else {
			w.stems = append(w.stems, Stem(alt))
		}
	}
	return w
}

func (w word) fits(t Token) bool {
	for _, s := range w.stems {
		if s == t.Stem {
			return true
		}
	}
	for _, p := range w.prefixes {
		if strings.HasPrefix(t.Word, p) {
			return true
		}
	}
	return false
}

// Find returns the longest matches from left to right; none overlap, but
// phrases of several ids may share one span.
func (s *Set) Find(t Text) []Match {
	var out []Match
	for i := 0; i < len(t.Tokens); {
		best := s.at(t.Tokens, i)
		if len(best) == 0 {
			i++
			continue
		}
		out = append(out, best...)
		i = best[0].To
	}
	return out
}

// Has tells whether any phrase is in t.
func (s *Set) Has(t Text) bool {
	for i := range t.Tokens {
		if len(s.at(t.Tokens, i)) > 0 {
			return true
		}
	}
	return false
}

// IDs returns the ids found in t, each once, in order of place.
func (s *Set) IDs(t Text) []string {
	var ids []string
	seen := map[string]bool{}
	for _, m := range s.Find(t) {
		if !seen[m.ID] {
			seen[m.ID] = true
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// at returns the longest matches that begin at token i.
func (s *Set) at(tokens []Token, i int) []Match {
	var best []Match
	try := func(n int) {
		end := matchWords(s.all[n].words, tokens, i, true)
		if end < 0 || len(best) > 0 && end < best[0].To {
			return
		}
		if len(best) > 0 && end > best[0].To {
			best = best[:0]
		}
		for _, b := range best {
			if b.ID == s.all[n].id {
				return
			}
		}
		best = append(best, Match{s.all[n].id, i, end})
	}
	for _, n := range s.first[tokens[i].Stem] {
		try(n)
	}
	for _, n := range s.prefix {
		if s.all[n].words[0].fits(tokens[i]) {
			try(n)
		}
	}
	return best
}

// matchWords returns the token after the longest match of words at i, -1 for
// none. first says that no word was matched yet, so that the gap before counts
// for nothing.
func matchWords(words []word, tokens []Token, i int, first bool) int {
	if len(words) == 0 {
		return i
	}
	w := words[0]
	if w.gap {
		for j := i; j <= i+widestGap && j < len(tokens); j++ {
			if j > i && tokens[j-1].Gap == Stop || tokens[j].Gap == Stop {
				return -1
			}
			if end := matchWords(words[1:], tokens, j, true); end >= 0 {
				return end
			}
		}
		return -1
	}
	if i < len(tokens) && (first || tokens[i].Gap < Listed) && w.fits(tokens[i]) {
		if end := matchWords(words[1:], tokens, i+1, false); end >= 0 {
			return end
		}
	}
	if w.optional {
		return matchWords(words[1:], tokens, i, first)
	}
	return -1
}
