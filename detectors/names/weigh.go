package names

import (
	"math/bits"
	"slices"
	"strings"

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

// leftover weighs the words of the name that the phrase does not cover.
func (w *weigher) leftover(c *candidate, m match, tokens []token, support float64) {
	r := &w.j.book.rules[m.rule]
	strangers := 0
	for i, t := range tokens {
		if i < 64 && m.at&(1<<i) != 0 || i == 0 && t.text == w.ctx.prefix && t.class&person == 0 {
			continue
		}
		weight, what := rest(r, m.level, t, w.c.Type != "")
		if t.class&meta != 0 && w.kind == isDate && dated[r.category] {
			weight = 0 // the date of a passport is part of it
		}
		if what == stranger {
			if strangers++; strangers > 2 {
				continue
			}
		}
		if what == stranger && support >= fromContainer && !r.anywhere {
			weight /= 2 // where everything speaks of the subject, so may this
		}
		c.score += weight
		if weight != 0 {
			w.beside(c, t, what, weight)
		}
	}
}

// stranger is a word nobody knows; more than two of them say nothing more.
var stranger = where{"mot inconnu", "unknown word"}

// rest weighs one word beside the phrase; typed tells whether the name was
// declared with a type, and is no key of a file of settings.
func rest(r *rule, l level, t token, typed bool) (float64, where) {
	descriptive := !r.direct
	switch {
	case t.class&number != 0 || len(t.text) == 1:
		return 0, where{}
	case t.class&technical != 0 && t.class&person == 0:
		return pick(r.category == "credential", -0.45, -0.7), where{"technique", "technical"}
	case t.class&pointer != 0:
		return pick(r.direct && !r.media, -0.7, 0), where{"désigne un fichier ou une page", "points to a file or page"}
	case t.class&flag != 0:
		return pick(descriptive, 0, -0.6), where{"oui ou non", "yes or no"}
	case t.class&person != 0 && r.near&person == 0:
		return 0, where{}
	case t.class&person != 0:
		return [...]float64{hint: 0.35, maybe: 0.35, likely: 0.1, sure: 0.05}[l], where{"personne", "person"}
	case t.class&ref != 0:
		return -0.5, where{"référence", "reference"}
	case t.class&meta != 0:
		return pick(descriptive, -0.05, pick(r.category == "birth_date", -0.4, -0.55)), where{"compte ou date", "counts or dates"}
	case t.class&(filler|event) != 0 && t.class&thing == 0:
		return 0, where{}
	case t.class&org != 0:
		return pick(l == sure, -0.1, -0.35), where{"organisation", "organisation"}
	case t.class&machine != 0 && r.category == "credential" && !typed:
		return -0.5, where{"machine", "machine"}
	case t.class&(place|thing|machine) != 0:
		return pick(l == sure, -0.25, pick(l == likely, -0.4, -0.5)), where{"chose", "thing"}
	case r.anywhere && t.class&^(person|event|care|work|school|identity) != 0:
		return -0.35, where{"autre mot", "other word"} // the user of user_roles names nobody
	case t.class != 0:
		return 0, where{}
	case r.anywhere:
		return -0.35, stranger
	case t.word != unknown:
		return pick(l == sure, -0.02, -0.15), where{"autre mot", "other word"}
	}
	return [...]float64{hint: -0.25, maybe: -0.2, likely: -0.12, sure: -0.04}[l], stranger
}

// declared weighs type, length and key.
func (w *weigher) declared(c *candidate) {
	r := &w.j.book.rules[c.rule]
	if why := w.refused(r); why.fr != "" {
		c.score -= 1
		w.say(c, why, -1)
	}
	if r.media && w.kind == isBlob && r.category != "communication_content" {
		c.score += 0.25
		w.say(c, where{"des octets : l'image elle-même", "bytes: the picture itself"}, 0.25)
	}
	if w.isConstant() {
		c.score -= 0.6
		w.say(c, where{"une constante du code", "a constant of the code"}, -0.6)
	}
	if r.declared && w.c.Length == 0 || r.length.Min == 0 && r.length.Max > 0 && (w.c.Length == 0 || w.c.Length > r.length.Max) {
		c.score -= 0.5 // a rule of short slots only: a title of five letters
		w.say(c, where{"n'est pas déclaré assez court", "not declared short enough"}, -0.5)
	}
	if n := w.c.Length; n > 0 && w.kind != isBool && w.kind != isInt && w.kind != isDecimal {
		switch {
		case r.length.Min > 0 && n < r.length.Min:
			c.score -= 0.5
			w.say(c, where{"longueur déclarée trop courte", "declared too short"}, -0.5)
		case r.length.Min >= 8 && r.length.Max > 0 && n <= r.length.Max:
			c.score += 0.1
			w.say(c, where{"la longueur déclarée convient", "declared length fits"}, 0.1)
		}
	}
}

// isConstant tells whether the name is a constant of a class, which holds a key
// or a label: GP_PASSWORD_REGEX of Constants. Columns in capitals have a length
// or stand in tables in capitals.
func (w *weigher) isConstant() bool {
	if w.c.Length > 0 || !strings.Contains(w.c.Name, "_") || w.c.Name != strings.ToUpper(w.c.Name) {
		return false
	}
	class := w.c.Container[strings.LastIndexAny(w.c.Container, `./\:`)+1:]
	return strings.EqualFold(w.c.Type, "string") && class != strings.ToUpper(class) && class != strings.ToLower(class)
}

// dated are the direct categories a date may be part of.
var dated = map[string]bool{"birth_date": true, "id_document": true, "payment_card": true}

// refused tells why the declared type cannot hold the category; empty when it can.
func (w *weigher) refused(r *rule) where {
	if r.category == "person_name" && w.c.Type == "emailaddress" {
		return where{"une adresse électronique n'est pas un nom", "a mailbox is no name"}
	}
	if w.kind == "" {
		if w.j.lexis.isClass(w.c.Type) && slices.ContainsFunc(w.j.lexis.machinery, func(end string) bool { return strings.HasSuffix(w.c.Type, end) }) {
			return where{"une pièce du programme", "a part of the program"}
		}
		if r.anywhere && w.j.lexis.isClass(w.c.Type) {
			return where{"une référence à un autre objet", "a reference to another object"}
		}
		return where{}
	}
	if w.kind == isMasked {
		return where{"des astérisques ne contiennent plus rien", "asterisks hold nothing any more"}
	}
	if r.direct {
		switch {
		case w.kind == isBool:
			return where{"un oui ou non ne contient pas cette donnée", "a yes or no holds no such value"}
		case w.kind == isRelation:
			return where{"une référence à un autre enregistrement", "a reference to another record"}
		case (w.kind == isDate || w.kind == isTime) && !dated[r.category]:
			return where{"une date ne contient pas cette donnée", "a date holds no such value"}
		}
	}
	for _, k := range r.not {
		if w.kind.is(k) {
			return where{"le type " + k + " ne contient pas cette donnée", "type " + k + " holds no such value"}
		}
	}
	return where{}
}
