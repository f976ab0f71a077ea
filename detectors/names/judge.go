// Package names judges what columns, fields, headers and labels are called, in
// their context: words, container, neighbours, type, length and comment, each
// a piece of evidence that is added up and can be explained.
package names

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// Judge says what a name speaks of. Safe for concurrent use.
type Judge struct {
	*knowledge
	rules *rules.Rules
	once  sync.Once
	last  lastContext
}

// knowledge is the vocabulary made ready.
type knowledge struct {
	lexis *lexis
	book  *book
}

// New takes the sections glossary and names of the vocabulary. What is built in
// is read when the first name is judged, so that a run that meets none does not
// pay; rules of users are read at once, for their errors.
func New(r *rules.Rules) (*Judge, error) {
	j := &Judge{rules: r}
	if r.Extended() {
		return j, j.prepare()
	}
	return j, nil
}

// ready reads the vocabulary once. The one built in is tested, and cannot fail.
func (j *Judge) ready() {
	j.once.Do(func() {
		if j.knowledge != nil {
			return
		}
		if err := j.prepare(); err != nil {
			panic(err)
		}
	})
}

func (j *Judge) prepare() error {
	k, err := learn(j.rules)
	j.knowledge = k
	return err
}

func learn(r *rules.Rules) (*knowledge, error) {
	glossary, err := rules.Section[rules.Glossary](r, "glossary")
	if err != nil {
		return nil, err
	}
	l, err := newLexis(glossary)
	if err != nil {
		return nil, err
	}
	files, err := rules.Section[[]rules.NameRule](r, "names")
	if err != nil {
		return nil, err
	}
	direct := map[string]bool{}
	for _, f := range glossary {
		for _, category := range f.Body.Direct {
			direct[category] = true
		}
	}
	b, err := newBook(l, files, direct, r.HasCategory)
	if err != nil {
		return nil, err
	}
	return &knowledge{lexis: l, book: b}, nil
}

// least is the confidence under which a verdict is not worth keeping.
const least = 0.3

// Judge returns the categories the name speaks of, strongest first. Only the
// first may be sure: what else the name might mean stays under detectors.Sure.
// Reasons are left out here; Explain gives them.
func (j *Judge) Judge(c item.Column) []detectors.Verdict {
	j.ready()
	candidates := j.candidates(&c, "")
	var out []detectors.Verdict
	for _, cand := range candidates {
		if cand.score < least {
			break
		}
		out = append(out, j.verdict(cand))
	}
	return out
}

// TellsPersons tells whether a column called header tells persons apart, though it
// may name none: `matricule`, `id_salarie`, `code patient`.
func (j *Judge) TellsPersons(header string) bool {
	j.ready()
	tokens := j.lexis.tokens(header)
	if len(tokens) == 0 || len(tokens) > 2 {
		return false
	}
	own := false
	for _, t := range tokens {
		switch {
		case j.lexis.rowKeys[t.text]:
			own = true
		case t.class&ref == 0:
			return false // « type agent » describes
		}
	}
	return own
}

// TellsFirms tells whether a column called header names firms: `raison_sociale`.
func (j *Judge) TellsFirms(header string) bool {
	j.ready()
	tokens := j.lexis.tokens(header)
	if len(tokens) == 0 || len(tokens) > 3 {
		return false
	}
	name := tokens[0].text
	for _, t := range tokens[1:] {
		name += " " + t.text
	}
	return j.lexis.firms[name]
}

// TellsMachines tells whether the table of a column lists machines and no persons.
func (j *Judge) TellsMachines(c *item.Column) bool {
	j.ready()
	ctx := j.around(c)
	return ctx.container&machine != 0 && ctx.container&(person|event) == 0 && !ctx.record
}

// TellsAnimals tells whether a column is about the animals that its table lists:
// one that is called after a person, the owner, is not.
func (j *Judge) TellsAnimals(c *item.Column) bool {
	j.ready()
	if cl, _ := summary(j.lexis.tokens(c.Name)); cl&person != 0 {
		return false
	}
	ctx := j.around(c)
	return ctx.container&animal != 0 && ctx.container&person == 0
}

// TellsPlaces tells whether the table of a column lists places that are nobody's home,
// and no column of it is called after a person.
func (j *Judge) TellsPlaces(c *item.Column) bool {
	j.ready()
	ctx := j.around(c)
	return ctx.container&place != 0 && ctx.container&(person|event|care) == 0 && ctx.beside&person == 0 && !ctx.record
}

// TellsSomebody tells whether a column speaks of a person, or whether what it stands
// in does: `patient`, a file called salaries.
func (j *Judge) TellsSomebody(c *item.Column) bool {
	j.ready()
	ctx := j.around(c)
	if ctx.many || slices.ContainsFunc(append(c.Neighbours[:len(c.Neighbours):len(c.Neighbours)], c.Name), j.counts) {
		return false // a row counts many
	}
	var cl class
	for _, t := range j.lexis.tokens(c.Name) {
		if t.word == unknown || !j.lexis.households[j.lexis.keys[t.word]] { // familial describes
			cl |= t.class
		}
	}
	return ctx.container&(person|event) != 0 || cl&person != 0 && cl&(meta|technical) == 0 || cl&ref != 0 || j.TellsPersons(c.Name)
}

