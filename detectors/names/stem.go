package names

import (
	"slices"
	"strings"
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
	plain := make([]string, 0, min(len(names), maxNeighbours))
	for i, n := range names {
		if i >= maxNeighbours {
			break
		}
		if len(n) > minStem+1 && len(n) <= 12 && oneCase(n) {
			plain = append(plain, strings.ToLower(n))
		}
	}
	sorted := slices.Clone(plain) // names that share a stem stand together
	slices.Sort(sorted)
	for size := maxStem; size >= minStem; size-- {
		stems := l.shared(sorted, size, len(names))
		if len(stems) == 0 {
			continue
		}
		for _, n := range plain { // the first name that has one speaks
			if len(n) > size+1 && slices.Contains(stems, n[:size]) {
				return n[:size]
			}
		}
	}
	return ""
}

// oneCase tells whether a name is run together: all capitals or all small, and
// nothing that parts words.
func oneCase(name string) bool {
	small, large := false, false
	for i := range len(name) {
		switch c := name[i]; {
		case c >= 0x80 || c == '_' || c == ' ' || c == '.' || c == '-':
			return false
		case c >= 'a' && c <= 'z':
			small = true
		case c >= 'A' && c <= 'Z':
			large = true
		}
	}
	return !small || !large
}

// shared returns the stems of size letters that enough of all names have.
func (l *lexis) shared(sorted []string, size, all int) (stems []string) {
	for i := 0; i < len(sorted); {
		if len(sorted[i]) < size {
			i++
			continue
		}
		stem, n := sorted[i][:size], 0
		for ; i < len(sorted) && strings.HasPrefix(sorted[i], stem); i++ {
			if len(sorted[i]) > size+1 {
				n++
			}
		}
		if n >= sharedStem && (n*4 >= all*3 || l.isPerson(stem)) {
			stems = append(stems, stem)
		}
	}
	return stems
}

func (l *lexis) isPerson(form string) bool {
	w := l.find(form)
	return w != unknown && l.classes[w]&person != 0
}

// unstem parts a name from the stem or tail its neighbours share: cltnom is
// clt_nom, nomvac is nom_vac.
// A name that is a word, or whose rest is not one, stays as it is.
func (l *lexis) unstem(name string, ctx *context) string {
	if n := len(name) - len(ctx.tail); ctx.tail != "" && n > 1 && strings.EqualFold(name[n:], ctx.tail) && !l.known(strings.ToLower(name)) {
		return name[:n] + "_" + name[n:]
	}
	if ctx.typed && l.typeOf(name) != unknown {
		return name[:2] + "_" + name[2:]
	}
	stem := ctx.stem
	n := len(stem)
	if n == 0 || len(name) <= n+1 || !strings.EqualFold(name[:n], stem) || l.known(strings.ToLower(name)) {
		return name
	}
	return name[:n] + "_" + name[n:]
}
