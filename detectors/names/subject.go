package names

import "strings"

// A table called after what Art. 9 or 10 protects, with rows of persons, tells
// by every date and note in it: grossesses.date_debut, allergy.severity.

// subjects are the regimes of categories that a container may be called after.
var subjects = set([]string{"health", "religion", "ethnic_origin", "political_opinion", "union_membership", "sex_life", "biometrics", "genetics", "criminal_record", "id_document"})

// subjectOf returns the rule a container is called after, -1 for none. Words
// beside it must not make it a list to choose from or a thing of the program.
func (j *Judge) subjectOf(tokens []token) int {
	for _, m := range j.book.find(tokens, nil) {
		if !m.except && m.level == sure && subjects[j.book.rules[m.rule].category] && about(tokens, m.at)&(reference|technical|thing) == 0 && !j.weak(tokens, &m) && !j.refuted(tokens, &m) {
			return m.rule
		}
	}
	return -1
}

func (j *Judge) weak(tokens []token, m *match) bool {
	for i, t := range tokens {
		if i < 64 && m.at&(1<<i) != 0 && j.lexis.weak[t.text] && len(m.words) == 1 {
			return true
		}
	}
	return false
}

// refuted tells whether an exception of the rule covers the match.
func (j *Judge) refuted(tokens []token, m *match) bool {
	for _, o := range j.book.find(tokens, nil) {
		if o.except && o.rule == m.rule && o.at&m.at == m.at {
			return true
		}
	}
	return false
}

// fromSubject is what a column that only counts, dates or describes weighs in
// a container called after its subject.
const fromSubject = 0.55

// ofSubject takes the dates and descriptions of such a container for its datum.
func (w *weigher) ofSubject(tokens []token) {
	if w.ctx.subject < 0 || w.ctx.personal < fromEvent || w.sure() || len(tokens) == 0 {
		return
	}
	told := false
	for _, t := range tokens {
		switch {
		case t.class&(technical|ref|pointer|flag|person|org|place|thing|machine) != 0 && !w.j.lexis.tells[t.text]:
			return
		case w.j.lexis.tells[t.text]:
			told = true
		}
	}
	if w.kind == isRelation || w.kind == isUUID || !told && !w.dateOf(tokens) {
		return
	}
	c := candidate{rule: w.ctx.subject, score: fromSubject}
	w.say(&c, where{"le contenant porte le nom de cette donnée", "the container is called after this datum"}, fromSubject)
	w.out = append(w.out, c)
}

// ofDatum takes the number or value of a table that is called after a datum, and
// nothing else, for that datum: phone_numbers.number.
func (w *weigher) ofDatum(tokens []token) {
	if w.ctx.datum < 0 || w.sure() || w.kind != isText && w.kind != "" && w.kind != isLong {
		return
	}
	for _, t := range tokens {
		if !w.j.lexis.values[t.text] && t.class&number == 0 {
			return
		}
	}
	c := candidate{rule: w.ctx.datum, score: fromSubject}
	w.say(&c, where{"le contenant porte le nom de cette donnée", "the container is called after this datum"}, fromSubject)
	w.declared(&c)
	w.out = append(w.out, c)
}

// datumOf returns the rule of a direct category whose words are all there is in
// the name of a container, -1 for none.
func (j *Judge) datumOf(tokens []token) int {
	for _, m := range j.book.find(tokens, nil) {
		if r := &j.book.rules[m.rule]; !m.except && r.category != "person_name" && (m.level == sure && !j.weak(tokens, &m) || m.level == likely && r.category == "postal_address") && r.direct && about(tokens, m.at)&^(person|filler|number|identity) == 0 && !j.refuted(tokens, &m) && whole(tokens, m.at) {
			return m.rule
		}
	}
	return -1
}

// whole tells whether what a match leaves over are words we know.
func whole(tokens []token, at uint64) bool {
	for i, t := range tokens {
		if i < 64 && at&(1<<i) == 0 && t.word == unknown {
			return false
		}
	}
	return true
}

// dateOf tells whether a date column is named after its container: the ddgro of
// grossesses.
func (w *weigher) dateOf(tokens []token) bool {
	if w.kind != isDate {
		return false
	}
	for _, t := range tokens {
		for _, c := range w.ctx.texts {
			if len(t.text) >= 3 && strings.HasPrefix(c, t.text[len(t.text)-3:]) {
				return true
			}
		}
	}
	return false
}