// TellsSerials tells whether a column called header numbers things: `reference`,
// `numero_commande`. What is in it looks like a telephone or a card by luck.
func (j *Judge) TellsSerials(header string) bool {
	j.ready()
	number, of := false, false
	for _, t := range j.lexis.tokens(header) {
		switch {
		case t.class&(person|reach|identity|care|work) != 0:
			return false
		case j.lexis.serials[t.text]:
			number, of = true, true
		case t.class&ref != 0 || j.lexis.values[t.text] || t.text == "code":
			number = true
		case t.class&(event|thing|goods|machine) != 0:
			of = true
		case t.class&(filler|meta) == 0:
			return false
		}
	}
	return number && of
}

// counts tells whether a column called name says how many a row is about.
func (j *Judge) counts(name string) bool {
	return slices.ContainsFunc(j.lexis.tokens(name), func(t token) bool { return j.lexis.counting[t.text] })
}

// TellsUnits tells whether a header, or the name of a table, says that each row is
// about a part of an organisation: `agence`, `nom du service`, `annuaire-services`.
func (j *Judge) TellsUnits(header string) bool {
	j.ready()
	own := false
	for _, t := range j.lexis.tokens(header) {
		switch {
		case j.lexis.units[t.text]:
			own = true
		case t.class&person != 0:
			return false
		}
	}
	return own
}

func (j *Judge) verdict(c candidate) detectors.Verdict {
	r := &j.book.rules[c.rule]
	return detectors.Verdict{Category: r.category, Rule: r.id, Confidence: confidence(c.score), Reasons: c.reasons}
}

// confidence turns a sum of evidence into 0 to 0.95, two decimals.
func confidence(score float64) float64 {
	score = max(0, min(score, 0.95))
	return float64(int(score*100+0.5)) / 100
}

// candidate is one rule that a name may speak for.
type candidate struct {
	rule    int
	at      uint64 // tokens of the name its phrase covers; 0 when the comment speaks
	score   float64
	reasons []detectors.Reason
}

// candidates returns what the column may hold, best first, one per category.
func (j *Judge) candidates(c *item.Column, lang string) []candidate {
	ctx := j.around(c)
	w := weigher{j: j, c: c, ctx: ctx, kind: kindOf(c.Type, c.Length), lang: lang}
	w.name(c.Name)
	for _, alias := range c.Aliases {
		if alias != c.Name {
			w.alias(alias)
		}
	}
	if says := j.lexis.speaking[c.Type]; says != "" && (len(w.out) == 0 || embedded[c.Type] && !w.sure()) {
		w.weigh(j.lexis.tokens(says), where{"le type", "the type"}, 0.75)
	}
	if w.kind == isInet && !w.sure() {
		w.weigh(j.lexis.tokens("ip"), where{"le type", "the type"}, 0.75)
	}
	if w.kind == isGeo && ctx.ofPersons() && !w.sure() {
		w.weigh(j.lexis.tokens("gps"), where{"le type", "the type"}, 0.75)
	}
	if c.Comment != "" {
		w.comment(c.Comment)
	}
	return w.ranked()
}

// sure tells whether a candidate is sure already.
func (w *weigher) sure() bool {
	return slices.ContainsFunc(w.out, func(c candidate) bool { return c.score >= detectors.Sure })
}

// embedded are the speaking types that are objects of their own: they say more
// than a name that says little.
var embedded = map[string]bool{"emailaddress": true, "personname": true, "humanname": true, "fullname": true, "streetaddress": true, "postaladdress": true, "phonenumber": true}

// ranked sorts the candidates and keeps all but the first below sure: a column
// called `email_medecin` is an e-mail address, and only perhaps something else.
func (w *weigher) ranked() []candidate {
	slices.SortStableFunc(w.out, func(a, b candidate) int {
		if d := cmp.Compare(b.score, a.score); d != 0 {
			return d
		}
		return cmp.Compare(a.rule, b.rule)
	})
	var out []candidate
	for _, cand := range w.out {
		category := w.j.book.rules[cand.rule].category
		if slices.ContainsFunc(out, func(o candidate) bool { return w.j.book.rules[o.rule].category == category }) {
			continue
		}
		if len(out) > 0 && cand.score >= detectors.Sure && !w.both(out[0], cand) {
			w.say(&cand, where{"une autre lecture du nom l'emporte", "another reading of the name is stronger"}, detectors.Sure-0.05-cand.score)
			cand.score = detectors.Sure - 0.05
		}
		out = append(out, cand)
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return out
}

// both tells whether a name holds two data at once: nom_et_adresse.
func (w *weigher) both(a, b candidate) bool {
	if a.at == 0 || b.at == 0 || a.at&b.at != 0 {
		return false
	}
	name := strings.ToLower(w.c.Name)
	return strings.Contains(name, "_et_") || strings.Contains(name, "_and_") || strings.Contains(name, " et ") || strings.Contains(name, " and ") || strings.ContainsAny(name, "/,&+")
}
