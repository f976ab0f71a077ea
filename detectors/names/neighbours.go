package names

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// neighbours counts what the names beside a column say of its rows.
type neighbours struct {
	all, reached, referred, records, borrowed, machinery, cared, counted, runs, unheard, either, racked, beasts, entries, dishes int

	first    map[string]int    // first words of names of several
	groups   map[string]*group // what the names that start with one word hold
	timed    bool              // has a time: of a moment
	insured  bool              // of a contract of insurance
	standing bool              // of something that stands somewhere
}

func (j *Judge) readNeighbours(ctx *context, c *item.Column) {
	n := neighbours{first: map[string]int{}, groups: map[string]*group{}}
	for _, name := range c.Neighbours[:min(len(c.Neighbours), maxNeighbours)] {
		if name != c.Name {
			j.readNeighbour(ctx, &n, name)
		}
	}
	ctx.prefixOf(n.first, n.all)
	ctx.somebody(n.groups)
	if ctx.groups[ctx.prefix] {
		n.records = max(n.records, n.groups[ctx.prefix].identity)
	}
	if n.standing && n.records+n.referred == 0 && ctx.personal == 0 && ctx.beside&(person|event) == 0 {
		ctx.container |= place
	}
	if !n.timed && n.records+n.referred == 0 && slices.ContainsFunc(ctx.texts, func(t string) bool { return j.lexis.marks[t] }) {
		ctx.container |= place
	}
	if n.beasts >= leastBeasts && ctx.container&person == 0 && !j.namesHumans(c) {
		ctx.container |= animal
	}
	if ctx.agent && (n.records > 0 || n.reached > 1) && ctx.personal == 0 && ctx.container == 0 {
		ctx.container |= person
		ctx.personal += fromContainer
		ctx.owner = ctx.personal
	}
	if n.entries >= leastEntries && n.records == 0 {
		ctx.container |= reference
	}
	if n.dishes >= leastBeasts && n.records+n.referred == 0 && ctx.container&(person|care) == 0 {
		ctx.container |= thing
	}
	if n.racked > 0 && n.records+n.referred == 0 && (ctx.container|ctx.beside)&(person|event) == 0 {
		ctx.container |= machine
	}
	if slices.ContainsFunc(ctx.texts, func(t string) bool { return j.lexis.figures[t] }) {
		n.counted++ // stat_licences
	}
	ctx.insured = (n.insured || slices.ContainsFunc(ctx.texts, func(t string) bool { return j.lexis.insurance[t] })) && (ctx.container|ctx.beside)&work == 0
	ctx.many = n.counted > 0 && n.records+n.referred == 0 && n.reached < 2 && ctx.container&person == 0
	ctx.runs = n.unheard > 1 && n.runs >= leastRuns && n.runs*3 >= n.all*2
	if n.cared >= mostlyCare {
		ctx.beside |= care
	}
	ctx.weighNeighbours(&n)
}

// leastBeasts is how many words of animals make rows of animals: race alone is asked
// of persons too.
const leastBeasts = 2

// namesHumans tells whether a row has what no animal has: prenom.
func (j *Judge) namesHumans(c *item.Column) bool {
	human := func(name string) bool {
		tokens := j.lexis.tokens(name)
		return len(tokens) == 1 && j.lexis.humans[tokens[0].text]
	}
	return human(c.Name) || slices.ContainsFunc(c.Neighbours[:min(len(c.Neighbours), maxNeighbours)], human)
}

// leastEntries is how many words of a ledger make rows of entries: a journal alone may
// be a person's.
const leastEntries = 2

// leastRuns is how many names run together make a table of such names.
const leastRuns = 5

