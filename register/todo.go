package register

import "slices"

// asked are the keys a draft leaves a TODO for when they are absent, with what
// is to be decided, in the words of a French register.
var asked = []struct{ key, what string }{
	{"role", "responsable de traitement (controller) ou sous-traitant (processor) ?"},
	{"purposes", "finalités"},
	{"legal_bases", "base légale (art. 6)"},
	{"data_subjects", "personnes concernées"},
	{"data", "catégories de données"},
	{"retention", "durée de conservation, ou critères"},
	{"recipients", "destinataires"},
	{"transfers", "transferts hors de l'Union européenne, ou `transfers: none`"},
	{"security", "mesures de sécurité"},
	{"systems", "systèmes où sont les données"},
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
					x.todo = append(x.todo, "TODO locations: où sont ces données, comme [cible:chemin/**]"+r.silence("systems"))
				}
			}
		case "treatments":
			if len(p.value.items) == 0 {
				t.todo = append(t.todo, "TODO treatments: aucun traitement n'a été lu")
			}
			for i, x := range p.value.items {
				r.todoTreatment(x, r.Treatments[i])
			}
		}
	}
}

func (r *Register) todoOrganisation(t *tree) {
	for _, f := range []struct{ key, what string }{
		{"name", "nom de l'organisme"}, {"siren", "numéro SIREN"}, {"contact", "coordonnées"}, {"dpo", "délégué à la protection des données, s'il y en a un"},
	} {
		if !t.has(f.key) {
			t.todo = append(t.todo, "TODO "+f.key+": "+f.what+r.silence(f.key))
		}
	}
}

func (r *Register) todoTreatment(t *tree, x Treatment) {
	for _, f := range asked {
		if t.has(f.key) || r.Document.says(f.key) || f.key == "retention" && retained(x) {
			continue
		}
		t.todo = append(t.todo, "TODO "+f.key+": "+f.what+r.silence(f.key))
	}
}

// silence says why a key is absent.
func (r *Register) silence(key string) string {
	if slices.Contains(r.Absent, key) {
		return " (non déclaré dans ce format)"
	}
	return " (non dit)"
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
