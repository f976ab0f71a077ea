package terms

import (
	"fmt"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/rules"
	"github.com/goccy/go-yaml"
)

// A Term is one mention of a category of personal data.
type Term struct {
	Category   string // id of rules/categories.yml
	Start, End int    // offsets in the text
	Group      bool   // names a group only: "coordonnées"
}

// Nothing is the id of phrases that look like data and are none: "adresse du
// site". They hide the shorter phrases inside them.
const Nothing = "-"

// A Categories finds the categories of data that a text names.
type Categories struct {
	set    *Set
	groups map[string][]string // group → its members
	member map[string]string   // member → its group
}

// NewCategories reads the vocabulary built in.
func NewCategories() (*Categories, error) { return builtin() }

var builtin = sync.OnceValues(func() (*Categories, error) {
	r, err := rules.Load()
	if err != nil {
		return nil, err
	}
	phrases, err := Vocabulary("categories")
	if err != nil {
		return nil, err
	}
	c := &Categories{groups: map[string][]string{}, member: map[string]string{}}
	known := map[string]bool{Nothing: true}
	for _, cat := range r.Categories {
		known[cat.ID] = true
		if cat.Group != "" {
			c.member[cat.ID] = cat.Group
			c.groups[cat.Group] = append(c.groups[cat.Group], cat.ID)
		}
	}
	for _, p := range phrases {
		if !known[strings.TrimSuffix(p.ID, "?")] {
			return nil, fmt.Errorf("policy/categories.yml: no category %q", p.ID)
		}
	}
	c.set, err = Compile(phrases)
	return c, err
})

// Vocabulary reads rules/policy/<name>.yml: a list of {id, words, hit, miss}.
func Vocabulary(name string) ([]Phrase, error) {
	entries, err := Entries(name)
	if err != nil {
		return nil, err
	}
	var out []Phrase
	for _, e := range entries {
		for _, w := range e.Words {
			out = append(out, Phrase{e.ID, w})
		}
	}
	return out, nil
}

// An Entry is one id of a vocabulary with its phrases, and the texts that prove
// them.
type Entry struct {
	ID    string   `yaml:"id"`
	Words []string `yaml:"words"`
	Why   string   `yaml:"why"`
	Hit   []string `yaml:"hit"`  // texts where the id must be found
	Miss  []string `yaml:"miss"` // texts where it must not
}

// Entries reads rules/policy/<name>.yml; unknown keys are errors.
func Entries(name string) ([]Entry, error) {
	src, err := rules.PolicyFile(name)
	if err != nil {
		return nil, err
	}
	var entries []Entry
	if err := yaml.UnmarshalWithOptions(src, &entries, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("policy/%s.yml: %w", name, err)
	}
	return entries, nil
}

// Find returns the categories that text names, in order of place.
//
// A group that only announces its members ("coordonnées : nom, téléphone") is
// left out, because the list says it better.
func (c *Categories) Find(text string) []Term {
	t := Read(text)
	found := c.strong(t)
	var out []Term
	for i, m := range found {
		if m.ID == Nothing || len(c.groups[m.ID]) > 0 && announces(t, found, i) {
			continue
		}
		out = append(out, Term{
			Category: m.ID,
			Start:    t.Tokens[m.From].Start,
			End:      t.Tokens[m.To-1].End,
			Group:    len(c.groups[m.ID]) > 0,
		})
	}
	return out
}

// strong returns the matches, without the weak ones that are no element of a
// list.
func (c *Categories) strong(t Text) []Match {
	var out []Match
	for _, m := range c.set.Find(t) {
		id, weak := strings.CutSuffix(m.ID, "?")
		if weak && !element(t, m) || participle(t, m) {
			continue
		}
		m.ID = id
		out = append(out, m)
	}
	return out
}

// participle tells of "adressé", which folds to a word for data: "un SMS vous est
// adressé la veille".
func participle(t Text, m Match) bool {
	return m.To-m.From == 1 && t.Tokens[m.From].Stem == "adresse" && strings.ContainsRune(t.Raw[t.Tokens[m.From].Start:t.Tokens[m.From].End], 'é')
}

// element tells whether a match, with the small words before it, is a whole
// element of a list.
func element(t Text, m Match) bool {
	i := m.From
	for i > 0 && t.Tokens[i].Gap < Listed && small[t.Tokens[i-1].Word] {
		i--
	}
	left := i == 0 || t.Tokens[i].Gap >= Listed || joins[t.Tokens[i-1].Word]
	right := m.To == len(t.Tokens) || t.Tokens[m.To].Gap >= Listed || joins[t.Tokens[m.To].Word] || of[t.Tokens[m.To].Word]
	return left && right
}

var (
	small = map[string]bool{"votre": true, "vos": true, "ton": true, "ta": true, "tes": true, "le": true, "la": true, "les": true, "l": true, "de": true, "du": true, "des": true, "d": true, "son": true, "sa": true, "leur": true, "leurs": true}
	joins = map[string]bool{"et": true, "ou": true, "ainsi": true, "puis": true}
	of    = map[string]bool{"de": true, "du": true, "des": true, "d": true}
)

// announces tells whether what follows found[i] opens a bracket or a list that
// holds data: a bracket, a colon or "telles que" before the next match.
func announces(t Text, found []Match, i int) bool {
	m := found[i]
	j := i + 1
	for j < len(found) && (found[j].From < m.To || found[j].ID == Nothing) {
		j++
	}
	if j == len(found) || found[j].From-m.To > 12 {
		return false
	}
	between := t.Raw[t.Tokens[m.To-1].End:t.Tokens[found[j].From].Start]
	if strings.Contains(Fold(between), "par exemple") {
		return false
	}
	for k := 0; k < len(between); k++ {
		switch between[k] {
		case '(', ':':
			return true
		case '.', ';', '|', '\n', ')':
			return false
		}
	}
	folded := Fold(between)
	for _, w := range []string{"tel que", "telle que", "tels que", "telles que", "notamment", "comme", "a savoir", "c'est-a-dire", "comprenant"} {
		if strings.Contains(folded, w) {
			return true
		}
	}
	return false
}

// Group returns the group of a category, "" for none.
func (c *Categories) Group(id string) string { return c.member[id] }

// Members returns the members of a group, nil when id is none.
func (c *Categories) Members(id string) []string { return c.groups[id] }
