// Package pages writes a register for people and for machines of the web:
// Markdown, HTML and the W3C's Data Privacy Vocabulary.
package pages

import (
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/rules"
)

// A page is a register in the words of one language, ready to lay out.
type page struct {
	Lang       string
	Title      string
	Name       string
	Lines      []line   // contact, DPO, SIREN
	All        *section // recipients and transfers of the register as a whole, nil for none
	Treatments []section
}

// A section is one treatment: what is said, key by key.
type section struct {
	ID, Name string
	Lines    []line
}

// A line is one thing said, under its label.
type line struct {
	Label string
	Items []string
}

// A speaker says things in one language.
type speaker struct {
	lang  string
	rules *rules.Rules
}

func (s speaker) say(fr, en string) string {
	if s.lang == "en" {
		return en
	}
	return fr
}

func (s speaker) word(kind, id string) string { return rules.DeclaredWord(kind, id).Label.In(s.lang) }

// newPage says a register in a language. private adds what is for the
// organisation and its authority only: security, systems, notes.
func newPage(reg *register.Register, lang string, private bool) (*page, error) {
	s := speaker{lang: lang, rules: &rules.Rules{}}
	var err error
	if s.rules.Categories, err = rules.List[rules.Category](nil, "categories"); err != nil {
		return nil, err
	}
	o := reg.Organisation
	p := &page{Lang: lang, Name: o.Name, Title: s.say("Registre des activités de traitement", "Record of processing activities")}
	p.Lines = told(
		line{"SIREN", one(o.SIREN)},
		line{s.say("Contact", "Contact"), one(party(&o.Contact))},
		line{s.say("Délégué à la protection des données", "Data protection officer"), one(party(o.DPO))},
		line{s.say("Représentant", "Representative"), one(party(o.Representative))},
	)
	if all := s.forAll(reg.Document); len(all) > 0 {
		p.All = &section{Name: s.say("Dit pour l'ensemble des traitements", "Said for all processing activities"), Lines: all}
	}
	for _, t := range reg.Treatments {
		p.Treatments = append(p.Treatments, section{t.ID, t.Name, s.treatment(reg, t, private)})
	}
	return p, nil
}

// forAll says once who receives data whatever the treatment: said again under each,
// it would pass for a statement about that one.
func (s speaker) forAll(d register.Document) []line {
	return told(
		line{s.say("Destinataires", "Recipients"), s.recipients(d.Recipients)},
		line{s.say("Transferts hors de l'Union européenne", "Transfers outside the European Union"), s.transfers(d.Transfers)},
	)
}