// readNeighbour adds one name to what is known of the neighbours.
func (j *Judge) readNeighbour(ctx *context, n *neighbours, name string) {
	n.all++
	tokens := ctx.trimmed(j.lexis.tokens(j.lexis.unstem(name, ctx)))
	if len(name) >= 4 && len(name) <= 8 && oneCase(name) {
		n.runs++
		if !j.lexis.known(strings.ToLower(name)) {
			n.unheard++
		}
	}
	if len(tokens) == 1 && j.lexis.racks[tokens[0].text] {
		n.racked++
	}
	if slices.ContainsFunc(tokens, func(t token) bool { return j.lexis.beasts[t.text] }) {
		n.beasts++
	}
	n.timed = n.timed || slices.ContainsFunc(tokens, func(t token) bool { return j.lexis.moments[t.text] })
	n.insured = n.insured || slices.ContainsFunc(tokens, func(t token) bool { return j.lexis.insurance[t.text] })
	if slices.ContainsFunc(tokens, func(t token) bool { return j.lexis.ledgers[t.text] }) {
		n.entries++
	}
	if slices.ContainsFunc(tokens, func(t token) bool { return j.lexis.dishes[t.text] }) {
		n.dishes++
	}
	if slices.ContainsFunc(tokens, func(t token) bool { return j.lexis.counting[t.text] }) {
		n.counted++
	}
	if slices.ContainsFunc(tokens, func(t token) bool { return t.word != unknown && j.book.caring[t.word] }) {
		n.cared++
	}
	if cl, _ := summary(tokens); cl&animal != 0 && cl&ref != 0 && cl&person == 0 {
		n.beasts += leastBeasts // what is said of animal_id is said of an animal
	}
	n.standing = n.standing || isTag(name) || slices.ContainsFunc(tokens, func(t token) bool { return j.lexis.standing[t.text] })
	cl, isIdentity := summary(tokens)
	if cl&technical == 0 && (cl&ref == 0 || cl&person != 0) && !slices.ContainsFunc(tokens, func(t token) bool { return t.text == "count" || t.text == "nb" }) {
		ctx.beside |= cl
		for _, t := range tokens {
			if t.word != unknown {
				ctx.besides = append(ctx.besides, t.word)
			}
		}
	}
	if len(tokens) > 1 && tokens[0].class&number == 0 && tokens[0].text != "" {
		n.first[tokens[0].text]++
		j.gather(n.groups, tokens)
	}
	keyed := len(tokens) == 1 && cl&person == 0 && tokens[0].word != unknown && j.lexis.rowKeys[j.lexis.keys[tokens[0].word]]
	n.count(ctx, tokens, cl, isIdentity, keyed)
}

// count sorts one neighbour, by the classes of its words, into what it says.
func (n *neighbours) count(ctx *context, tokens []token, cl class, isIdentity, keyed bool) {
	if cl&flag != 0 && cl&org != 0 {
		n.either++
	}
	switch {
	case isIdentity && !(born(tokens) && ctx.container&(org|place|thing|animal) != 0):
		n.records++
		if ctx.another(tokens) {
			n.borrowed++
		}
	case cl&person != 0 && cl&ref != 0 || keyed:
		n.referred++
	case cl&reach != 0 && cl&(technical|meta|ref|flag) == 0:
		n.reached++
	case cl&goods != 0 && cl&person == 0:
		ctx.goods++
	case cl&(technical|machine) != 0:
		n.machinery++
	}
}

// fullRecord is how many names of a person's own make rows of persons, whatever
// the table is called after.
const fullRecord = 2

// weighNeighbours turns the counts into how sure the rows are about persons.
func (ctx *context) weighNeighbours(n *neighbours) {
	if n.machinery >= 2 && n.records+n.reached == 0 {
		ctx.personal = min(ctx.personal, 0.1) // the Client of a protocol
	}
	switch {
	case n.records > n.borrowed || n.records > 0 && ctx.container&person != 0:
		ctx.record = true
		ctx.personal += fromRecord
	case n.records > 0:
		ctx.record, ctx.borrowed = true, true
		ctx.personal += fromReference // of somebody the row has to do with: contact_prenom
	}
	if n.either > 0 && n.reached > 0 && ctx.container&org != 0 {
		ctx.container &^= org // is_company: the others are persons
	}
	if n.machinery > 0 && n.records+n.reached == 0 {
		ctx.beside &^= event // the access keys of a service are no act of a person
	}
	if n.records > n.borrowed || n.records > 1 || n.records > 0 && n.reached > 1 {
		ctx.container &^= reference // full rows of persons are no list to choose from
	}
	if n.records > n.borrowed && n.reached > 1 {
		ctx.container &^= place | thing
	}
	if own := n.records - n.borrowed; own >= fullRecord {
		ctx.container &^= place | org | thing // the police form of a hotel
		if own > fullRecord {
			ctx.container &^= technical
		}
	}
	ctx.personal += fromReach * float64(min(n.reached, 2))
	if n.referred > 0 && n.records == 0 {
		ctx.personal += fromReference
	}
}
