package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// readLists makes a treatment of each item of the lists of purposes. When rows
// or fields have told the treatments already, items only add to them.
func (d *reading) readLists() {
	full := len(d.treatments) >= 3
	var basis []found // said by the paragraph or the item above
	var above *block
	for i := 0; i < len(d.statements); i++ {
		s := d.statements[i]
		if !s.first || s.field != "" || s.treatment != nil {
			continue
		}
		if s.block.kind == paragraph {
			basis = nil
			if strings.HasSuffix(strings.TrimSpace(s.block.text), ":") && !s.right {
				basis = d.basesIn(s.block.text, s.no, speaksOfBasis(s))
			}
			continue
		}
		if !d.listsPurposes(s) {
			continue
		}
		if s.block.level > 0 && above != nil && s.block.intro == above {
			d.readSubItem(s, above, basis, full)
			continue
		}
		above = s.block
		if basis == nil && s.section != nil && (s.block.intro == nil || s.block.intro.kind == heading) {
			basis = d.basesIn(s.section.title, s.section.no, true) // "Le consentement du client fonde :"
		}
		basis = d.itemBasis(s, basis)
		d.readItem(s, basis, full)
	}
}

// listsPurposes tells whether an item stands in a list of purposes.
func (d *reading) listsPurposes(s *statement) bool {
	b := s.block
	if s.section.under("rights", "definitions", "recipients", "retention", "transfers", "security", "dpo", "identity", "contact", "source") || introducesData(b) || d.labelsData(itemHead(s)) {
		return false
	}
	if s.section.about() == "data" && !announcesPurposes(b) {
		return false
	}
	if s.section.under("purposes") || s.section.topic == "treatments" && !s.section.whole {
		return true
	}
	if s.section.topic == "" && len(d.bracketBasis(s)) > 0 {
		return true // "Vérification du permis (intérêt légitime)"
	}
	if d.declaringList(b) || d.infinitives(b) {
		return true
	}
	if b.intro == nil {
		return false
	}
	return announcesPurposes(b) || s.section.topic == "bases" && d.intro(b)
}

// infinitives tells whether most items of the list that b is one of begin with a
// verb, and are not what the reader may do nor how data are protected.
func (d *reading) infinitives(b *block) bool {
	return b.kind == listItem && d.judged(listKey{b.section, b.intro, "verbs"}, func() bool { return d.listsVerbs(b) })
}

// A listKey is a list with a question about it, which is answered once: a list may
// have thousands of items.
type listKey struct {
	section  *section
	intro    *block
	question string
}

func (d *reading) judged(key listKey, judge func() bool) bool {
	yes, known := d.lists[key]
	if !known {
		if d.lists == nil {
			d.lists = map[listKey]bool{}
		}
		yes = judge()
		d.lists[key] = yes
	}
	return yes
}

func (d *reading) listsVerbs(b *block) bool {
	if b.kind != listItem || b.intro != nil && notUses.MatchString(fold(b.intro.text)) || b.section != nil && notUses.MatchString(fold(b.section.title)) {
		return false
	}
	items, verbs := 0, 0
	for _, x := range d.blocks {
		if x.kind == listItem && x.section == b.section && x.intro == b.intro {
			if aboutLaw.MatchString(fold(x.text)) {
				return false // principles, no uses
			}
			items++
			if startsPurpose(x.text) {
				verbs++
			}
		}
	}
	return items > 1 && verbs*3 >= items*2
}

var notUses = pattern.New(`vous pouvez|vous avez|tu peux|possibilite|droit|engage|mesure|securi|comment|protege|conseil|recommand|regle|principe|devez|refuser|retirer|exercer`)

// declaringList tells whether the items of the list that b is one of name something
// done and say its data, basis or time limit: "Objets trouvés : identité,
// immatriculation", under the name of a service.
func (d *reading) declaringList(b *block) bool {
	return b.kind == listItem && d.judged(listKey{b.section, b.intro, "declares"}, func() bool { return d.listDeclares(b) })
}

