package names

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/ecart-rgpd/ecart/item"
)

// context is what stands around a name: its container and its neighbours.
type context struct {
	container class // classes of the container's words
	words     []word
	texts     []string // the container's words as written
	datum     int      // rule of the direct category the container is called after; -1 for none
	subject   int      // rule of Art. 9 or 10 the container is called after; -1 for none
	beside    class    // classes of the neighbours' words
	besides   []word

	owner    float64 // the part of personal that the container's name gives
	personal float64 // how sure the rows are about persons: 0 to 0.45
	record   bool    // neighbours name a person: prenom, date_naissance
	agent    bool    // the container is called after who does something, by its ending
	borrowed bool    // all that do name another than the container: contact_prenom
	insured  bool    // container or neighbours speak of a contract of insurance
	goods    int     // neighbours that speak of goods
	many     bool    // neighbours count groups: effectif, population
	runs     bool    // most names are run together, as on mainframes: codpos
	suffix   string  // an abbreviation of the container that ends names: the ind of nom_ind
	typed    bool    // names start with two letters for their type, as on mainframes: dtnais
	prefix   string  // what starts most names: an abbreviation of the container
	stem     string  // letters run into most names: the clt of cltnom
	tail     string  // letters run into the end of names, short for the container: the vac of nomvac

	groups map[string]bool // first words that stand for a person: dest, when there are dest_adr and dest_tel
}

// What a container says about persons.
const (
	fromContainer = 0.30
	fromEvent     = 0.12
	fromRecord    = 0.30 // a neighbour such as prenom or date_naissance
	fromReach     = 0.08 // each of up to two neighbours such as email or telephone
	fromReference = 0.15 // a neighbour such as client_id
	mostPersonal  = 0.45
)

// mostlyCare is how many neighbours called after health make all of them of care.
const mostlyCare = 3

// maxNeighbours bounds what is read of very wide tables.
const maxNeighbours = 128

func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// lastContext remembers the context of the container judged last: the columns
// of a table come one after another.
type lastContext struct {
	kept atomic.Pointer[keptContext]
}

type keptContext struct {
	container  string
	neighbours []string
	ctx        *context
}

func (k *keptContext) same(c *item.Column) bool {
	if k == nil || k.container != c.Container || len(k.neighbours) != len(c.Neighbours) {
		return false
	}
	return len(c.Neighbours) == 0 || &k.neighbours[0] == &c.Neighbours[0]
}

// around returns the context of a column. Neighbours may hold the column itself.
func (j *Judge) around(c *item.Column) *context {
	if k := j.last.kept.Load(); k.same(c) && !contains(c.Neighbours, c.Name) {
		return k.ctx
	}
	ctx := j.read(c)
	j.last.kept.Store(&keptContext{c.Container, c.Neighbours, ctx})
	return ctx
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}

func (j *Judge) read(c *item.Column) *context {
	ctx := &context{stem: j.lexis.stemOf(c.Neighbours), typed: j.lexis.isTyped(c.Neighbours)}
	j.readContainer(ctx, c.Container)
	ctx.tail = ctx.tailOf(c.Neighbours)
	ctx.suffix = j.suffixOf(ctx, c.Neighbours)
	if ctx.suffix == "" {
		ctx.suffix = ctx.tail
	}
	if isTag(c.Name) {
		ctx.container |= place
	}
	j.readNeighbours(ctx, c)
	ctx.personal = min(ctx.personal, mostPersonal)
	return ctx
}

func (j *Judge) readContainer(ctx *context, container string) {
	name := container[strings.LastIndexAny(container, `./\:`)+1:]
	tokens := j.lexis.tokens(name)
	for i, t := range tokens {
		if len(tokens) > 1 && (i == 0 && j.lexis.leads[t.text] || i == len(tokens)-1 && j.lexis.trails[t.text] && !strings.Contains(name, "_") || j.lexis.copies[t.text]) {
			continue
		}
		cl := t.class
		if cl&event != 0 {
			cl &^= technical // a bounce, a notification: something that happened to somebody
		}
		ctx.container |= cl
		ctx.texts = append(ctx.texts, t.text)
		if t.word != unknown {
			ctx.words = append(ctx.words, t.word)
		}
	}
	ctx.head(tokens)
	ctx.agent = len(tokens) > 0 && j.lexis.isAgent(tokens[0])
	if n := len(tokens); n > 1 && j.lexis.users[tokens[n-1].text] {
		ctx.container &^= technical
	}
	if j.isSomebody(tokens) {
		ctx.container |= person
	}
	ctx.subject, ctx.datum = j.subjectOf(tokens), j.datumOf(tokens)
	about := ctx.container & (thing | animal | place | technical | reference | machine)
	switch {
	case ctx.container&person != 0 && about == 0:
		ctx.personal += fromContainer
	case ctx.container&person != 0 && ctx.container&event != 0 && about&(reference|technical) == 0:
		ctx.personal += fromContainer
		ctx.container &^= thing
	case ctx.container&event != 0 && about == 0:
		ctx.personal += fromEvent
	}
	ctx.owner = ctx.personal
}

