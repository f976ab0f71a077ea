package words

import (
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/examples"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// Test runs the sentences of every word rule, built in and of users. An error
// means the rules could not be read.
func Test(r *rules.Rules) ([]examples.Failure, error) {
	l, err := New(r)
	if err != nil {
		return nil, err
	}
	files, err := rules.Sources[[]rules.WordRule](r, "words")
	if err != nil {
		return nil, err
	}
	var list []examples.Rule
	for _, f := range files {
		for _, e := range f.Body {
			list = append(list, examples.Rule{File: f.Name, ID: e.ID, Subject: e.Category, Hit: e.Hit, Miss: e.Miss})
		}
	}
	return examples.Run(list, func(r *examples.Rule, text string) bool {
		return l.Best(text, r.Subject) >= detectors.Sure
	}), nil
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
		case item.WordRune(r) && start < 0:
			start = i
		case !item.WordRune(r) && start >= 0:
			spans = append(spans, span{item.Fold(text[start:i]), start, i})
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