func one(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// told keeps the lines that say something.
func told(all ...line) []line {
	var kept []line
	for _, l := range all {
		if len(l.Items) > 0 {
			kept = append(kept, l)
		}
	}
	return kept
}

func party(p *register.Party) string {
	if p == nil {
		return ""
	}
	var all []string
	for _, s := range []string{p.Name, p.Company, p.Address, p.Email, p.Phone} {
		if s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all, ", ")
}

func (s speaker) treatment(reg *register.Register, t register.Treatment, private bool) []line {
	d := reg.Document
	lines := []line{
		{s.say("Rôle", "Role"), one(s.role(t))},
		{s.say("Responsables conjoints", "Joint controllers"), t.JointControllers},
		{s.say("Finalités", "Purposes"), or(t.Purposes, d.Purposes)},
		{s.say("Bases légales", "Legal bases"), s.bases(or(t.LegalBases, d.LegalBases), t.SpecialCategoryBasis)},
		{s.say("Personnes concernées", "Data subjects"), or(t.DataSubjects, d.DataSubjects)},
		{s.say("Données", "Data"), s.data(or(t.Data, d.Data))},
		{s.say("Durée de conservation", "Time limits"), s.retention(or(t.Retention, d.Retention))},
		{s.say("Destinataires", "Recipients"), s.recipients(t.Recipients)},
		{s.say("Transferts hors de l'Union européenne", "Transfers outside the European Union"), s.transfers(t.Transfers)},
		{s.say("Profilage", "Profiling"), one(t.Profiling)},
		{s.say("Source des données", "Source of the data"), one(t.Origin)},
	}
	if private {
		lines = append(lines,
			line{s.say("Mesures de sécurité", "Security measures"), s.security(or(t.Security, d.Security))},
			line{s.say("Systèmes", "Systems"), s.systems(reg, t)},
			line{s.say("Analyse d'impact", "Impact assessment"), s.dpia(t.DPIA)},
			line{s.say("Contrat de sous-traitance", "Processor contract"), one(t.ProcessorContract)},
			line{"Notes", one(t.Notes)},
			line{s.say("Référence", "Reference"), one(t.Ref)},
			line{s.say("Création", "Created"), one(t.Created)},
			line{s.say("Mise à jour", "Updated"), one(t.Updated)},
		)
	}
	return told(lines...)
}

func or[T any](a, b []T) []T {
	if len(a) > 0 {
		return a
	}
	return b
}

func (s speaker) role(t register.Treatment) string {
	if t.Role == "" {
		return ""
	}
	role := s.word("role", string(t.Role))
	if len(t.OnBehalfOf) > 0 {
		role += s.say(", pour le compte de ", ", on behalf of ") + strings.Join(t.OnBehalfOf, ", ")
	}
	return role
}

func (s speaker) bases(ids []string, condition string) []string {
	var all []string
	for _, id := range ids {
		all = append(all, s.word("basis", id))
	}
	if condition != "" {
		all = append(all, s.say("données sensibles : ", "special categories: ")+s.word("condition", condition))
	}
	return all
}

func (s speaker) data(data []register.Datum) []string {
	var all []string
	for _, d := range data {
		text := s.rules.Category(d.Category).Label.In(s.lang)
		if limits := s.retention(d.Retention); len(limits) > 0 {
			text += s.say(" : ", ": ") + strings.Join(limits, " ; ")
		}
		all = append(all, text)
	}
	return all
}

func (s speaker) retention(limits []register.Retention) []string {
	var all []string
	for _, r := range limits {
		if s.lang == "en" {
			all = append(all, english(r))
			continue
		}
		all = append(all, strings.ReplaceAll(forms.RetentionText([]register.Retention{r}), " · ", ", "))
	}
	return all
}

// english says a time limit; its own words stay in the language they are in.
func english(r register.Retention) string {
	var parts []string
	add := func(label, text string) {
		if text != "" {
			parts = append(parts, label+text)
		}
	}
	period := func(iso string) string {
		return strings.TrimSpace(strings.NewReplacer(" 1 mois", " 1 month", " et 1 mois", " and 1 month", " ans", " years", " an", " year", " semaines", " weeks", " semaine", " week", " jours", " days", " jour", " day", " mois", " months", " et ", " and ").Replace(" " + forms.Spoken(iso)))
	}
	add("", period(r.Duration))
	add("at most ", period(r.Max))
	add("from: ", r.Starts)
	add("criterion: ", r.Criterion)
	add("for: ", r.Subject)
	if r.Archive != nil {
		add("then archived ", period(r.Archive.Duration))
		add("archive from: ", r.Archive.Starts)
	}
	return strings.Join(parts, ", ")
}

func (s speaker) country(code string) string {
	all, err := rules.Countries()
	if err == nil {
		for _, c := range all {
			if c.Code == code {
				return c.Label.In(s.lang)
			}
		}
	}
	return code
}

func (s speaker) recipients(all []register.Recipient) []string {
	var out []string
	for _, r := range all {
		var more []string
		if r.Kind != "" {
			more = append(more, s.word("recipient", r.Kind))
		}
		if r.Country != "" {
			more = append(more, s.country(r.Country))
		}
		text := r.Name
		if len(more) > 0 {
			text += " (" + strings.Join(more, ", ") + ")"
		}
		out = append(out, text)
	}
	return out
}

func (s speaker) transfers(own register.Transfers) []string {
	if own.None {
		return []string{s.say("aucun", "none")}
	}
	var out []string
	for _, t := range own.List {
		var parts []string
		for _, p := range []string{t.Recipient, t.Provider, s.country(t.Country), t.Conditional, t.Document} {
			if p != "" {
				parts = append(parts, p)
			}
		}
		if t.Safeguard != "" {
			parts = append(parts, s.word("safeguard", t.Safeguard))
		}
		out = append(out, strings.Join(parts, ", "))
	}
	return out
}

func (s speaker) security(all []register.Measure) []string {
	var out []string
	for _, m := range all {
		switch {
		case m.Kind == "":
			out = append(out, m.Detail)
		case m.Detail == "":
			out = append(out, m.Kind)
		default:
			out = append(out, m.Kind+s.say(" : ", ": ")+m.Detail)
		}
	}
	return out
}

func (s speaker) systems(reg *register.Register, t register.Treatment) []string {
	var out []string
	for _, id := range t.Systems {
		y := reg.System(id)
		if y == nil {
			continue
		}
		text := y.Name
		if y.Host != nil && y.Host.Provider != "" {
			text += " (" + y.Host.Provider + ")"
		}
		out = append(out, text)
	}
	return out
}

func (s speaker) dpia(d *register.DPIA) []string {
	if d == nil {
		return nil
	}
	return one(strings.TrimSpace(d.Reference + " " + d.Date))
}
