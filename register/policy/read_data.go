package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// dataIn returns the categories that text names, each once.
func (d *reading) dataIn(text string, no int, conf float64) []found {
	var out []found
	for _, m := range d.categories.Find(text) {
		if excluded(text, m.Start) {
			continue
		}
		out = add(out, found{id: m.Category, no: no, words: excerpt(text, m.Start, m.End), conf: conf})
	}
	return out
}

// excluded tells whether the datum at an offset is named as left out: "âge, sexe, à
// l'exclusion du nom", "le dossier, sans adresse, ni date de naissance".
func excluded(text string, at int) bool {
	head := text[:at]
	for i := len(head) - 1; i >= 0; i-- {
		if strings.IndexByte(".;:()|", head[i]) >= 0 && (i+1 == len(head) || head[i] != '.' || head[i+1] == ' ') {
			head = head[i+1:]
			break
		}
	}
	all := leavingOut.FindAllStringIndex(fold(head), -1)
	if len(all) == 0 {
		return false
	}
	after := fold(head)[all[len(all)-1][1]:]
	return !strings.ContainsAny(after, ",") || strings.Contains(after, " ni ") || strings.HasSuffix(strings.TrimSpace(after), ", ni")
}

var leavingOut = pattern.New(`(?:^|[\s,(])(?:a l'exclusion (?:de|du|des|d')|a l'exception (?:de|du|des|d')|sans(?: (?:votre|vos|le|la|les|leur|indication d[eu]))?\b|hors\b|hormis|excepte)`)

// excerpt is text[from:to] with the words that touch it.
func excerpt(text string, from, to int) string {
	s := strings.Join(strings.Fields(text[from:to]), " ")
	if len(s) < 24 {
		end := to
		for end < len(text) && end < to+30 && !strings.ContainsRune(",.;:()|", rune(text[end])) {
			end++
		}
		s = firstWords(strings.ToValidUTF8(text[from:end], ""))
	}
	return strings.TrimSpace(s)
}

var collecting = stemSet("collecting")

// collects tells whether a statement is about taking or keeping data.
func (d *reading) collects(s *statement) bool {
	for _, t := range s.words.Tokens {
		if collecting()[t.Stem] {
			return true
		}
	}
	return has(d.purposes, s.words, "verb")
}

// readData reads the categories of statements that list data.
func (d *reading) readData() {
	var listing *block // that has listed data: "Si vous ouvrez un compte, un mot de passe."
	for _, s := range d.statements {
		if s.taken || s.field != "" && s.field != "data" || s.quiet() {
			continue
		}
		text := s.text
		if !d.listsData(s) && (s.block != listing || s.section.about() != "data") {
			if text = d.usesData(s); text == "" {
				continue
			}
		}
		listing = s.block
		conf := 0.85
		if s.section.about() != "data" && s.field == "" {
			conf = 0.7
		}
		for _, f := range d.dataIn(text, s.no, conf) {
			d.giveData(s, f)
		}
	}
}