func (d *reading) listDeclares(b *block) bool {
	if b.section == nil || b.kind != listItem || b.section.under("rights", "recipients", "transfers", "security", "definitions", "cookies") {
		return false
	}
	items, declared, whole := 0, 0, 0
	for _, x := range d.statements {
		if !x.first || x.block.kind != listItem || x.section != b.section || x.block.intro != b.intro {
			continue
		}
		items++
		if d.labelsData(itemHead(x)) || conjugated(itemHead(x)) {
			return false
		}
		text := x.block.text
		if d.saysWhole(x) {
			whole++
		}
		named := x.label != "" && (len(d.categories.Find(afterLabel(x))) > 0 || d.mostlyData(afterLabel(x)))
		if named || len(d.basesIn(text, x.no, false)) > 0 || len(durationsIn(terms.Read(text))) > 0 && has(d.retention, terms.Read(text), "verb") {
			declared++
		}
	}
	if items > 1 && whole*2 >= items {
		return true
	}
	return items > 1 && declared*2 >= items && b.section.about() == "" && !b.section.whole
}

// saysWhole tells of an item that opens with a name and says data and how long or
// why: "Adhésions. Nom, adresse. C'est le contrat. Trois ans."
func (d *reading) saysWhole(s *statement) bool {
	text := s.block.text
	if firstName(s) == "" {
		return false
	}
	rest := text[len(firstName(s)):]
	n := 0
	for _, yes := range []bool{len(d.categories.Find(rest)) > 0, len(d.basesIn(rest, s.no, false)) > 0, len(durationsIn(terms.Read(rest))) > 0} {
		if yes {
			n++
		}
	}
	return n > 1
}

// firstName is the short first sentence of an item that has more, "" for none.
func firstName(s *statement) string {
	head, rest, ok := strings.Cut(s.block.text, ". ")
	if !ok || len(strings.Fields(head)) > 7 || len(rest) < 15 || conjugated(head) {
		return ""
	}
	return head
}

// announcesPurposes tells whether the paragraph above a list says that purposes
// follow.
func announcesPurposes(b *block) bool {
	for b = b.intro; b != nil; b = b.intro {
		f := strings.TrimSpace(fold(b.text))
		for _, w := range []string{"finalite", "afin de :", "pour :", "objectifs suivants", "destines a :", "destinees a :", "buts suivants", "fins suivantes", "permettent de :", "a des fins de :", "dans le but de :", "usages suivants", "servent a :", "raisons suivantes", "pour les besoins suivants"} {
			if strings.Contains(f, w) && (strings.HasSuffix(f, ":") || strings.HasSuffix(f, "suivantes") || strings.HasSuffix(f, "suivants")) {
				return true
			}
		}
	}
	return false
}

func (d *reading) intro(b *block) bool {
	return b.intro != nil && strings.HasSuffix(strings.TrimSpace(b.intro.text), ":")
}

// itemHead is the start of an item, up to its colon.
func itemHead(s *statement) string {
	if s.label != "" {
		return s.label
	}
	return shortName(s.text)
}

// itemBasis returns the bases that hold for an item and those after it: its own,
// else the ones announced above.
func (d *reading) itemBasis(s *statement, above []found) []found {
	if own := d.basesIn(s.block.text, s.no, false); len(own) > 0 && startsWithBasis(d, s) {
		return own
	}
	return above
}

// startsWithBasis tells of items that announce others: "Respecter nos
// obligations légales :", "Poursuivre nos intérêts légitimes en matière de…".
func startsWithBasis(d *reading, s *statement) bool {
	for _, m := range d.basesFound(s.words) {
		return m.From <= 4 && !strings.HasSuffix(m.ID, "?")
	}
	return false
}

// readItem makes a treatment of an item, unless it is a sentence about another.
func (d *reading) readItem(s *statement, basis []found, full bool) {
	if d.announcesOnly(s) || isSentence(s) {
		return
	}
	bracket := d.bracketBasis(s)
	t := d.itemTreatment(s, full && len(bracket) == 0)
	if t == nil {
		return
	}
	own := d.basesIn(s.block.text, s.no, false)
	own = append(own, bracket...)
	if len(own) == 0 {
		own = basis
	}
	for _, f := range own {
		f.no = s.no
		t.bases = add(t.bases, f)
	}
	d.claimBlock(s.block, t)
}

