package names

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ecart-rgpd/ecart/rules"
)

// rule is a NameRule ready to match.
type rule struct {
	id, category string
	direct       bool
	media        bool // kept as files: a URL or path is the datum
	anywhere     bool
	declared     bool   // only where a length is
	container    bool   // neighbours do not count for near
	near         class  // classes that support it
	nearWords    []word // words that do
	notIn        class
	not          []string // kinds
	length       rules.Range
}

// level is how much a phrase says alone.
type level uint8

const (
	hint level = iota
	maybe
	likely
	sure
)

// phrase is a set of words that speaks for a rule, or against it.
type phrase struct {
	words  []word
	level  level
	rule   int
	except bool
}

// book holds all phrases by their first word.
type book struct {
	rules   []rule
	roles   int // the rule any person word speaks for; -1 for none
	byFirst map[word][]phrase
	caring  map[word]bool // words that alone say health
}

// media are the direct categories that are kept as files.
var media = map[string]bool{"photo_or_media": true, "signature": true, "communication_content": true, "id_document": true}

func newBook(l *lexis, files []rules.File[[]rules.NameRule], direct map[string]bool, known func(category string) bool) (*book, error) {
	b := &book{roles: -1, byFirst: make(map[word][]phrase, 1024), caring: map[word]bool{}}
	seen := map[string]bool{}
	for _, f := range files {
		for n, e := range f.Body {
			if err := check(e, seen, known); err != nil {
				return nil, fmt.Errorf("%s: %w", f.At(n), err)
			}
			if err := b.entry(l, e, direct); err != nil {
				return nil, fmt.Errorf("%s: %w", f.At(n), err)
			}
		}
	}
	return b, nil
}

// check refuses what would make a rule silent or a report ambiguous.
func check(e rules.NameRule, seen map[string]bool, known func(category string) bool) error {
	switch {
	case e.ID == "" || e.Category == "":
		return errors.New("a name rule has no id or no category: give both")
	case seen[e.ID]:
		return fmt.Errorf("the id %q is taken: choose another", e.ID)
	case !known(e.Category):
		return fmt.Errorf("unknown category %q: use an id of categories.yml or add it under categories", e.Category)
	case len(e.Words)+len(e.Likely)+len(e.Maybe)+len(e.Hint) == 0:
		return fmt.Errorf("%s has no words: give some under words, likely, maybe or hint", e.ID)
	}
	seen[e.ID] = true
	return nil
}

func (b *book) entry(l *lexis, e rules.NameRule, direct map[string]bool) error {
	i := len(b.rules)
	r := rule{id: e.ID, category: e.Category, direct: direct[e.Category], media: media[e.Category], anywhere: e.Anywhere, declared: e.Declared, container: e.Container, not: e.Type.Not, length: e.Length}
	if err := r.places(l, e); err != nil {
		return err
	}
	for _, k := range e.Type.Not {
		if !slices.Contains(kindNames, k) {
			return fmt.Errorf("%s: type.not has the unknown kind %q: use one of %v", e.ID, k, kindNames)
		}
	}
	b.rules = append(b.rules, r)
	if e.Roles {
		b.roles = i
	}
	for lv, list := range [][]string{e.Hint, e.Maybe, e.Likely, e.Words} {
		b.add(l, list, phrase{level: level(lv), rule: i})
	}
	b.add(l, e.Except, phrase{rule: i, except: true})
	return nil
}

func (r *rule) places(l *lexis, e rules.NameRule) error {
	near := e.Near
	if len(near) == 0 {
		near = []string{"person"}
	}
	for _, n := range near {
		if c, ok := classOf(n); ok {
			r.near |= c
		} else {
			r.nearWords = append(r.nearWords, l.phrase(n)...)
		}
	}
	for _, n := range e.NotIn {
		c, ok := classOf(n)
		if !ok {
			return fmt.Errorf("%s: not_in has the unknown class %q: use one of %v", e.ID, n, classNames)
		}
		r.notIn |= c
	}
	return nil
}

func (b *book) add(l *lexis, texts []string, p phrase) {
	for _, text := range texts {
		p.words = l.phrase(text)
		if len(p.words) == 1 && p.level == sure && !p.except && b.rules[p.rule].category == "health" && !l.weak[text] {
			b.caring[p.words[0]] = true
		}
		if len(p.words) > 0 {
			b.byFirst[p.words[0]] = append(b.byFirst[p.words[0]], p)
		}
	}
}

// match is a phrase found among tokens.
type match struct {
	phrase
	at uint64 // bit i: token i is part of it
}

// find returns all phrases whose words are among tokens, in any order but close
// together when there are many.
func (b *book) find(tokens []token, found []match) []match {
	if len(tokens) > 64 {
		tokens = tokens[:64]
	}
	for i, t := range tokens {
		if t.word == unknown {
			continue
		}
		for _, p := range b.byFirst[t.word] {
			if at, ok := cover(p.words, tokens, i); ok {
				found = append(found, match{p, at})
			}
		}
	}
	return found
}

// cover finds the other words of a phrase near tokens[first]; a phrase may have
// up to two other words among its own.
func cover(words []word, tokens []token, first int) (uint64, bool) {
	at := uint64(1) << first
	if len(words) == 1 {
		return at, true
	}
	reach := len(words) + 1
	lo, hi := max(0, first-reach), min(len(tokens), first+reach+1)
	for _, w := range words[1:] {
		i := slices.IndexFunc(tokens[lo:hi], func(t token) bool { return t.word == w })
		for i >= 0 && at&(1<<(lo+i)) != 0 {
			next := slices.IndexFunc(tokens[lo+i+1:hi], func(t token) bool { return t.word == w })
			if next < 0 {
				i = -1
			} else {
				i += 1 + next
			}
		}
		if i < 0 {
			return 0, false
		}
		at |= 1 << (lo + i)
	}
	return at, true
}
