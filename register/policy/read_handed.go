package policy

import (
	"slices"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// handedTo returns the bodies that prose says data are handed to, or seen by: "remises
// à la gendarmerie", "visionnées par la police municipale". Only bodies outside the
// organisation count: what its own people do with data is its use of them.
func (d *reading) handedTo(s *statement) []found {
	t := s.words
	var out []found
	for _, m := range d.kinds.Find(t) {
		if m.ID != "authority" || m.From < 2 {
			continue
		}
		from := m.From
		for from > 0 && slices.Contains(articles, t.Tokens[from-1].Word) {
			from--
		}
		if from < 1 || !towards()[t.Tokens[from-1].Word] && !towards()[t.Tokens[from].Word] {
			continue
		}
		start := max(0, from-6)
		for j := from - 1; j > start; j-- {
			if t.Tokens[j].Gap == terms.Stop {
				start = j
			}
		}
		if !handing.MatchString(fold(t.Raw[t.Tokens[start].Start:t.Tokens[from].Start])) {
			continue
		}
		to := m.To
		for to < len(t.Tokens) && to < m.To+3 && t.Tokens[to].Gap == terms.Glued && !endsName()[t.Tokens[to].Word] {
			to++
		}
		for to > m.To && (slices.Contains(articles, t.Tokens[to-1].Word) || linking[t.Tokens[to-1].Word]) {
			to--
		}
		name := t.Raw[t.Tokens[m.From].Start:t.Tokens[to-1].End]
		out = add(out, found{id: name, no: s.no, words: around(t, m.From, to), conf: 0.6, extra: m.ID})
	}
	return out
}

var (
	towards = stopSet("a au aux par")
	handing = pattern.New(`\b(remis|transmis|communiqu|envoy|adress|visionn|consult|vers|declar|reverse|partag)\w*\b`)
)