// head drops what only qualifies a person: the lecteur of lecteur_bibliotheque
// comes first in French, the guest of hotel_guest last in English.
func (ctx *context) head(tokens []token) {
	if len(tokens) < 2 {
		return
	}
	if tokens[0].class&person != 0 {
		ctx.container &^= place | org
	}
	if tokens[len(tokens)-1].class&person != 0 {
		ctx.container &^= place | org | thing | animal
	}
}

// another tells whether a neighbour names a person the container is not called
// after: the contact_prenom of a company.
func (ctx *context) another(tokens []token) bool {
	for i, t := range tokens {
		if t.class&person != 0 && t.class&identity == 0 && !slices.Contains(ctx.texts, t.text) && !(i == 0 && t.text == ctx.prefix) {
			return true
		}
	}
	return false
}

// isTag tells whether a name is a tag of a map, as OpenStreetMap writes them:
// what has it stands somewhere.
func isTag(name string) bool {
	return strings.HasPrefix(name, "addr:") || strings.HasPrefix(name, "contact:") || strings.HasPrefix(name, "is_in:")
}

// summary returns the classes of a neighbour, and whether it names a person.
func summary(tokens []token) (class, bool) {
	var cl class
	for _, t := range tokens {
		cl |= t.class
	}
	return cl, cl&identity != 0 && cl&(technical|thing|ref|flag) == 0
}

// ofPersons tells whether names may be shortened beyond what is read anywhere.
func (ctx *context) ofPersons() bool {
	if ctx.container&(technical|reference|thing) == 0 && (ctx.container&event != 0 || ctx.typed && ctx.container == 0) {
		return true
	}
	return ctx.personal >= fromReference || ctx.container&(care|work|school) != 0
}

// born tells whether a neighbour is about a birth: animals, companies and
// projects have a date of birth too.
func born(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool {
		return t.text == "ddn" || t.text == "dob" || strings.HasPrefix(t.text, "nai") || strings.HasPrefix(t.text, "birth")
	})
}

// start returns what names of the container start with: a word or letters run
// into them.
func (ctx *context) start() string {
	if ctx.prefix != "" {
		return ctx.prefix
	}
	return ctx.stem
}

// trimmed drops the abbreviation of the container that ends a name.
func (ctx *context) trimmed(tokens []token) []token {
	if n := len(tokens); n > 1 && ctx.suffix != "" && tokens[n-1].text == ctx.suffix {
		return tokens[:n-1]
	}
	return tokens
}

// leastSuffixed is how many names must end with an abbreviation of the container.
const leastSuffixed = 3

// suffixOf returns the word that ends names and abbreviates the container: the
// ind of lib_nom_ind in individu; empty when there is none.
func (j *Judge) suffixOf(ctx *context, names []string) string {
	n := 0
	found := ""
	for _, name := range names[:min(len(names), maxNeighbours)] {
		if strings.IndexByte(name, '_') < 0 {
			continue
		}
		tokens := j.lexis.tokens(name)
		last := tokens[max(0, len(tokens)-1):]
		if len(tokens) < 2 || len(last[0].text) < 3 || last[0].class&^flag != 0 || found != "" && last[0].text != found {
			continue
		}
		if found == "" && !slices.ContainsFunc(ctx.texts, func(t string) bool { return len(t) > len(last[0].text) && strings.HasPrefix(t, last[0].text) }) {
			continue
		}
		found = last[0].text
		n++
	}
	if n < leastSuffixed {
		return ""
	}
	return found
}

// isSomebody tells whether a container is called after a phrase for a person:
// mis_en_cause, personne_de_confiance.
func (j *Judge) isSomebody(tokens []token) bool {
	if len(tokens) < 2 {
		return false
	}
	for _, m := range j.book.find(tokens, nil) {
		if !m.except && m.level == sure && len(m.words) > 1 && j.book.rules[m.rule].category == "person_name" && about(tokens, m.at)&(reference|technical|thing) == 0 && !j.refuted(tokens, &m) {
			return true
		}
	}
	return false
}

// prefixOf sets the word, known or not, that starts at least three names and
// most of them.
func (ctx *context) prefixOf(first map[string]int, n int) {
	for text, count := range first {
		if count >= 3 && count*3 >= n*2 {
			ctx.prefix = text
		}
	}
}

// hasWord tells whether the container, or failing that the neighbours, has one
// of words.
func hasWord(words []word, in []word) bool {
	for _, w := range words {
		for _, v := range in {
			if w == v {
				return true
			}
		}
	}
	return false
}
