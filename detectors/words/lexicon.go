// Package words judges words of running text: whether they say something of a
// person's health, beliefs, origins or offences, or only mention the subject.
package words

import (
	"errors"
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
	tells  []bool     // by term: it says something alone in a cell
	except [][]string // by term: phrases, folded, in which it means something else
	cues   *cueTable
}

// New reads the sections words and cues of the vocabulary.
func New(r *rules.Rules) (*Lexicon, error) {
	entries, err := rules.Section[[]rules.WordRule](r, "words")
	if err != nil {
		return nil, err
	}
	files, err := rules.Section[rules.Cues](r, "cues")
	if err != nil {
		return nil, err
	}
	l := &Lexicon{cues: newCueTable(files)}
	for _, f := range entries {
		for i, e := range f.Body {
			if err := check(e, r.HasCategory); err != nil {
				return nil, fmt.Errorf("%s: %w", f.At(i), err)
			}
			l.add(e, e.Strong, true, true)
			l.add(e, e.Units, true, false)
			l.add(e, e.Weak, false, false)
		}
	}
	return l, nil
}

// check refuses what would make a rule silent.
func check(e rules.WordRule, known func(category string) bool) error {
	switch {
	case e.ID == "" || e.Category == "":
		return errors.New("a word rule has no id or no category: give both")
	case !known(e.Category):
		return fmt.Errorf("unknown category %q: use an id of categories.yml or add it under categories", e.Category)
	case len(e.Strong)+len(e.Units)+len(e.Weak) == 0:
		return fmt.Errorf("%s has no words: give some under strong, units or weak", e.ID)
	}
	return nil
}

func (l *Lexicon) add(e rules.WordRule, terms []string, strong, tells bool) {
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
		l.tells = append(l.tells, tells)
		l.except = append(l.except, except)
	}
}

// Terms returns the words, strong before weak, rule by rule.
func (l *Lexicon) Terms() []detectors.Term { return l.terms }