// listsData tells whether a statement declares the categories it names.
func (d *reading) listsData(s *statement) bool {
	if s.field == "data" {
		return true
	}
	about := s.section.about()
	switch about {
	case "recipients", "transfers", "security":
		return false
	case "rights", "definitions", "dpo", "identity", "contact", "changes", "scope", "mandatory", "profiling":
		if s.treatment == nil {
			return false
		}
	}
	if s.section.under("rights", "definitions") {
		return false
	}
	found := d.categories.Find(s.text)
	if len(found) == 0 {
		return false
	}
	if t := s.treatment; t != nil && s.section.topic == "" && t.section == s.section && t.no == s.section.no && !removes.MatchString(fold(s.text)) {
		return true // a section that is one treatment speaks of its data
	}
	if len(found) > 2 && d.mostlyData(s.text) && !verbIn(s.words) {
		return true // "Ton prénom, ton e-mail, ton année de naissance."
	}
	if s.treatment != nil && s.block.kind == listItem && s.label != "" && (d.mostlyData(afterLabel(s)) || d.opensOnData(afterLabel(s))) {
		return true // "Tenue du dossier : identité, date de naissance…"
	}
	if s.treatment != nil && about != "retention" && !verbIn(s.words) && d.opensOnData(s.text) {
		return true // "Adresse IP, navigateur, heure."
	}
	if _, after, ok := strings.Cut(s.text, ": "); ok && about != "retention" && about != "cookies" && (d.severalData(after) || d.mostlyData(after)) {
		return true // "Puis pour recevoir les aides : numéro d'allocataire, quotient familial"
	}
	if s.treatment != nil && about != "retention" && (d.severalData(s.text) || bracketed(s.text) && d.mostlyData(inBrackets(s.text))) {
		return true // "Il y inscrit les noms, leurs dates de naissance, leur domicile"
	}
	if about == "data" {
		return s.block.kind == listItem || d.collects(s) || len(found) > 1 || introducesData(s.block)
	}
	if s.block.kind == listItem && introducesData(s.block) {
		return true
	}
	if s.block.kind == listItem && d.listOfData(s.block) || len(found) > 1 && d.ofPerson(s) {
		return true
	}
	if len(found) > 1 && bracketed(s.text) && speaksOfData(s.words) {
		return true
	}
	if s.label != "" && len(found) > 2 && s.treatment != nil && d.mostlyData(afterLabel(s)) {
		return true // "Le service inscrit les enfants : nom, régime alimentaire, allergies"
	}
	if about == "retention" {
		return false
	}
	return d.takes(s)
}

// removes tells of data that the organisation takes out when it meets them, and of what
// it had: "nous effaçons les commentaires qui parlent de la santé".
var removes = pattern.New(`\b(nous|on|programme) (\w+ ){0,2}(effac|supprim|retir|refus|interdi|masqu|flout|ecart|cherch)|\b(demonte|abandonne|renonce|n'ecrivez|n'indiquez|ne mentionnez)`)

// verbIn tells whether a text has a verb of the common ones.
func verbIn(t terms.Text) bool {
	return slices.ContainsFunc(t.Tokens, func(x terms.Token) bool {
		switch x.Word {
		case "est", "sont", "ont", "a", "avons", "peut", "peuvent", "nous", "vous", "on", "sera", "seront", "il", "elle", "elles", "ils":
			return true
		}
		return false
	})
}

// ofPerson tells whether running text speaks of data as those of its reader or
// of a person: "nous tenons vos coordonnées et votre relevé d'identité bancaire".
func (d *reading) ofPerson(s *statement) bool {
	if s.section.under("recipients", "transfers", "retention", "security", "identity", "dpo", "contact", "changes", "scope", "cookies") {
		return false
	}
	owned, ours := 0, false
	for _, t := range s.words.Tokens {
		switch t.Word {
		case "vos", "votre", "leur", "leurs", "son", "sa", "ses":
			owned++
		case "nous", "est", "sont", "a", "ont":
			ours = true
		}
	}
	return owned > 1 && ours
}

// listOfData tells whether most items of the list that b is one of name data.
func (d *reading) listOfData(b *block) bool {
	if b.section.under("recipients", "transfers", "retention", "security", "rights", "definitions", "identity", "dpo", "contact", "changes", "cookies", "bases", "purposes") {
		return false
	}
	items, named, ids := 0, 0, map[string]bool{}
	for _, x := range d.blocks {
		if x.kind != listItem || x.section != b.section || x.intro != b.intro {
			continue
		}
		items++
		found := d.categories.Find(x.text)
		if len(found) > 0 {
			named++
		}
		for _, f := range found {
			ids[f.Category] = true
		}
	}
	return items > 2 && named*4 >= items*3 && len(ids) > 3
}

