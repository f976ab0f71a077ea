package code

import "bytes"

// A markFinder looks for the marks of all purge rules and the words of all consent
// tools at once: it spares most files a search for each.
type markFinder struct {
	finder  *finder
	consent []bool     // by word of finder
	rules   [][]*purge // by word: those it is a mark of
}

// marks are what a file holds of them.
type marks struct {
	consent bool
	rules   map[*purge]bool
}

func newMarkFinder(purges []*purge, tools []consentTool) *markFinder {
	var words []string
	exact, consent, rules := map[string]bool{}, map[string]bool{}, map[string][]*purge{}
	add := func(w string) {
		if !exact[w] {
			words = append(words, w)
			exact[w] = true
		}
	}
	for _, p := range purges {
		for _, m := range p.Marks {
			add(m)
			rules[m] = append(rules[m], p)
		}
	}
	for i := range tools {
		for _, w := range tools[i].Words {
			add(w)
			consent[w] = true
		}
	}
	m := &markFinder{finder: newFinder(words, exact)}
	for _, w := range m.finder.origin {
		m.consent = append(m.consent, consent[w])
		m.rules = append(m.rules, rules[w])
	}
	return m
}

// marks looks for all of them in the file, once.
func (s *source) marks() *marks {
	if s.held == nil {
		m, f := &marks{rules: map[*purge]bool{}}, s.words.marks
		f.finder.find(s.src, func(w, _, _ int) bool {
			m.consent = m.consent || f.consent[w]
			for _, p := range f.rules[w] {
				m.rules[p] = true
			}
			return false
		})
		s.held = m
	}
	return s.held
}

// marked tells whether the file holds a mark of a rule; those too short for a
// finder are looked for one by one.
func (s *source) marked(p *purge) bool {
	if s.marks().rules[p] {
		return true
	}
	for _, m := range p.Marks {
		if len(m) < least && bytes.Contains(s.src, []byte(m)) {
			return true
		}
	}
	return false
}
