package names

import (
	"slices"

	"github.com/ecart-rgpd/ecart/rules"
)

// Old and administrative schemas shorten every word: dtinscpoleemploi, tlph,
// nat_cont_trav. Such forms mean too many things to be known everywhere; where a
// table is about persons they are read.
type terse struct {
	forms  map[string]word // as rules/glossary lists them
	lone   map[string]word // forms that stand alone after the prefix of a table
	skims  map[string]word // consonants of listed words, and how they start
	typed  map[string]word // two letters that start the names of a mainframe file
	ending []ending
}

// An ending makes a word of any word that ends so: -ectomy.
type ending struct {
	text string
	word word
}

const (
	leastSkim   = 3 // letters of an abbreviation by consonants: tlp
	leastPrefix = 4 // letters of one by the start: nati
	leastEnding = 8 // letters of a word known by its ending
)

func newTerse(l *lexis, files []rules.File[rules.Glossary]) *terse {
	t := &terse{forms: map[string]word{}, lone: map[string]word{}, skims: map[string]word{}, typed: map[string]word{}}
	for _, f := range files {
		for form, key := range f.Body.Terse {
			t.forms[form] = l.add(key)
		}
		for form, key := range f.Body.Lone {
			t.lone[form] = l.add(key)
		}
		for form, key := range f.Body.Typed {
			t.typed[form] = l.add(key)
		}
		for text, key := range f.Body.Endings {
			t.ending = append(t.ending, ending{text, l.add(key)})
		}
		for _, key := range f.Body.Abbreviated {
			w := l.add(key)
			t.skim(l, key, w)
			for _, form := range f.Body.Synonyms[key] {
				t.skim(l, form, w)
			}
		}
	}
	slices.SortFunc(t.ending, func(a, b ending) int { return len(b.text) - len(a.text) })
	return t
}

// skim enters the abbreviations of form. Those of two words stand for neither.
func (t *terse) skim(l *lexis, form string, w word) {
	if len(form) < 6 {
		return
	}
	enter := func(short string) {
		if other, ok := t.skims[short]; ok && other != w {
			t.skims[short] = unknown
		} else if !l.known(short) {
			t.skims[short] = w
		}
	}
	s := skeleton(form)
	for n := leastSkim; n <= len(s); n++ {
		enter(s[:n])
	}
	for n := leastPrefix; n < len(form)-1; n++ {
		enter(form[:n])
	}
}

// skeleton returns the first letter and the consonants of a word, none twice in
// a row.
func skeleton(s string) string {
	b := []byte{s[0]}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; c {
		case 'a', 'e', 'i', 'o', 'u', 'y', b[len(b)-1]:
		default:
			b = append(b, c)
		}
	}
	return string(b)
}

// open reads a token nobody knows as abbreviations; nil when it is none. In
// tables of names run together its end may stay unknown.
func (l *lexis) open(text string, ctx *context) []token {
	if len(text) < 2 {
		return nil
	}
	if w, ok := l.terse.forms[text]; ok {
		return []token{l.token(w, text)}
	}
	if w, ok := l.terse.skims[text]; ok && w != unknown {
		return []token{l.token(w, text)}
	}
	if w := l.clipped(text); w != unknown {
		return []token{l.token(w, text)}
	}
	pieces := l.parts(text, func(s string) bool {
		return (!l.narrow[s] || ctx.runs || ctx.typed) && l.isTerse(s) || l.isPiece(s)
	})
	if pieces == nil {
		pieces = l.owned(text)
	}
	if pieces == nil {
		pieces = l.tailed(text, ctx)
	}
	if pieces == nil && ctx.runs {
		pieces = l.headed(text)
	}
	if pieces == nil {
		pieces = l.begun(text)
	}
	if pieces == nil {
		return ctx.itself(text)
	}
	out := make([]token, len(pieces))
	for i, p := range pieces {
		w, ok := l.terse.forms[p]
		if !ok {
			w = l.find(p)
		}
		out[i] = l.token(w, p)
	}
	return out
}

// byEnding returns the word that a form stands for by its ending.
func (l *lexis) byEnding(form string) word {
	if len(form) < leastEnding {
		return unknown
	}
	for _, e := range l.terse.ending {
		if len(e.text) < len(form) && form[len(form)-len(e.text):] == e.text {
			return e.word
		}
	}
	return unknown
}

// Bounds of a name run together of which only the start is read: ibanag, telper.
const (
	leastHead = 3
	mostTail  = 3
)

// headed cuts a name into the longest word it starts with and the rest.
func (l *lexis) headed(text string) []string {
	for n := len(text) - 1; n >= max(leastHead, len(text)-mostTail); n-- {
		if head := text[:n]; l.isTerse(head) || l.isPiece(head) {
			return []string{head, text[n:]}
		}
	}
	return nil
}

// alone reads the short form that stands alone after the prefix of a table: the
// nat of mec_nat.
func (l *lexis) alone(tokens []token, ctx *context) []token {
	n := len(tokens) - 1
	switch {
	case n == 0 && ctx.record && len(tokens[0].text) > 2:
	case n == 1 && (tokens[0].text == ctx.start() || ctx.groups[tokens[0].text] || tokens[0].class&person != 0):
	default:
		return tokens
	}
	w, ok := l.terse.lone[tokens[n].text]
	if !ok {
		return tokens
	}
	out := slices.Clone(tokens)
	out[n] = l.token(w, tokens[n].text)
	return out
}

// opened replaces the tokens nobody knows by what they abbreviate, but for the
// prefix all names of the container share.
func (l *lexis) opened(tokens []token, ctx *context) []token {
	return l.reopened(tokens, ctx, func(t token) bool { return t.word == unknown && t.class == 0 })
}

// widened replaces the short forms that rules use in phrases of their own too:
// the ad of lib_ad1, which is known from ad_id.
func (l *lexis) widened(tokens []token, ctx *context) []token {
	return l.reopened(tokens, ctx, func(t token) bool {
		return int(t.word) >= l.listed && t.class == 0 && (len(t.text) > 2 || ctx.start() != "" || ctx.suffix != "") && l.isTerse(t.text)
	})
}

func (l *lexis) reopened(tokens []token, ctx *context, of func(token) bool) []token {
	if !slices.ContainsFunc(tokens, of) {
		return tokens
	}
	var out []token
	for i, t := range tokens {
		if of(t) && !(i == 0 && t.text == ctx.prefix) {
			if more := l.open(t.text, ctx); more != nil {
				out = append(out, more...)
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

func (l *lexis) isTerse(s string) bool {
	_, ok := l.terse.forms[s]
	return ok
}
