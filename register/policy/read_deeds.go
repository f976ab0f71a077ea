package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// This file reads what the organisation does, said as plain deeds: "On gère ton
// adhésion", "Le service scolaire gère les inscriptions", and what is done, said
// of the thing: "Les demandes sont instruites par la commune".

// readDeeds makes a treatment of each deed of a paragraph or item that declares
// something and has told no purpose. When rows, fields or lists have told the
// treatments (full), only sections that have none count.
func (d *reading) readDeeds(full bool) {
	for _, s := range d.statements {
		if full && d.told(s) {
			continue
		}
		if s.treatment != nil || s.quiet() || s.field != "" || actsForOthers(s) || emailRE.MatchString(s.text) || phoneIn(s.text) != "" || d.notAboutUse(s) || s.section.under("data", "cookies") {
			continue
		}
		if !s.section.under("purposes", "treatments", "roles") && !d.declares(s.block) && s.section.topic != "" {
			continue
		}
		for _, name := range d.deedsIn(s) {
			if aboutLaw.MatchString(fold(name)) || d.sameTreatment(name, 0.5) != nil || d.doingSame(name) {
				continue
			}
			t := d.addTreatment(name, s.no, sureProse)
			t.section = s.section
			if s.treatment == nil {
				d.claimRest(s, t)
			}
		}
	}
}

// doingSame tells whether a treatment is of the usual activity a name says.
func (d *reading) doingSame(name string) bool {
	for _, id := range d.activities.IDs(terms.Read(name)) {
		if d.doing(id) != nil {
			return true
		}
	}
	return false
}

// deedsIn returns the deeds of a sentence: of the organisation, else what is done.
func (d *reading) deedsIn(s *statement) []string {
	if s.did == nil {
		found := d.findDeeds(s)
		s.did = &found
	}
	return *s.did
}

func (d *reading) findDeeds(s *statement) []string {
	if len(d.purposesIn(s)) > 0 {
		return nil
	}
	if names := d.actively(s.words); len(names) > 0 {
		return names
	}
	if name := d.received(s.words); name != "" {
		return []string{name}
	}
	if name := d.passively(s.words); name != "" {
		return []string{name}
	}
	if name := d.nominal(s); name != "" {
		return []string{name}
	}
	return nil
}

// actively returns each verb of deeds.yml whose subject is the organisation, with
// its object.
func (d *reading) actively(t terms.Text) []string {
	var out []string
	for _, m := range d.deeds.Find(t) {
		if strings.HasSuffix(t.Raw[:t.Tokens[m.From].End], "é") { // a participle: "géré par"
			continue
		}
		if !d.subjectOf(t, m.From) && (len(out) == 0 || t.Tokens[m.From-1].Word != "et" && t.Tokens[m.From].Gap != terms.Listed) {
			continue
		}
		from := m.From + 1
		for from < len(t.Tokens) && aside()[t.Tokens[from].Word] {
			from++
		}
		object := objectOf(t, from, len(t.Tokens))
		if cut := andWe.FindStringIndex(object); cut != nil {
			object = object[:cut[0]]
		}
		if d.mostlyData(object) || len(nameTokens(object)) == 0 || len(strings.Fields(object)) > 16 {
			continue
		}
		out = append(out, shortName(m.ID+" "+object))
	}
	return out
}

// received is what the reader is sent: "vous recevez chaque mois l'agenda culturel".
func (d *reading) received(t terms.Text) string {
	for i, tok := range t.Tokens {
		if i == 0 || tok.Word != "recevez" && tok.Word != "recevrez" || t.Tokens[i-1].Word != "vous" {
			continue
		}
		from := i + 1
		if from+1 < len(t.Tokens) && t.Tokens[from].Word == "chaque" {
			from += 2
		}
		if object := objectOf(t, from, len(t.Tokens)); len(nameTokens(object)) > 0 && len(strings.Fields(object)) < 12 {
			return shortName("recevoir " + object)
		}
	}
	return ""
}

// subjectOf tells whether the verb at token i is said of "nous", "on", or of a
// noun for the organisation that opens the sentence.
func (d *reading) subjectOf(t terms.Text, i int) bool {
	j := i - 1
	for j >= 0 && pronoun()[t.Tokens[j].Word] && t.Tokens[j].Word != "nous" {
		j--
	}
	if j >= 0 && slices.Contains([]string{"nous", "on", "je", "j"}, t.Tokens[j].Word) {
		return j == 0 || t.Tokens[j-1].Word != "que" && t.Tokens[j-1].Word != "qu" && t.Tokens[j-1].Word != "dont"
	}
	if j < 1 || j > 14 || j != i-1 && j != i-2 {
		return false
	}
	for k := 1; k <= i; k++ {
		if t.Tokens[k].Gap == terms.Stop || relative()[t.Tokens[k].Word] {
			return false
		}
	}
	// "La facture …" is a noun.
	if determiner()[t.Tokens[i-1].Word] && j == i-1 || linking[t.Tokens[i-1].Word] {
		return false
	}
	head := 0
	for k := i; k > 0; k-- {
		if t.Tokens[k].Gap == terms.Listed {
			head = k // "Avec votre accord, l'université vous informe"
			break
		}
	}
	if head > j || j-head > 7 {
		return false
	}
	for head < j && (determiner()[t.Tokens[head].Word] || t.Tokens[head].Word == "enfin" || t.Tokens[head].Word == "ensuite") {
		head++
	}
	return bodies()[t.Tokens[head].Stem] || d.isSelf(t.Raw[t.Tokens[head].Start:t.Tokens[j].End])
}

