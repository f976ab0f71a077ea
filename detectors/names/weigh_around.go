package names

import (
	"strings"
)

// mostBorrowed is what persons a row only has to do with add to a hint.
const mostBorrowed = 0.3

// ofMany is what figures about a population take from every rule.
const ofMany = 0.5

// around weighs container and neighbours, and returns what speaks for the rule.
func (w *weigher) around(c *candidate, m match, tokens []token) float64 {
	r := &w.j.book.rules[m.rule]
	against, because := w.against(r, m.level)
	if about(tokens, m.at)&person != 0 && w.ctx.container&animal == 0 && (w.ctx.container&(technical|reference) == 0 || w.ctx.container&person != 0) {
		against /= 4 // the name itself says whose it is: nom_concessionnaire
	}
	if sole(tokens, m.at) {
		against /= 2 // a prenom is a person's in any table
	}
	supported := false
	support, why := w.support(r)
	if m.level == hint && w.ctx.borrowed {
		support = min(support, mostBorrowed) // the title of an invoice is not its recipient's
	}
	if support > 0 && (m.level < sure || against == 0) {
		if m.level == sure {
			support = min(support, 0.1)
		}
		c.score += support
		w.say(c, why, support)
		supported = w.ctx.personal < support
	}
	if r.notIn&w.ctx.container != 0 {
		c.score -= 0.6
		w.say(c, container(r.notIn&w.ctx.container), -0.6)
	}
	c.score -= against
	w.say(c, because, -against)
	if w.ctx.many && !r.anywhere && !ofOne(tokens, m.at) {
		c.score -= ofMany
		w.say(c, where{"les voisins comptent des groupes", "neighbours count groups"}, -ofMany)
	}
	if w.ctx.insured && w.premium(tokens, m.at) {
		c.score -= ofInsurance
		w.say(c, where{"le prix d'une assurance", "the price of an insurance"}, -ofInsurance)
	}
	if (m.level < sure || r.category == "gender") && w.ctx.goods > 0 && !w.ctx.record && !supported && !r.anywhere && w.ctx.container&person == 0 && about(tokens, m.at)&person == 0 {
		against := min(0.15*float64(w.ctx.goods), 0.4)
		c.score -= against
		w.say(c, where{"les voisins parlent de biens", "neighbours speak of goods"}, -against)
	}
	return support
}

// ofInsurance is what a contract of insurance takes from the words for its price.
const ofInsurance = 0.5

// premium tells whether a match is nothing but a word for what an insurance costs: a
// prime is pay among the columns of work only.
func (w *weigher) premium(tokens []token, at uint64) bool {
	for i, t := range tokens {
		if i < 64 && at&(1<<i) != 0 && !w.j.lexis.premiums[t.text] {
			return false
		}
	}
	return true
}

// sole tells whether a match has a word that names a person by itself: prenom.
func sole(tokens []token, at uint64) bool {
	for i, t := range tokens {
		if i < 64 && at&(1<<i) != 0 && t.class&person != 0 && t.class&identity != 0 {
			return true
		}
	}
	return false
}

// ofOne tells whether a word a match leaves over names one person: the salarie of
// salaire_salarie, not the allocataires of allocataires_rsa.
func ofOne(tokens []token, at uint64) bool {
	for i, t := range tokens {
		if (i >= 64 || at&(1<<i) == 0) && t.class&person != 0 && !strings.HasSuffix(t.text, "s") {
			return true
		}
	}
	return false
}

// about returns the classes of the words a match leaves over.
func about(tokens []token, at uint64) class {
	var c class
	for i, t := range tokens {
		if i >= 64 || at&(1<<i) == 0 {
			c |= t.class
		}
	}
	return c
}

// support is what the context adds to a rule, by its near list.
func (w *weigher) support(r *rule) (float64, where) {
	s, why := 0.0, where{}
	personal := w.ctx.personal
	if r.container {
		personal = w.ctx.owner
	}
	if r.near&person != 0 && personal > s {
		s, why = personal, where{"le contenant ou les voisins parlent de personnes", "the container or its neighbours are about persons"}
	}
	others := r.near &^ person
	switch {
	case others&w.ctx.container != 0 || hasWord(r.nearWords, w.ctx.words):
		s, why = max(s, 0.3), where{"le contenant parle du même sujet", "the container speaks of the same subject"}
	case r.container:
	case others&w.ctx.beside != 0 || hasWord(r.nearWords, w.ctx.besides):
		s, why = max(s, 0.22), where{"les voisins parlent du même sujet", "neighbours speak of the same subject"}
	}
	return s, why
}

// against is what the container takes from a rule.
func (w *weigher) against(r *rule, l level) (float64, where) {
	cl := w.ctx.container
	switch {
	case cl == 0 || r.anywhere:
		return 0, where{}
	case r.category == "credential" && cl&machine != 0 && cl&person == 0 && w.c.Type == "":
		return 0.5, container(cl & machine) // in a file of settings: the password of a server is nobody's
	case r.category == "credential" && cl&technical != 0:
		return 0, where{}
	}
	var a float64
	what := class(0)
	grow := func(of class, weight float64) {
		if cl&of != 0 && weight > a {
			a, what = weight, cl&of
		}
	}
	impersonal := cl&person == 0 && cl&event == 0
	meant := hasWord(r.nearWords, w.ctx.words) // the rule asks for such a container
	if !meant {
		grow(technical, pick(cl&person == 0, 0.6, pick(w.c.Length > 0 || w.c.Container == strings.ToLower(w.c.Container), 0.25, 0.4)))
	}
	grow(reference, 0.5)
	grow(animal, pick(r.direct, 0.5, ofAnimal))
	if impersonal && r.near&^person&cl == 0 && !meant {
		grow(thing, pick(l == sure && !trait[r.category] && (r.direct || convictions[r.category]), pick(r.direct, 0.2, 0.3), pick(l == likely && r.direct, 0.35, 0.5)))
		grow(place, inPlace(r))
		grow(org, pick(l == sure && r.category == "person_name", 0.1, inOrg(r)))
	}
	if w.ctx.record && cl&reference == 0 && what&animal == 0 {
		a /= 2 // the neighbours are a person's all the same
	}
	return a, container(what)
}

// trait are direct categories and others that things are said to have as well: a
// year of birth, a sex of plugs.
var trait = map[string]bool{"birth_date": true, "birth_place": true}

// ofAnimal is what an animal takes from what describes a person: its diagnosis is
// nobody's.
const ofAnimal = 0.9

// convictions are had by persons and by no thing: a table with a column religion is about
// persons, whatever it is called.
var convictions = map[string]bool{"religion": true, "political_opinion": true, "union_membership": true, "sex_life": true}

// inPlace is what a place open to the public takes: its telephone is nobody's.
func inPlace(r *rule) float64 {
	switch r.category {
	case "email":
		return 0.2
	case "company_id", "licence_plate": // who parks there is somebody
		return 0
	}
	return 0.45
}

// inOrg is what an organisation takes: its seat is no home, its mailbox may
// well be somebody's.
func inOrg(r *rule) float64 {
	switch r.category {
	case "company_id":
		return 0
	case "postal_address", "geolocation":
		return 0.4
	case "person_name", "birth_date", "birth_place", "gender":
		return 0.45
	case "phone":
		return 0.25
	case "email":
		return 0.1
	}
	return 0.2
}

func pick(cond bool, yes, no float64) float64 {
	if cond {
		return yes
	}
	return no
}
