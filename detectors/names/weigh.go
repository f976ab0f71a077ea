package names

import (
	"math/bits"
	"slices"

	"github.com/ecart-rgpd/ecart/item"
)

// What a phrase says alone, by level. From detectors.Sure (0.5) on, a gap may
// be raised.
var alone = [...]float64{hint: 0.15, maybe: 0.30, likely: 0.60, sure: 0.85}

// most is what a phrase can reach with all the support there is.
var most = [...]float64{hint: 0.65, maybe: 0.75, likely: 0.85, sure: 0.95}

// weigher adds up the evidence for one column.
type weigher struct {
	j      *Judge
	c      *item.Column
	ctx    *context
	kind   kind
	lang   string // of the reasons; empty: none are given
	own    class  // classes of the name's words that its phrases leave over
	opaque bool   // the name itself says nothing: c_17, champ3
	out    []candidate
	found  []match
}

// name weighs the declared name.
func (w *weigher) name(name string) {
	tokens := w.ctx.peopled(w.ctx.trimmed(w.j.lexis.tokens(w.j.lexis.unstem(name, w.ctx))))
	if w.ctx.ofPersons() {
		tokens = w.j.lexis.alone(tokens, w.ctx)
		tokens = w.j.lexis.opened(tokens, w.ctx)
	}
	w.opaque = true
	for _, t := range tokens {
		w.own |= t.class
		if t.class&(number|filler|meta) == 0 && len(t.text) > 2 && t.word != unknown || len(t.text) > 4 {
			w.opaque = false
		}
	}
	w.weigh(tokens, where{"le nom", "the name"}, 1)
	if w.ctx.ofPersons() && !w.sure() {
		if wide := w.j.lexis.widened(tokens, w.ctx); len(wide) > 0 && !slices.Equal(wide, tokens) {
			w.weigh(wide, where{"le nom", "the name"}, 1)
		}
	}
	w.roleAlone(tokens)
	w.ofSubject(tokens)
	w.ofDatum(tokens)
}

// longEnough is the length from which a column can hold a person's name.
const longEnough = 20

// roleAlone takes a text column called after a role for that person's name:
// plaignant varchar(80).
func (w *weigher) roleAlone(tokens []token) {
	if w.j.book.roles < 0 || w.kind != isText || w.c.Length < longEnough && w.c.Type != "text" || w.sure() || w.ctx.container&(technical|machine|reference) != 0 {
		return
	}
	m := match{phrase: phrase{rule: w.j.book.roles, level: likely}}
	for i, t := range tokens {
		if i == 0 && len(tokens) > 1 && t.text == w.ctx.prefix {
			continue // dem_conseiller among dem_nom, dem_adr
		}
		if m.at != 0 && (t.class == number || w.j.lexis.others[t.text]) {
			continue // beneficiaire_ext, temoin_2
		}
		if t.class&person == 0 && !(w.ctx.ofPersons() && w.j.lexis.isDoer(t)) || t.class&(thing|place|technical|reference) != 0 || w.j.lexis.households[t.text] {
			return
		}
		m.at |= 1 << min(i, 63)
	}
	w.add(m, where{"le nom", "the name"}, tokens, 1)
}

// alias weighs another name of the same slot.
func (w *weigher) alias(name string) {
	w.weigh(w.j.lexis.tokens(name), where{"l'alias " + name, "the alias " + name}, 1)
}

// weigh adds a candidate for every phrase of tokens that no stronger one covers.
func (w *weigher) weigh(tokens []token, from where, scale float64) {
	w.found = w.j.book.find(tokens, w.found[:0])
	for _, m := range w.found {
		if m.except || w.excepted(m) || w.covered(m) || w.outranked(m, tokens) || w.leads(m, tokens) {
			continue
		}
		if m.level > maybe && len(m.words) == 1 && w.weakForm(tokens, m.at) {
			m.level = maybe
		}
		w.add(m, from, tokens, scale)
	}
}

// add weighs one match as a candidate.
func (w *weigher) add(m match, from where, tokens []token, scale float64) {
	c := candidate{rule: m.rule, at: m.at}
	c.score = alone[m.level] * scale
	w.phrase(&c, from, tokens, m)
	support := w.around(&c, m, tokens)
	w.leftover(&c, m, tokens, support)
	w.declared(&c)
	if most := most[m.level] * scale; c.score > most {
		c.score = most
	}
	w.out = append(w.out, c)
}

// excepted tells whether an exception of the rule covers the match.
func (w *weigher) excepted(m match) bool {
	for _, o := range w.found {
		if o.except && o.rule == m.rule && o.at&m.at == m.at && o.at != m.at {
			return true
		}
		if o.except && o.rule == m.rule && o.at == m.at && len(o.words) >= len(m.words) {
			return true
		}
	}
	return false
}

// covered tells whether a longer phrase explains the words of m: the adresse of
// adresse_ip is no postal address.
func (w *weigher) covered(m match) bool {
	for _, o := range w.found {
		if o.except || o.at == m.at || o.at&m.at != m.at {
			continue
		}
		if o.level >= m.level && !w.excepted(o) {
			return true
		}
	}
	return false
}

// weakForm tells whether a match is a form that says little alone: job,
// address. user_address and death_date say more.
func (w *weigher) weakForm(tokens []token, at uint64) bool {
	return about(tokens, at)&^number == 0 && w.j.lexis.weak[tokens[bits.TrailingZeros64(at)].text]
}

// outranked tells whether a role is only said to tell whose datum it is: the
// expediteur of email_expediteur. A hint beside
// words that say more is outranked too: the entreprise of entreprise_contact.
func (w *weigher) outranked(m match, tokens []token) bool {
	r := &w.j.book.rules[m.rule]
	roles := r.anywhere || !r.direct && len(m.words) == 1 && tokens[bits.TrailingZeros64(m.at)].class&(person|identity) == person
	if !roles && m.level > hint {
		return false
	}
	for _, o := range w.found {
		if !o.except && o.at&m.at == 0 && (o.level >= maybe && (roles || !w.j.book.rules[o.rule].anywhere) || roles && w.j.book.rules[o.rule].direct) {
			return true
		}
	}
	return false
}
