package policy

import (
	"slices"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

// A vocabulary is all the words the readers use.
type vocabulary struct {
	topics, labels, bases, flags, retention, purposes, names, transfers,
	countries, kinds, hints, handing, subjects, mentions, claims, activities, systems, deeds *terms.Set
	categories *terms.Categories
	companies  *companies
}

var loadVocabulary = sync.OnceValues(func() (*vocabulary, error) {
	v := &vocabulary{}
	for _, f := range []struct {
		name string
		into **terms.Set
	}{
		{"topics", &v.topics},
		{"labels", &v.labels},
		{"bases", &v.bases},
		{"flags", &v.flags},
		{"retention", &v.retention},
		{"purposes", &v.purposes},
		{"names", &v.names},
		{"transfers", &v.transfers},
		{"countries", &v.countries},
		{"recipients", &v.kinds},
		{"companyhints", &v.hints},
		{"handing", &v.handing},
		{"subjects", &v.subjects},
		{"mentions", &v.mentions},
		{"claims", &v.claims},
		{"activities", &v.activities},
		{"systems", &v.systems},
		{"deeds", &v.deeds},
	} {
		phrases, err := terms.Vocabulary(f.name)
		if err != nil {
			return nil, err
		}
		if *f.into, err = terms.Compile(phrases); err != nil {
			return nil, err
		}
	}
	if _, err := wordLists(); err != nil {
		return nil, err
	}
	if _, err := terms.Entries("institutions"); err != nil {
		return nil, err
	}
	var err error
	if v.categories, err = terms.NewCategories(); err != nil {
		return nil, err
	}
	v.companies, err = loadCompanies()
	return v, err
})

// has tells whether one of ids is in t.
func has(set *terms.Set, t terms.Text, ids ...string) bool {
	for _, m := range set.Find(t) {
		if slices.Contains(ids, m.ID) {
			return true
		}
	}
	return false
}

// topicOf returns what a heading announces: the words that come first in it.
func (v *vocabulary) topicOf(title string) string {
	t := terms.Read(title)
	if m := v.topics.Find(t); len(m) > 0 {
		if m[0].ID == terms.Nothing {
			return ""
		}
		// "Travaux, sécurité et vie de quartier" is no section on security.
		if from := m[0].From; from > 0 && from < 3 && t.Tokens[from].Gap == terms.Listed && len(t.Tokens) > m[0].To+2 {
			return ""
		}
		// "Le dossier partagé entre nous" is something shared.
		if m[0].ID == "recipients" && m[0].From > 1 && strings.HasPrefix(t.Tokens[m[0].From].Word, "partag") && strings.Contains(t.Raw[t.Tokens[m[0].From].Start:t.Tokens[m[0].From].End], "é") && t.Tokens[m[0].From-1].Word != "elles" && t.Tokens[m[0].From-1].Word != "sont" {
			return ""
		}
		// "Partie B – Machin sous-traitant" is a role of Machin.
		if m[0].ID == "recipients" && asProcessor.MatchString(fold(title)) {
			return "roles"
		}
		// "Volet A – Machin, responsable" too.
		if m[0].ID == "identity" && asController.MatchString(fold(title)) {
			return "roles"
		}
		// "Formulaire de contact" and "Rendez-vous pour une carte d'identité" too.
		if m[0].ID == "contact" && v.activities.Has(t) || m[0].ID == "identity" && ofPaper.MatchString(fold(title)) {
			return ""
		}
		// "Pourquoi une caméra dans le hall ?" is about the camera.
		if m[0].ID == "purposes" && t.Tokens[0].Word == "pourquoi" && len(t.Tokens) < 9 && v.activities.Has(t) {
			return ""
		}
		// "Vérifier le droit au travail" is something done.
		if m[0].ID == "rights" && m[0].From > 0 && infinitive(t.Tokens[0].Word) && !useRights()[t.Tokens[0].Word] {
			return ""
		}
		// "Amélioration du produit et sécurité" is something done.
		if m[0].ID == "security" && m[0].From > 1 && deedNoun(t.Tokens[0].Word) && t.Tokens[0].Word != "protection" {
			return ""
		}
		return m[0].ID
	}
	return ""
}

var asProcessor = pattern.New(`^(partie|titre|section|chapitre)?\b[^?]*\p{L}[^?]*\bsous-traitante?$`)

var asController = pattern.New(`^(partie|titre|section|chapitre|volet|livre)\b.*\bresponsable( d[eu] traitements?)?$`)

var ofPaper = pattern.New(`\b(cartes?|pieces?|titres?|documents?|photos?|justificatifs?) d'identite`)

// useRights are the verbs of headings on the rights of persons.
var useRights = stopSet("exercer faire connaitre comprendre demander retrouver utiliser garder reprendre maitriser")

// labelOf returns the field that s names when it is a label and nothing else.
func (v *vocabulary) labelOf(s string) string {
	t := terms.Read(s)
	// "Finalité 1", "Traitement n° 2".
	for n := len(t.Tokens); n > 1 && n <= 4 && (digits(t.Tokens[n-1].Word) == t.Tokens[n-1].Word || t.Tokens[n-1].Word == "n"); n-- {
		t.Tokens = t.Tokens[:n-1]
	}
	for len(t.Tokens) > 1 && slices.Contains(articles, t.Tokens[0].Word) {
		t.Tokens = t.Tokens[1:]
	}
	m := v.labels.Find(t)
	if len(m) > 0 && m[0].From == 0 && m[0].To == len(t.Tokens) {
		return m[0].ID
	}
	// "Finalités du traitement de données", "Durée de conservation (maximum)".
	if len(m) > 0 && m[0].From == 0 && len(t.Tokens) <= m[0].To+4 && m[0].ID != "name" && m[0].ID != "number" && m[0].ID != "data" &&
		len(t.Tokens) > m[0].To && (t.Tokens[m[0].To].Gap == terms.Bracket || slices.Contains(joiners, t.Tokens[m[0].To].Word)) {
		return m[0].ID
	}
	return ""
}

var (
	articles = []string{"le", "la", "les", "l", "d", "de", "des", "du", "nos", "vos", "un", "une"}
	joiners  = []string{"de", "du", "des", "et", "ou", "en", "concernees", "d"}
)
