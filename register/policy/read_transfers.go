package policy

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// transferring is what a document says about data that leave the EEA.
type transferring struct {
	none        int // line of a refusal
	yes         int // line of a plain statement
	conditional int
	list        []movement
	noneWords   string
}

// A movement is a transfer with the treatment whose section or sentence tells it, nil
// when it is told of the document as a whole.
type movement struct {
	register.Transfer
	of *treatment
}

// readTransfers reads refusals, plain statements and conditions.
func (d *reading) readTransfers() {
	for _, s := range d.statements {
		if s.definition || s.right && s.section.under("rights") && !has(d.vocabulary.transfers, s.words, "outside") {
			continue
		}
		d.readTransfer(s)
	}
	d.nameTransfers()
}

func (d *reading) readTransfer(s *statement) {
	ids := d.vocabulary.transfers.IDs(s.words)
	outside := anyOf(ids, "outside")
	countries := d.countriesIn(s.words)
	if len(countries) == 0 && anyOf(ids, "company") {
		countries = []string{"US"}
	}
	// "quittent pas le territoire" is one match and hides its verb.
	move := anyOf(ids, "move", "company") || outside && (leaves(s) || s.negative) || s.section.under("transfers", "recipients") || s.field == "recipients" || s.field == "transfers" || s.block.kind == listItem
	if s.section.topic == "transfers" && s.first && plainNo.MatchString(fold(s.text)) {
		d.transfers.none, d.transfers.noneWords = firstOf(d.transfers.none, s.no), firstWords(s.text)
		return
	}
	if !outside && len(countries) == 0 || !move {
		d.safeguardsOf(s, ids)
		return
	}
	if s.section.under("definitions", "identity", "dpo", "contact") && !outside {
		return
	}
	refused := s.negative || d.refuses(s)
	switch {
	case refused && !d.hasException(s):
		if d.transfers.none == 0 && !s.block.intros(d) {
			d.transfers.none, d.transfers.noneWords = s.no, firstWords(s.text)
		}
	case s.conditional && (safeguard(ids) == "" || len(countries) == 0) && !anyOf(ids, "company") && (outside || len(countries) == 0) && len(d.namesInText(s.text, s.no, true)) == 0:
		if d.transfers.conditional == 0 {
			d.transfers.conditional = s.no
		}
	default:
		if outside && !d.moves(s) && len(countries) == 0 {
			return
		}
		d.transfers.yes = firstOf(d.transfers.yes, s.no)
		d.listTransfers(s, countries, ids)
	}
}

// plainNo is the answer to "Hors d'Europe ?".
var plainNo = pattern.New(`^(non|aucun|aucune|jamais|neant)\b[^,]{0,20}$`)

func leaves(s *statement) bool {
	f := fold(s.text)
	return strings.Contains(f, "quitt") || strings.Contains(f, "sortent") || strings.Contains(f, "sort pas")
}

func firstOf(a, b int) int {
	if a > 0 {
		return a
	}
	return b
}

// intros tells whether a block only announces a list.
func (b *block) intros(*reading) bool { return false }

// moves tells whether a statement says that data go, not what happens if.
func (d *reading) moves(s *statement) bool {
	return has(d.vocabulary.transfers, s.words, "move", "company")
}

// refuses tells of statements that deny a transfer without "ne … pas".
func (d *reading) refuses(s *statement) bool {
	f := fold(s.text)
	for _, w := range []string{"pas de transfert", "aucun transfert", "aucune donnee", "ne pas transferer", "ne sont pas transfer", "exclusivement dans l'union", "exclusivement en france", "exclusivement au sein", ": non", "neant", "s'interdit de transf", "s'interdisent de transf"} {
		if strings.Contains(f, w) {
			return true
		}
	}
	return false
}

// hasException tells of refusals that name a transfer: "sauf vers les États-Unis".
func (d *reading) hasException(s *statement) bool {
	_, after, ok := strings.Cut(fold(s.text), "sauf ")
	for _, w := range []string{"a l'exception", "hormis ", "excepte ", "a part ", "en dehors d", "mis a part"} {
		if !ok {
			_, after, ok = strings.Cut(fold(s.text), w)
		}
	}
	return ok && len(d.countriesIn(terms.Read(after)))+len(d.namesInText(after, s.no, true)) > 0
}