// andWe begins another deed: "… et assistons leurs utilisateurs".
var andWe = pattern.New(` (?:et|puis|ou) (?:(?:nous|on|je) )?(?:(?:vous|leur|les|la|le) )?\p{L}+ons\b| et (?:nous|on|je) `)

var (
	relative = stopSet("qui que qu dont lequel laquelle lorsque si quand")
	bodies   = stemSet("bodies")
)

// passively returns the subject of a sentence that says it is done: "Les
// candidatures sont instruites", "La lettre est envoyée".
func (d *reading) passively(t terms.Text) string {
	for i := 2; i+1 < len(t.Tokens) && i < 22; i++ {
		if w := t.Tokens[i].Word; supposing()[w] || (w == "passe" || w == "passent" || w == "transitent") && t.Tokens[i+1].Word == "par" || gathering()[w] && i < 16 && len(d.categories.Find(t.Raw[t.Tokens[i].End:])) > 0 {
			return d.thingDone(t, i)
		} else if w != "est" && w != "sont" {
			continue
		}
		if relative()[t.Tokens[i-1].Word] || t.Tokens[i-1].Word == "n" || t.Tokens[i-1].Word == "ne" {
			return ""
		}
		next := i + 1
		for next+1 < len(t.Tokens) && (aside()[t.Tokens[next].Word] || t.Tokens[next].Word == "ensuite") {
			next++
		}
		if !done()[t.Tokens[next].Stem] {
			return ""
		}
		return d.thingDone(t, i)
	}
	return ""
}

// nominal is a paragraph's opening that names what is done without a verb:
// "Instruction des demandes d'aide sociale, portage de repas."
func (d *reading) nominal(s *statement) string {
	t := s.words.Tokens
	if titleRE.MatchString(fold(s.text)) {
		return ""
	}
	if !s.first || s.block.kind != paragraph || len(t) < 3 || len(t) > 30 || !deedNoun(t[0].Word) || t[0].Word == "conservation" || strings.HasSuffix(s.text, ":") || strings.HasSuffix(s.text, "?") {
		return ""
	}
	if !slices.Contains(joiners, t[1].Word) && t[1].Word != "l" && t[1].Word != "la" || conjugated(s.text) {
		return ""
	}
	return shortName(strings.TrimSuffix(s.text, "."))
}

// thingDone is the subject that ends before token i, when it is something that is
// done and no data.
func (d *reading) thingDone(t terms.Text, i int) string {
	subject := strings.TrimSpace(t.Raw[:t.Tokens[i].Start])
	for _, p := range pronounTail {
		subject = strings.TrimSuffix(subject, p)
	}
	if m := circumstance.FindString(subject); m != "" {
		subject = subject[len(m):]
	}
	if slices.ContainsFunc(t.Tokens[:i], func(x terms.Token) bool { return relative()[x.Word] }) {
		return ""
	}
	words := terms.Read(subject).Tokens
	at := slices.IndexFunc(words, func(x terms.Token) bool { return deedNoun(x.Word) || doable()[x.Stem] })
	if at < 0 || at > 3 || len(words) > 20 || vague()[words[min(1, len(words)-1)].Word] {
		return ""
	}
	if !slices.Contains([]string{"la", "le", "l", "les", "des", "nos", "notre", "vos", "votre"}, words[0].Word) {
		return ""
	}
	name := shortName(unbracketed(strings.TrimLeft(subject[words[0].End:], " '’")))
	if t := terms.Read(name).Tokens; len(t) == 1 && bareThing()[t[0].Stem] {
		return "" // "Le site est édité par …"
	}
	return name
}

var (
	circumstance = pattern.New(`^(?:Lors|À l['’]occasion|Pendant|Durant|Dans|Pour|Au cours|Enfin|Ensuite|Par ailleurs|En outre)[^,]{0,60}, `)
	// supposing are verbs said of what is done: "La passation des examens suppose …".
	gathering = stopSet("enregistre enregistrent recueille recueillent collecte collectent")
	bareThing = stemSet("bare-thing")
	supposing = stopSet("suppose supposent necessite necessitent implique impliquent requiert requierent")
)

var (
	pronounTail = []string{" vous", " nous", " leur", " lui"}
	done        = stemSet("done")
	// doable are things that an organisation makes or answers, and keeps data for.
	doable = stemSet("doable")
)
