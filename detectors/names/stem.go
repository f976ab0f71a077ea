package names

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// Old schemas run an abbreviation of the table into every name: CLTNOM, CLTPRE,
// CLTNAI. What most neighbours start with says nothing of one of them.
const (
	minStem    = 2
	maxStem    = 4
	sharedStem = 3 // names that must share it
)

// stemOf returns the letters that at least three and three in four of the
// run-together names start with, lower case; empty when there are none.
func (l *lexis) stemOf(names []string) string {
	var plain []string
	for i, n := range names {
		if i >= maxNeighbours {
			break
		}
		if len(n) > minStem+1 && len(n) <= 12 && item.ASCII(n) && (n == strings.ToUpper(n) || n == strings.ToLower(n)) && !strings.ContainsAny(n, "_ .-") {
			plain = append(plain, strings.ToLower(n))
		}
	}
	for size := maxStem; size >= minStem; size-- {
		count := map[string]int{}
		for _, n := range plain {
			if len(n) > size+1 {
				count[n[:size]]++
			}
		}
		for _, n := range plain {
			if len(n) <= size+1 {
				continue
			}
			stem := n[:size]
			if c := count[stem]; c >= sharedStem && (c*4 >= len(names)*3 || l.isPerson(stem)) {
				return stem
			}
		}
	}
	return ""
}

func (l *lexis) isPerson(form string) bool {
	w := l.find(form)
	return w != unknown && l.classes[w]&person != 0
}

// unstem parts a name from the stem its neighbours share: cltnom is clt_nom.
// A name that is a word, or whose rest is not one, stays as it is.
func (l *lexis) unstem(name, stem string) string {
	n := len(stem)
	if n == 0 || len(name) <= n+1 || !strings.EqualFold(name[:n], stem) || l.known(strings.ToLower(name)) {
		return name
	}
	return name[:n] + "_" + name[n:]
}
