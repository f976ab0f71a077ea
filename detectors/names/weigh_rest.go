package names

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