// bracketBasis reads a basis in brackets at the end of an item, where weak words
// count: "(contrat)".
func (d *reading) bracketBasis(s *statement) []found {
	open := strings.LastIndexByte(s.block.text, '(')
	if open < 0 {
		return nil
	}
	text := s.block.text[open:]
	if len(strings.Fields(text)) > 6 {
		return nil
	}
	return d.basesIn(text, s.no, true)
}

func (d *reading) itemTreatment(s *statement, full bool) *treatment {
	name := d.itemName(s)
	if name == "" || aboutLaw.MatchString(fold(name)) {
		return nil
	}
	if t := d.sameTreatment(name, 0.75); t != nil && (full || t.conf > sureProse) && (full || fold(t.name) == fold(tidyName(name)) || t.section != s.section) {
		return t
	}
	if full {
		return nil
	}
	t := &treatment{name: tidyName(name), no: s.no, words: firstWords(name), conf: sureItem, tokens: nameTokens(name), section: s.section}
	d.treatments = append(d.treatments, t)
	d.markProcessor(t)
	return t
}

// itemName is the name an item gives: its label, else its words without the
// basis in brackets.
func (d *reading) itemName(s *statement) string {
	if s.label != "" && len(strings.Fields(s.label)) <= 12 {
		return shortName(s.label)
	}
	if name := firstName(s); name != "" && d.saysWhole(s) {
		return shortName(name)
	}
	name := s.block.text
	if i := strings.Index(name, " ; "); i > 0 {
		name = name[:i]
	}
	if open := strings.LastIndexByte(name, '('); open > 8 && len(d.basesIn(name[open:], 0, true)) > 0 {
		name = name[:open]
	}
	if spans := sentences(name); len(spans) > 0 {
		name = spans[0].text
	}
	if head, _, ok := strings.Cut(name, " – "); ok && len(strings.Fields(head)) > 1 && d.declaringList(s.block) {
		name = head
	}
	return shortName(name)
}

// announcesOnly tells of items that say on what the ones below rest, and no
// purpose of their own.
func (d *reading) announcesOnly(s *statement) bool {
	if !strings.HasSuffix(strings.TrimSpace(s.block.text), ":") {
		return false
	}
	matches := d.basesFound(s.words)
	if len(matches) == 0 || s.words.Tokens[0].Stem == "traitement" {
		return false
	}
	rest := 0
	for i, t := range s.words.Tokens {
		if !emptyWords()[t.Stem] && !basisFiller()[t.Stem] && !slices.ContainsFunc(matches, func(m terms.Match) bool { return i >= m.From && i < m.To }) {
			rest++
		}
	}
	return rest < 2
}

var basisFiller = stemSet("basis-filler")

// readSubItem reads an item below another: a treatment when the one above only
// announces, else a purpose of it.
func (d *reading) readSubItem(s *statement, above *block, basis []found, full bool) {
	for _, p := range d.statements {
		if p.block == above && p.treatment != nil {
			p.treatment.purposes = appendNew(p.treatment.purposes, shortName(s.text))
			s.treatment = p.treatment
			return
		}
	}
	d.readItem(s, basis, full)
}

// isSentence tells whether an item is a whole sentence about persons or data,
// not the name of a purpose.
func isSentence(s *statement) bool {
	w := s.words.Tokens
	if len(w) == 0 {
		return true
	}
	if pronoun()[w[0].Word] && startsVerb(s.text) {
		return s.negative || s.right // "vous informer de nos sessions"
	}
	switch w[0].Word {
	case "vous", "nous", "ces", "ce", "cette", "votre", "vos", "il", "elle", "ils", "elles", "je", "j", "si", "sauf", "aucun", "aucune":
		return true
	case "pour":
		return strings.Contains(fold(s.text), ", nous ")
	}
	return s.negative || s.right
}
