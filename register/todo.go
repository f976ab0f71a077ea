package register

import (
	"fmt"
	"slices"
)

// asked are the keys a draft leaves a TODO for when they are absent, with what
// is to be decided.
var asked = []question{
	{"role", "responsable de traitement (controller) ou sous-traitant (processor) ?", "controller or processor?"},
	{"purposes", "finalités", "purposes"},
	{"legal_bases", "base légale (art. 6)", "legal basis (Art. 6)"},
	{"data_subjects", "personnes concernées", "whose data"},
	{"data", "catégories de données", "categories of data"},
	{"retention", "durée de conservation, ou critères", "how long they are kept, or criteria"},
	{"recipients", "destinataires", "recipients"},
	{"transfers", "transferts hors de l'Union européenne, ou `transfers: none`", "transfers outside the European Union, or `transfers: none`"},
	{"security", "mesures de sécurité", "security measures"},
	{"systems", "systèmes où sont les données", "systems that hold the data"},
}

var askedOfOrganisation = []question{
	{"name", "nom de l'organisme", "name of the organisation"},
	{"siren", "numéro SIREN", "SIREN number"},
	{"contact", "coordonnées", "contact details"},
	{"dpo", "délégué à la protection des données, s'il y en a un", "data protection officer, if there is one"},
}

// A question is what a TODO asks under a key.
type question struct{ key, fr, en string }

// ask is the comment of a question, with why the key is absent.
func (r *Register) ask(q question) string {
	return "TODO " + q.key + ": " + r.inLang(q.fr, q.en) + r.silence(q.key)
}

func (r *Register) inLang(fr, en string) string {
	if r.Lang == "en" {
		return en
	}
	return fr
}

// todo notes in a draft what is still to be said, treatment by treatment.
func (r *Register) todo(t *tree) {
	for _, p := range t.pairs {
		switch p.key {
		case "organisation":
			r.todoOrganisation(p.value)
		case "systems":
			for i, x := range p.value.items {
				if len(r.Systems[i].Locations) == 0 {
					x.todo = append(x.todo, "TODO locations: "+r.inLang("où sont ces données, comme [cible:chemin/**]", "where these data are, such as [target:path/**]")+r.silence("systems"))
				}
			}
		case "treatments":
			if len(p.value.items) == 0 {
				t.todo = append(t.todo, "TODO treatments: "+r.inLang("aucun traitement n'a été lu", "no treatment was read"))
			}
			for _, s := range r.Untold {
				t.todo = append(t.todo, "TODO treatments: "+fmt.Sprintf(r.inLang("« %s » (ligne %d) parle de données et n'a rien donné : à lire", "\"%s\" (line %d) talks of data and left nothing: read it"), s.Words, s.Line))
			}
			for i, x := range p.value.items {
				r.todoTreatment(x, r.Treatments[i])
			}
		}
	}
}

func (r *Register) todoOrganisation(t *tree) {
	for _, q := range askedOfOrganisation {
		if !t.has(q.key) {
			t.todo = append(t.todo, r.ask(q))
		}
	}
}

func (r *Register) todoTreatment(t *tree, x Treatment) {
	for _, u := range x.Unread {
		t.todo = append(t.todo, "TODO "+u.Key+": "+fmt.Sprintf(r.inLang("« %s » n'a pas été compris", "\"%s\" was not understood"), u.Words))
	}
	for _, f := range asked {
		if t.has(f.key) || x.unread(f.key) || r.Document.says(f.key) || f.key == "retention" && retained(x) {
			continue
		}
		t.todo = append(t.todo, r.ask(f))
	}
}

// unread tells whether a key was filled with words that were not understood: it was
// said, so that "not said" would be untrue.
func (x Treatment) unread(key string) bool {
	return slices.ContainsFunc(x.Unread, func(u Unread) bool { return u.Key == key })
}

// silence says why a key is absent.
func (r *Register) silence(key string) string {
	if slices.Contains(r.Absent, key) {
		return r.inLang(" (non déclaré dans ce format)", " (not declared in this format)")
	}
	return r.inLang(" (non dit)", " (not said)")
}

// retained tells whether each category has its own time limit.
func retained(x Treatment) bool {
	for _, d := range x.Data {
		if len(d.Retention) == 0 {
			return false
		}
	}
	return len(x.Data) > 0
}

// says tells whether the document says something for all treatments under key.
func (d *Document) says(key string) bool {
	switch key {
	case "purposes":
		return len(d.Purposes) > 0
	case "legal_bases":
		return len(d.LegalBases) > 0
	case "data_subjects":
		return len(d.DataSubjects) > 0
	case "data":
		return len(d.Data) > 0
	case "retention":
		return len(d.Retention) > 0
	case "recipients":
		return len(d.Recipients) > 0
	case "transfers":
		return d.Transfers.Said()
	case "security":
		return len(d.Security) > 0
	}
	return false
}
