package names

import (
	"slices"
	"strings"
)

// Names that start with the same word are about the same thing: dest_nom,
// dest_adr1 and dest_tel say that dest is somebody, whatever dest stands for.

// group is what the names that start with one word hold together.
type group struct {
	identity int  // a prenom, a birth
	reach    int  // ways to reach whom it is about
	firm     bool // a SIRET, a VAT number: it is a firm
}

// leastReached is how many ways to reach it make a group one of a person.
const leastReached = 2

// gather adds the rest of a name to the group of its first word.
func (j *Judge) gather(groups map[string]*group, tokens []token) {
	if len(tokens) < 2 || tokens[0].class != 0 || len(tokens[0].text) < 2 {
		return
	}
	g := groups[tokens[0].text]
	if g == nil {
		g = &group{}
		groups[tokens[0].text] = g
	}
	cl, isIdentity := summary(tokens[1:])
	switch rest := tokens[1:]; {
	case j.tellsFirm(rest):
		g.firm = true
	case isIdentity || len(rest) == 1 && j.isShort(rest[0]):
		g.identity++
	case cl&reach != 0 && cl&(technical|meta|ref|flag) == 0:
		g.reach++
	}
}

// tellsFirm tells whether words name a firm: a SIRET, a raison sociale.
func (j *Judge) tellsFirm(tokens []token) bool {
	name := ""
	for i, t := range tokens {
		if i > 0 {
			name += " "
		}
		name += t.text
	}
	return j.lexis.firms[name] || slices.ContainsFunc(tokens, func(t token) bool { return j.lexis.firmNumbers[t.text] })
}

// isShort tells whether a word is the short form of a prenom or a birth, as they
// stand after the prefix of a table: pre, dn.
func (j *Judge) isShort(t token) bool {
	w, ok := j.lexis.terse.lone[t.text]
	return ok && j.lexis.classes[w]&identity != 0
}

// somebody marks the first words that stand for a person.
func (ctx *context) somebody(groups map[string]*group) {
	held := ctx.container & (org | place | machine | thing | technical | reference | animal)
	for text, g := range groups {
		if g.firm || g.identity == 0 && (g.reach < leastReached || held != 0 && ctx.container&event == 0) {
			continue
		}
		if ctx.groups == nil {
			ctx.groups = map[string]bool{}
		}
		ctx.groups[text] = true
	}
}

// peopled returns tokens with the first one marked as a person when the names
// that start like it say so.
func (ctx *context) peopled(tokens []token) []token {
	if len(tokens) < 2 || tokens[0].class != 0 || !ctx.groups[tokens[0].text] {
		return tokens
	}
	out := slices.Clone(tokens)
	out[0].class |= person
	return out
}

// leads tells whether a phrase takes in an abbreviation of its own container: the
// sin of sin_no, in sinistre.
func (w *weigher) leads(m match, tokens []token) bool {
	if m.at&1 == 0 || len(m.words) < 2 || len(tokens[0].text) > maxStem || tokens[0].class != 0 || int(tokens[0].word) < w.j.lexis.listed {
		return false
	}
	start := tokens[0].text
	return slices.ContainsFunc(w.ctx.texts, func(t string) bool { return len(t) > len(start)+1 && strings.HasPrefix(t, start) })
}

// leastAgent is the letters of a word known by its ending for who does something.
const leastAgent = 6

// isAgent tells whether a word nobody knows ends like one for who does something:
// vacancier, plaisancier.
func (l *lexis) isAgent(t token) bool {
	form := strings.TrimSuffix(t.text, "s")
	return t.class == 0 && len(form) >= leastAgent && slices.ContainsFunc(l.agents, func(end string) bool { return strings.HasSuffix(form, end) })
}

// isDoer tells whether a word nobody knows ends like one for somebody at work, in
// fewer ways than the names of tables: peseur, dresseuse.
func (l *lexis) isDoer(t token) bool {
	return t.word == unknown && t.class == 0 && len(t.text) >= leastAgent && slices.ContainsFunc(l.doers, func(end string) bool { return strings.HasSuffix(t.text, end) })
}
