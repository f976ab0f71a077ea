package policy

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/register/terms"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/goccy/go-yaml"
)

// companies are the names we know.
type companies struct {
	set  *terms.Set
	byID map[string]company
}

// A company that policies name.
type company struct {
	ID      string   `yaml:"id"`
	Name    string   `yaml:"name"`
	Country string   `yaml:"country"`
	Common  bool     `yaml:"common"` // a word of every day too
	Words   []string `yaml:"words"`
}

func loadCompanies() (*companies, error) {
	src, err := rules.PolicyFile("companies")
	if err != nil {
		return nil, err
	}
	var list []company
	if err := yaml.UnmarshalWithOptions(src, &list, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("policy/companies.yml: %w", err)
	}
	if list, err = withRecipients(list); err != nil {
		return nil, err
	}
	c := &companies{byID: map[string]company{}}
	var phrases []terms.Phrase
	for _, x := range list {
		c.byID[x.ID] = x
		for _, w := range x.Words {
			var words []string
			for _, t := range terms.Read(w).Tokens {
				words = append(words, t.Word)
			}
			phrases = append(phrases, terms.Phrase{ID: x.ID, Words: strings.Join(words, " ")})
		}
	}
	c.set, err = terms.Compile(phrases)
	return c, err
}

// withRecipients adds the third parties of rules/recipients. A name of one word
// that only stands there may be a word of every day.
func withRecipients(list []company) ([]company, error) {
	more, err := rules.List[rules.Recipient](nil, "recipients")
	if err != nil {
		return nil, err
	}
	index := map[string]int{}
	for i, c := range list {
		index[c.ID] = i
		index[terms.Fold(c.Name)] = i
	}
	for _, r := range more {
		name, _, _ := strings.Cut(r.Name, " (")
		i, known := index[r.ID]
		if !known {
			i, known = index[terms.Fold(name)]
		}
		if known {
			list[i].Words = append(list[i].Words, r.Aliases...)
			continue
		}
		list = append(list, company{ID: r.ID, Name: name, Country: r.Country, Common: !strings.ContainsAny(name, " .0123456789"), Words: append([]string{name}, r.Aliases...)})
	}
	return list, nil
}

// A mention is a name in a text.
type mention struct {
	company
	from, to int // tokens
}

// asWritten is the name that the text itself uses when it is one the company is
// known by, so that a reader finds it again: "Office 365", not its owner.
func (m mention) asWritten(t terms.Text) string {
	raw := strings.Join(strings.Fields(t.Raw[t.Tokens[m.from].Start:t.Tokens[m.to-1].End]), " ")
	if strings.EqualFold(raw, m.Name) {
		return m.Name
	}
	return raw
}

// find returns the companies named in t. A name is written with a capital or
// holds a point or a figure; a common word only counts when expected.
func (c *companies) find(t terms.Text, expected bool) []mention {
	var out []mention
	for _, m := range c.set.Find(t) {
		raw := t.Raw[t.Tokens[m.From].Start:t.Tokens[m.To-1].End]
		first, _ := utf8.DecodeRuneInString(raw)
		named := unicode.IsUpper(first) || strings.ContainsAny(raw, ".0123456789") || strings.ContainsFunc(raw, unicode.IsUpper)
		x := c.byID[m.ID]
		if !named || x.Common && !expected || x.shouted(raw) {
			continue
		}
		out = append(out, mention{x, m.From, m.To})
	}
	return out
}

// shouted tells of a word that is the name of a company in capitals only: "Ses réponses"
// is no SES.
func (c company) shouted(raw string) bool {
	if len(raw) > 4 || strings.ToUpper(raw) == raw {
		return false
	}
	for _, w := range c.Words {
		if w != strings.ToUpper(w) && strings.EqualFold(w, raw) {
			return false
		}
	}
	return slices.ContainsFunc(c.Words, func(w string) bool { return w == strings.ToUpper(w) && strings.EqualFold(w, raw) })
}

// country is the group's country of a recipient by its name, "" when unknown.
func (c *companies) country(name string) string {
	for _, m := range c.find(terms.Read(name), true) {
		return m.Country
	}
	return ""
}