// opensOnData tells whether the first part of an enumeration names data: "position GPS
// des salariés", "adresse e-mail, sur la base de votre consentement".
func (d *reading) opensOnData(text string) bool {
	parts := listed(text)
	if len(parts) == 0 || len(strings.Fields(parts[0].text)) > 5 {
		return false
	}
	found := d.categories.Find(parts[0].text)
	return len(found) > 0 && len(strings.Fields(parts[0].text[:found[0].Start])) < 2
}

// afterLabel is what an item says after its label, without what it ends with in
// brackets.
func afterLabel(s *statement) string {
	_, rest, _ := strings.Cut(s.text, ":")
	if i := strings.LastIndexByte(rest, '('); i > 0 {
		rest = rest[:i]
	}
	return rest
}

// bracketed tells whether a text lists something in brackets.
func bracketed(s string) bool {
	i := strings.IndexByte(s, '(')
	return i >= 0 && strings.Contains(s[i:], ",")
}

// inBrackets is what stands in the first brackets of a text.
func inBrackets(s string) string {
	_, rest, _ := strings.Cut(s, "(")
	inside, _, _ := strings.Cut(rest, ")")
	return inside
}

func speaksOfData(t terms.Text) bool {
	for _, tok := range t.Tokens {
		switch tok.Stem {
		case "donnee", "information", "dossier", "fichier", "renseignement", "fiche":
			return true
		}
	}
	return false
}

var taking = stemSet("taking")

// takes tells whether a statement says that its data are collected.
func (d *reading) takes(s *statement) bool {
	for _, t := range s.words.Tokens {
		if taking()[t.Stem] {
			return true
		}
	}
	return has(d.purposes, s.words, "takes")
}

// usesData is the part of a statement about a treatment that names the data it
// uses, before it says what for: "Le nom et l'adresse servent à…".
func (d *reading) usesData(s *statement) string {
	if s.treatment == nil || s.quiet() || s.section.under("rights", "definitions", "recipients", "retention", "transfers", "security", "dpo", "identity") {
		return ""
	}
	used := s.text
	linked := false
	for _, m := range d.purposes.Find(s.words) {
		if m.ID == "link" && m.From > 0 {
			used, linked = s.text[:s.words.Tokens[m.From].Start], true
			break
		}
	}
	if !linked && !d.collects(s) || len(d.categories.Find(used)) < 2 {
		return ""
	}
	return used
}

// introducesData tells whether the list of b was announced as one of data.
func introducesData(b *block) bool {
	for b = b.intro; b != nil; b = b.intro {
		f := fold(b.text)
		for _, w := range []string{"donnees suivantes", "informations suivantes", "categories de donnees", "donnees ci-dessous", "types de donnees", "donnees collectees", "collecter :", "collectons :", "donnees personnelles suivantes", "recueillons :", "recueillir :", "nous traitons :", "donnees traitees", "donnees a caractere personnel suivantes", "donnees concernees"} {
			if strings.Contains(f, w) {
				return true
			}
		}
	}
	return false
}

// giveData hands a category to the treatment its statement speaks of, else to
// the one its label names, else to the document.
func (d *reading) giveData(s *statement, f found) {
	t := s.treatment
	if t == nil && s.label != "" {
		t = d.sameTreatment(s.label, 0.6)
	}
	if t == nil {
		if s.section.about() != "data" && d.mostHave(func(t *treatment) bool { return len(t.data) > 0 }) {
			return
		}
		t = &d.document
	}
	t.data = add(t.data, f)
}

// dataOfName reads the categories that the name of a treatment gives away.
func (d *reading) dataOfName(t *treatment) {
	text := t.name + " ; " + strings.Join(t.purposes, " ; ")
	w := terms.Read(text)
	for _, m := range d.names.Find(w) {
		t.data = add(t.data, found{id: m.ID, no: t.no, words: around(w, m.From, m.To), conf: 0.6})
	}
}
