package policy

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// readActivities makes a treatment of the usual activities that prose tells
// without saying "afin de": "nous envoyons une lettre d'information". When rows,
// fields or lists have told the treatments, prose is taken to explain them.
func (d *reading) readActivities(full bool) {
	if full {
		return
	}
	for _, s := range d.statements {
		if s.treatment != nil || s.quiet() || s.field != "" || !has(d.purposes, s.words, "deed", "verb") {
			continue
		}
		if s.section.under("rights", "definitions", "recipients", "retention", "transfers", "security", "dpo", "identity", "contact", "changes", "scope", "source", "mandatory", "cookies") {
			continue
		}
		data := d.categories.Find(s.text)
		for _, m := range d.activities.Find(s.words) {
			// "adresse de facturation" names data.
			if at := s.words.Tokens[m.From].Start; !slices.ContainsFunc(data, func(c terms.Term) bool {
				return c.Start < at && at < c.End || strings.Contains(s.text[min(c.End, at):at], " et ") && at-c.End < 12 && at > c.End
			}) {
				d.readActivity(s, m)
			}
		}
	}
}

func (d *reading) readActivity(s *statement, m terms.Match) {
	name := d.activityName(s.words, m)
	if name == "" || d.doing(m.ID) != nil || d.sameTreatment(name, 0.5) != nil {
		return
	}
	t := d.addTreatment(name, s.no, sureProse)
	t.section = s.section
	if s.treatment == nil {
		s.treatment = t
	}
	if d.onlyActivity(s) {
		d.claimBlock(s.block, t)
	}
}

// onlyActivity tells whether no other statement of the block gives a treatment.
func (d *reading) onlyActivity(s *statement) bool {
	for _, x := range d.statements {
		if x.block == s.block && x != s && (x.treatment != nil || len(d.activities.Find(x.words)) > 0 || len(d.purposesIn(x)) > 0) {
			return false
		}
	}
	return s.block.kind == paragraph
}

// doing returns the treatment that is named by words of the same activity.
func (d *reading) doing(activity string) *treatment {
	for _, t := range d.treatments {
		for _, name := range append([]string{t.name}, t.purposes...) {
			if slices.Contains(d.activities.IDs(terms.Read(name)), activity) {
				return t
			}
		}
	}
	// "Les locaux sont placés sous vidéoprotection afin de garantir la sécurité."
	for _, s := range d.statements {
		if s.treatment != nil && s.treatment.conf <= sureProse && apart()[activity] && slices.Contains(d.activities.IDs(s.words), activity) {
			return s.treatment
		}
	}
	return nil
}

// activityName is the words of an activity without the verb before them, and
// what they go on with: "Comptabilité du club".
func (d *reading) activityName(t terms.Text, m terms.Match) string {
	from := m.From
	for from < m.To-1 && (has(d.purposes, terms.Text{Raw: t.Raw, Tokens: t.Tokens[from : from+1]}, "deed", "verb") || slices.Contains(articles, t.Tokens[from].Word) || t.Tokens[from].Word == "sont" || t.Tokens[from].Word == "peuvent") {
		from++
	}
	to := m.To
	for to < len(t.Tokens) && to < m.To+5 && t.Tokens[to].Gap == terms.Glued && !endsName()[t.Tokens[to].Word] {
		to++
	}
	for to > m.To && slices.Contains(articles, t.Tokens[to-1].Word) {
		to--
	}
	return strings.Join(strings.Fields(t.Raw[t.Tokens[from].Start:t.Tokens[to-1].End]), " ")
}

var endsName = wordSet("ends-name")

// readKept makes a treatment of an activity that only the section on retention
// tells: "Les images de vidéosurveillance sont effacées au bout de 21 jours".
func (d *reading) readKept() {
	rest := d.document.retention[:0:0]
	for _, r := range d.document.retention {
		t := d.keptBy(r)
		if t == nil {
			rest = append(rest, r)
			continue
		}
		t.retention = append(t.retention, r)
	}
	d.document.retention = rest
}

// keptBy is the treatment of a limit by its subject, made when there is none.
func (d *reading) keptBy(r register.Retention) *treatment {
	w := terms.Read(r.Subject)
	all := d.activities.Find(w)
	if len(all) == 0 {
		return nil
	}
	m := all[0]
	if t := d.doing(m.ID); t != nil {
		return t
	}
	if !apart()[m.ID] || d.sameTreatment(r.Subject, 0.5) != nil {
		return nil
	}
	t := d.addTreatment(d.activityName(w, m), r.Line, 0.5)
	t.words = firstWords(r.Subject)
	return t
}

// apart are the activities that are a treatment of their own wherever they are
// named; the others may be a part of one that is told in other words.
var apart = stopSet("newsletter cctv recruitment geolocation calls contest")
