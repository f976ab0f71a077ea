package policy

import (
	"slices"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// readTitled makes a treatment of each section without a topic of its own whose
// text says why and on what it processes: "2.1 Gestion du recrutement".
func (d *reading) readTitled() {
	done := map[*section]bool{}
	var told, left []*section
	for _, s := range d.statements {
		sec := s.section
		if sec == nil || done[sec] || s.treatment != nil || sec.whole {
			continue
		}
		done[sec] = true
		if d.namesTreatment(sec) {
			d.readTitle(sec)
			told = append(told, sec)
		} else if sec.topic == "" {
			left = append(left, sec)
		}
	}
	// Between two sections that are treatments a third is one that says less.
	for _, sec := range left {
		same := 0
		for _, x := range told {
			if x.parent == sec.parent && x.level == sec.level {
				same++
			}
		}
		listed := sec.parent != nil && sec.level == runInLevel && (sec.parent.topic == "treatments" || sec.parent.topic == "purposes")
		if same >= 2 && sec.no != d.blocks[0].no && (same > 2 || !d.ofPublic(sec)) && (d.saysOfUse(sec) || listed) {
			d.readTitle(sec)
		}
	}
}

// saysOfUse tells whether a section names a basis or how long data are kept.
func (d *reading) saysOfUse(sec *section) bool {
	if sec.under("rights", "definitions", "identity", "dpo", "contact", "security", "recipients", "transfers", "retention") || strings.HasSuffix(sec.title, "?") {
		return false
	}
	return slices.ContainsFunc(d.statements, func(s *statement) bool {
		return s.section == sec && !s.quiet() && (len(d.basesIn(s.text, s.no, s.field == "basis")) > 0 || sec.parent != nil && len(d.categories.Find(s.text)) > 0 || len(durationsIn(s.words)) > 0 && has(d.retention, s.words, "verb"))
	})
}

// namesTreatment tells whether the title of a section can be a treatment.
func (d *reading) namesTreatment(sec *section) bool {
	if sec.under("rights", "definitions", "identity", "dpo", "contact", "security") || generic()[sec.topic] {
		return false
	}
	listed := sec.parent != nil && (sec.parent.topic == "treatments" || sec.parent.topic == "purposes" || sec.parent.topic == "data")
	if sec.topic != "" && sec.topic != "cookies" && !listed {
		return false
	}
	if sec.no == d.blocks[0].no && sec.parent != nil && sec.parent.parent == nil && sec.level < runInLevel {
		return false // the title of the document
	}
	if d.ofPublic(sec) || d.holdsList(sec) || strings.HasSuffix(sec.title, "?") && questionName(sec.title) == "" {
		return false
	}
	proof := 0
	basis, data, kept, why := false, false, false, sec.purpose()
	for _, s := range d.statements {
		if s.section != sec || s.quiet() {
			continue
		}
		basis = basis || len(d.basesIn(s.text, s.no, s.field == "basis")) > 0
		data = data || len(d.categories.Find(s.text)) > 0 && (s.field == "data" || d.collects(s) || d.mostlyData(s.text))
		kept = kept || s.field == "retention" || len(durationsIn(s.words)) > 0 && has(d.retention, s.words, "verb")
		why = why || d.purposeIn(s) != ""
	}
	title := terms.Read(sec.title)
	for _, x := range []bool{basis, data, kept, why, d.names.Has(title) || d.activities.Has(title)} {
		if x {
			proof++
		}
	}
	return proof >= 2 && (basis || why || listed || data && kept && sec.topic == "" && sec.parent != nil && sec.parent.topic == "roles") || sec.topic == "" && d.activities.Has(title) && d.doesWith(sec)
}

// doesWith tells whether a section under the name of a usual activity hands data to a
// company, or keeps them without limit: "Notre lettre part par …".
func (d *reading) doesWith(sec *section) bool {
	return slices.ContainsFunc(d.statements, func(s *statement) bool {
		return s.section == sec && !s.quiet() && (len(d.companies.find(s.words, false)) > 0 || len(d.limitsIn(s.text, s.no, false)) > 0)
	})
}

// holdsList tells whether a section is a list of things done, each with its data:
// the section is a service, its items are the treatments.
func (d *reading) holdsList(sec *section) bool {
	return slices.ContainsFunc(d.blocks, func(b *block) bool { return b.section == sec && d.declaringList(b) })
}

// ofPublic tells of titles that say whose data follow: "Vous êtes salarié", "Nos
// adhérents". What is done with them is told below.
func (d *reading) ofPublic(sec *section) bool {
	t := terms.Read(sec.title)
	if len(t.Tokens) == 0 {
		return false
	}
	switch t.Tokens[0].Word {
	case "vous", "tu", "si", "je", "et":
		return true
	}
	if !d.subjects.Has(t) || len(t.Tokens) > 6 || slices.ContainsFunc(t.Tokens, func(x terms.Token) bool { return deedNoun(x.Word) || infinitive(x.Word) }) || d.activities.Has(t) {
		return false
	}
	return slices.ContainsFunc(d.statements, func(s *statement) bool {
		return s.section == sec && !s.quiet() && (d.purposeIn(s) != "" || len(d.deedsIn(s)) > 0)
	})
}

// purpose tells of titles that are one: "Pour te trouver un trajet".
func (s *section) purpose() bool {
	t := terms.Read(s.title).Tokens
	return len(t) > 2 && t[0].Word == "pour" && !strings.HasSuffix(s.title, "?")
}

// questionName is what a question is about when that can be a treatment: "Que devient
// mon badge ?" is about the badge; "" for a question about the text or the reader.
func questionName(title string) string {
	m := aboutThing.FindStringSubmatch(strings.Trim(title, " ?"))
	if m == nil || len(nameTokens(m[1])) == 0 {
		return ""
	}
	return m[1]
}

var aboutThing = pattern.New(`(?i)^(?:et )?(?:que devien\p{L}+|pourquoi|à quoi sert|à quoi servent|que se passe-t-il (?:si|quand)|que faites-vous (?:de|du|des)|qu['’]en est-il d(?:e|u|es)|comment (?:fonctionne|se passe)\p{L}*|et|si je suis|si je|si|quand je|quand)(?: je suis| je)? (?:mon |ma |mes |vos |votre |une? |l[ea] |les |l['’]|des |du |de )?(\p{L}.{2,70})$`)

// titleName makes the name of a treatment of a title: without the words that only say
// where it stands ("À la médiathèque", "De la prévoyance"), and no shouting.
func titleName(title string) string {
	name := shortName(title)
	if strings.HasSuffix(title, "?") {
		if n := questionName(title); n != "" {
			return tidyName(n)
		}
		name = strings.Trim(name, " ?")
	}
	if m := standsAt.FindString(name); m != "" && len(nameTokens(name[len(m):])) > 0 && !startsVerb(name[len(m):]) {
		name = name[len(m):]
	}
	if capitals(name) {
		name = strings.ToLower(name)
	}
	return name
}

var standsAt = pattern.New(`(?i)^(?:[àa] l(?:a |['’])|aux? |dans (?:les? |la |l['’]|nos |notre )|sur (?:les? |la |l['’]|nos |notre )|pour (?:les? |la |l['’]|nos |notre )|chez |d(?:e l(?:a |['’])|u |es ))`)

func (d *reading) readTitle(sec *section) {
	t := d.addTreatment(titleName(sec.title), sec.no, sureTitle)
	t.section = sec
	for _, s := range d.statements {
		if s.section != sec || s.treatment != nil {
			continue
		}
		s.treatment = t
		if p := d.purposeIn(s); p != "" && !s.quiet() {
			t.purposes = appendNew(t.purposes, p)
		}
	}
}

// readLabelled makes a treatment of paragraphs and items that begin with the
// name of an occasion: "Newsletter : si vous vous abonnez, je collecte…",
// "Lors de votre visite, nous collectons…".
func (d *reading) readLabelled() {
	for _, s := range d.statements {
		if s.first && s.treatment == nil && !s.quiet() && s.field == "" && d.labelledFields(s) {
			t := d.addTreatment(shortName(s.label), s.no, sureItem)
			t.section = s.section
			d.claimBlock(s.block, t)
			continue
		}
		if !s.first || s.treatment != nil || s.quiet() && (!s.dashed || s.definition || s.right) || s.field != "" || s.section.under("rights", "definitions", "retention", "recipients", "transfers", "identity", "dpo", "contact", "security", "bases", "changes", "source") {
			continue
		}
		name := ""
		switch {
		case s.block.kind == listItem && s.label != "" && whenRE.MatchString(s.label) && len(d.categories.Find(afterLabel(s))) > 0:
			m := whenRE.FindStringSubmatch(s.label)
			name = shortName(m[1] + "er" + m[2])
		case s.dashed && !d.labelsData(s.label):
			name = s.label
		case s.section.under("cookies") && len(d.companies.find(terms.Read(s.label), true)) > 0: // who places them
		case s.label != "" && len(strings.Fields(s.label)) <= 8 && !conjugated(s.label) && !preposed(s.label) && d.collects(s) && !d.labelsData(s.label) && s.section.under("data", "purposes", "treatments", "cookies"):
			name = s.label
		case s.section.under("data") && d.collectsPlainly(s):
			name = d.occasion(s)
		}
		if name == "" {
			continue
		}
		t := d.sameTreatment(name, 0.6)
		if t == nil {
			t = d.addTreatment(shortName(name), s.no, sureItem)
			t.section = s.section
		}
		d.claimBlock(s.block, t)
	}
}

// labelledFields tells of an item that gives a name, then a basis or a time limit
// by their labels: "Vidéoprotection : intérêt légitime. Conservation : 30 jours".
func (d *reading) labelledFields(s *statement) bool {
	if s.block.kind != listItem || s.label == "" || conjugated(s.label) || d.labelsData(s.label) || d.labelOf(s.label) != "" || s.section.under("rights", "definitions", "retention", "recipients", "transfers", "cookies", "data") {
		return false
	}
	return slices.ContainsFunc(d.statements, func(x *statement) bool {
		return x.block == s.block && (x.field == "retention" || x.field == "basis")
	})
}

// preposed tells of labels that only set a condition: "Selon le service demandé".
func preposed(label string) bool {
	first, _, _ := strings.Cut(fold(label), " ")
	return slices.Contains([]string{"selon", "suivant", "sur", "par", "sont", "en", "ainsi", "quand", "lorsque", "si", "et"}, first)
}

// conjugated tells whether a label is a sentence rather than a name.
func conjugated(label string) bool {
	for _, t := range terms.Read(label).Tokens {
		switch t.Word {
		case "est", "sont", "nous", "vous", "avons", "ont", "peut", "peuvent", "etes", "sera", "seront", "suivantes", "suivants":
			return true
		}
	}
	return false
}

// claimBlock gives the statements of a block to a treatment, and those of the
// items below it.
func (d *reading) claimBlock(b *block, t *treatment) {
	for _, s := range d.statements {
		if s.treatment != nil || s.block != b && (s.block.intro != b || s.block.level == 0 && b.kind == listItem) {
			continue
		}
		s.treatment = t
		if p := d.purposeIn(s); p != "" && !s.quiet() {
			t.purposes = appendNew(t.purposes, p)
		}
	}
}

// labelsData tells whether a label names data rather than a use of it.
func (d *reading) labelsData(label string) bool {
	t := terms.Read(label)
	for len(t.Tokens) > 1 && (slices.Contains(articles, t.Tokens[0].Word) || determiner()[t.Tokens[0].Word] || t.Tokens[0].Stem == "autre") {
		t.Tokens = t.Tokens[1:]
	}
	if len(t.Tokens) == 0 {
		return false
	}
	switch t.Tokens[0].Stem {
	case "donnee", "information", "coordonnee", "identite", "identification", "categorie":
		return true
	}
	if len(t.Tokens) <= 2 && people().Has(terms.Text{Raw: t.Raw, Tokens: t.Tokens[:1]}) {
		return true
	}
	found := d.categories.Find(label)
	return len(found) > 0 && found[0].Start <= t.Tokens[0].Start && len(t.Tokens) <= 4 && d.topicOf(label) != "cookies"
}

var people = lazySet("eleve", "client", "responsable", "salarie", "candidat", "prospect", "adherent", "parent", "usager", "patient", "fournisseur", "utilisateur", "visiteur", "enfant")

func lazySet(words ...string) func() *terms.Set {
	return sync.OnceValue(func() *terms.Set {
		var phrases []terms.Phrase
		for _, w := range words {
			phrases = append(phrases, terms.Phrase{ID: w, Words: w})
		}
		s, err := terms.Compile(phrases)
		if err != nil {
			panic(err) // constants above
		}
		return s
	})
}

// collectsPlainly tells of sentences whose subject is the organisation: "nous
// collectons", "j'enregistre".
func (d *reading) collectsPlainly(s *statement) bool {
	f := " " + fold(s.text)
	for _, w := range []string{" nous ", " j'", " je ", " on "} {
		if strings.Contains(f, w) {
			return d.collects(s)
		}
	}
	return false
}

// occasion returns what a sentence that begins with "lors de", "aux fins de"
// names, up to its comma.
func (d *reading) occasion(s *statement) string {
	for _, m := range d.purposes.Find(s.words) {
		if m.ID != "occasion" || m.From != 0 {
			if m.From != 0 {
				break
			}
			continue
		}
		rest := s.text[s.words.Tokens[m.To-1].End:]
		if strings.HasPrefix(fold(s.text), "quand") || strings.HasPrefix(fold(s.text), "lorsque") || strings.HasPrefix(fold(s.text), "si ") {
			return ""
		}
		head, _, ok := strings.Cut(rest, ", nous ")
		if !ok {
			head, _, ok = strings.Cut(rest, ", ")
		}
		if !ok {
			return ""
		}
		return shortName(strings.TrimLeft(head, " '’"))
	}
	return ""
}

// shortName cuts a name where it begins to explain itself.
func shortName(s string) string {
	s = strings.Trim(s, " .;:,–-")
	for _, cut := range []string{" : ", " * ", " (ex", ", au travers", ", notamment", " notamment ", ", comprenant", " comprenant ", ", incluant", ", y compris", ", afin ", ", à savoir", ", telles que", ", tels que", " ; ", ", ce qui", ", dans le but", ", transmis", ", conform"} {
		if i := strings.Index(s, cut); i > 8 {
			s = s[:i]
		}
	}
	if f := strings.Fields(s); len(f) > 24 {
		s = strings.Join(f[:24], " ")
	}
	return strings.Trim(s, " .;:,–-")
}