// listTransfers lists one transfer a company named, else one a country.
func (d *reading) listTransfers(s *statement, countries []string, ids []string) {
	guard := safeguard(ids)
	names := d.namesInText(s.text, s.no, true)
	src := d.source(s.no, firstWords(s.text))
	country := ""
	if len(countries) > 0 {
		country = countries[0]
	}
	for _, n := range names {
		d.transfers.list = append(d.transfers.list, movement{register.Transfer{Country: country, Recipient: n.id, Safeguard: guard, Line: s.no, Source: src, Confidence: 0.8}, d.speaksOf(s)})
	}
	if len(names) > 0 {
		return
	}
	if len(countries) == 0 {
		countries = []string{""}
	}
	for _, c := range countries {
		d.transfers.list = append(d.transfers.list, movement{register.Transfer{Country: c, Safeguard: guard, Line: s.no, Source: src, Confidence: 0.7}, d.speaksOf(s)})
	}
}

// safeguardsOf gives the safeguard of a statement to the transfers before it.
func (d *reading) safeguardsOf(s *statement, ids []string) {
	guard := safeguard(ids)
	if guard == "" || s.right && s.section.under("rights") {
		return
	}
	names := d.namesInText(s.text, s.no, true)
	if s.section.under("transfers") && len(names) > 0 && !s.conditional {
		d.transfers.yes = firstOf(d.transfers.yes, s.no)
		d.listTransfers(s, nil, ids)
		return
	}
	of := d.speaksOf(s)
	for i := range d.transfers.list {
		// Told of one treatment, a safeguard says nothing of another's transfers.
		if x := &d.transfers.list[i]; x.Safeguard == "" && (of == nil || x.of == nil || x.of == of) {
			x.Safeguard = guard
		}
	}
}

// tellOf gives a treatment what was listed from the index before on.
func (x *transferring) tellOf(t *treatment, before int) {
	for _, m := range x.list[before:] {
		t.transfers = append(t.transfers, m.Transfer)
	}
	x.list = x.list[:before]
}

// attachTransfers gives each treatment the transfers told of it, and returns those of
// the document. What the document tells again of one that a treatment names completes
// it there: left here, it would be said of every treatment.
func (d *reading) attachTransfers() []register.Transfer {
	for _, x := range d.transfers.list {
		if x.of != nil {
			x.of.transfers = append(x.of.transfers, x.Transfer)
		}
	}
	var rest []register.Transfer
	for _, x := range d.transfers.list {
		if x.of == nil && !d.completes(x.Transfer) {
			rest = append(rest, x.Transfer)
		}
	}
	for _, t := range d.treatments {
		t.transfers = dedupe(t.transfers)
	}
	return rest
}

// completes adds a transfer to those of the same recipient that treatments have, and
// tells whether there are any.
func (d *reading) completes(x register.Transfer) bool {
	found := false
	for _, t := range d.treatments {
		for i := range t.transfers {
			own := &t.transfers[i]
			if x.Recipient == "" || fold(own.Recipient) != fold(x.Recipient) || own.Country != "" && x.Country != "" && own.Country != x.Country {
				continue
			}
			found = true
			own.Country, own.Safeguard = firstSaid(own.Country, x.Country), firstSaid(own.Safeguard, x.Safeguard)
		}
	}
	return found
}

func firstSaid(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func safeguard(ids []string) string {
	for _, g := range []string{"adequacy", "scc", "bcr", "derogation"} {
		if anyOf(ids, "safeguard."+g) {
			return g
		}
	}
	return ""
}

func (d *reading) countriesIn(t terms.Text) []string { return d.countries.IDs(t) }

// nameTransfers settles what was said: a refusal stands unless a transfer is
// stated plainly.
func (d *reading) nameTransfers() {
	x := &d.transfers
	if x.none > 0 {
		d.claims = append(d.claims, register.Claim{ID: "no-transfer", Line: x.none})
	}
	if x.conditional > 0 {
		d.claims = append(d.claims, register.Claim{ID: "conditional-transfer", Line: x.conditional})
	}
	if x.none > 0 && x.yes > 0 && !x.namesAny() {
		x.yes, x.list = 0, nil
	}
}

// namesAny tells whether a transfer names a company or a country.
func (x *transferring) namesAny() bool {
	for _, t := range x.list {
		if t.Country != "" || t.Recipient != "" {
			return true
		}
	}
	return false
}
