package rules

import "strings"

// A Gap is what one kind of gap says, in both languages: title, message with
// {names} that the report fills in, next step, help for its rule, a sentence
// ready for the register, and the law. Vague and Recipient replace the message
// where a wider group is declared, and where a recipient is meant.
type Gap struct {
	Kind    string `yaml:"kind"`
	Title   Text   `yaml:"title"`
	Message Text   `yaml:"message"`
	Next    Text   `yaml:"next"`
	Help    Text   `yaml:"help"`
	Law     []Law  `yaml:"law"`

	Sentence  Text `yaml:"sentence"`
	Vague     Text `yaml:"vague"`
	Recipient Text `yaml:"recipient"`
	Linked    Text `yaml:"linked"` // said in the message of a gap this one is told with
	// Kept replaces title, message and next step where a setting says how long
	// data is kept, rather than its age.
	Kept InventoryTexts `yaml:"kept"`
	// Without a register there is nothing to differ from: an inventory says what
	// is there and how to start one.
	Inventory InventoryTexts `yaml:"inventory"`
}

// InventoryTexts replace those of a gap where there is no register.
type InventoryTexts struct {
	Title   Text `yaml:"title"`
	Message Text `yaml:"message"`
	Next    Text `yaml:"next"`
	Help    Text `yaml:"help"`
}

// Law is a text that a gap or a rule rests on, with the day it was looked up.
type Law struct {
	ID      string `yaml:"id" json:"id"`
	Article string `yaml:"article" json:"article"`
	Source  string `yaml:"source" json:"source"`
	AsOf    string `yaml:"as_of" json:"as_of"`
}

// Cited is how a report in lang names the article. European law has a name in
// each language; French law and the CNIL's are cited as they are published.
func (l Law) Cited(lang string) string {
	if rest, ok := strings.CutPrefix(l.Article, "RGPD, "); ok && lang == "en" {
		return "GDPR, " + citedInEnglish.Replace(rest)
	}
	return l.Article
}

var citedInEnglish = strings.NewReplacer(" et ", " and ", " à ", " to ")

// Gaps reads the texts of all kinds of gaps, by kind.
func (r *Rules) Gaps() (map[string]Gap, error) {
	list, err := List[Gap](r, "gaps")
	if err != nil {
		return nil, err
	}
	byKind := make(map[string]Gap, len(list))
	for _, g := range list {
		byKind[g.Kind] = g
	}
	return byKind, nil
}
