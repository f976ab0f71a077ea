// Package words judges words of running text: whether they say something of a
// person's health, beliefs, origins or offences, or only mention the subject.
package words

import (
	"fmt"
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/rules"
)

// Lexicon holds the words to look for and what to weigh around them. Safe for
// concurrent use.
type Lexicon struct {
	terms  []detectors.Term
	strong []bool     // by term
	except [][]string // by term: phrases, folded, in which it means something else
	cues   cueTable
}

// New reads the sections words and cues of the vocabulary.
func New(r *rules.Rules) (*Lexicon, error) {
	entries, err := rules.List[rules.WordRule](r, "words")
	if err != nil {
		return nil, err
	}
	files, err := rules.Section[rules.Cues](r, "cues")
	if err != nil {
		return nil, err
	}
	l := &Lexicon{cues: newCueTable(files)}
	for i, e := range entries {
		if e.ID == "" || e.Category == "" {
			return nil, fmt.Errorf("rules/words: entry %d has no id or no category: give both", i+1)
		}
		if !r.HasCategory(e.Category) {
			return nil, fmt.Errorf("rules/words: %s has the unknown category %q: use an id of categories.yml or add it there", e.ID, e.Category)
		}
		l.add(e, e.Strong, true)
		l.add(e, e.Weak, false)
	}
	return l, nil
}

func (l *Lexicon) add(e rules.WordRule, terms []string, strong bool) {
	for _, text := range terms {
		text = foldPhrase(text)
		var except []string
		for _, x := range e.Except {
			if x = foldPhrase(x); strings.Contains(" "+x+" ", " "+text+" ") {
				except = append(except, x)
			}
		}
		l.terms = append(l.terms, detectors.Term{Text: text, Category: e.Category, Rule: e.ID})
		l.strong = append(l.strong, strong)
		l.except = append(l.except, except)
	}
}

// Terms returns the words, strong before weak, rule by rule.
func (l *Lexicon) Terms() []detectors.Term { return l.terms }
