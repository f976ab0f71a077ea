package words

import (
	"fmt"
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// A Failure is an example of a rule that does not hold.
type Failure struct {
	File, Rule, Example string
	Want                string // what the example promises
}

func (f Failure) String() string {
	return fmt.Sprintf("%s: %s: %q %s", f.File, f.Rule, f.Example, f.Want)
}

// Test runs the sentences of every word rule, built in and of users. An error
// means the rules could not be read.
func Test(r *rules.Rules) ([]Failure, error) {
	l, err := New(r)
	if err != nil {
		return nil, err
	}
	files, err := rules.Sources[[]rules.WordRule](r, "words")
	if err != nil {
		return nil, err
	}
	var failures []Failure
	for _, f := range files {
		for _, e := range f.Body {
			if len(e.Hit) == 0 || len(e.Miss) == 0 {
				failures = append(failures, Failure{f.Name, e.ID, "", "has no hit or no miss: give at least one of each"})
			}
			for _, text := range e.Hit {
				if l.Best(text, e.Category) < detectors.Sure {
					failures = append(failures, Failure{f.Name, e.ID, text, "should be found and is not"})
				}
			}
			for _, text := range e.Miss {
				if l.Best(text, e.Category) >= detectors.Sure {
					failures = append(failures, Failure{f.Name, e.ID, text, "should not be found and is"})
				}
			}
		}
	}
	return failures, nil
}

// Best returns the most that any term of category weighs in a text. It looks
// for terms one by one: for examples, not for scans.
func (l *Lexicon) Best(text, category string) float64 {
	best := 0.0
	spans := cut(text)
	for i, term := range l.terms {
		if term.Category != category {
			continue
		}
		for _, at := range occurrences(spans, strings.Fields(term.Text)) {
			best = max(best, l.Weigh(i, []byte(text), at[0], at[1], item.Prose))
		}
	}
	return best
}

// span is a folded word of a text and where it stands.
type span struct {
	word       string
	start, end int
}

func cut(text string) []span {
	var spans []span
	start := -1
	for i, r := range text + " " {
		switch {
		case isLetter(r) && start < 0:
			start = i
		case !isLetter(r) && start >= 0:
			spans = append(spans, span{fold(text[start:i]), start, i})
			start = -1
		}
	}
	return spans
}

// occurrences finds a phrase among words, as byte offsets.
func occurrences(spans []span, words []string) [][2]int {
	var found [][2]int
	for i := range spans {
		n := 0
		for n < len(words) && i+n < len(spans) && (spans[i+n].word == words[n] || spans[i+n].word == words[n]+"s") {
			n++
		}
		if n == len(words) {
			found = append(found, [2]int{spans[i].start, spans[i+n-1].end})
		}
	}
	return found
}
