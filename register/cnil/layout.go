// Package cnil reads and writes the CNIL's simplified record of processing, a
// workbook in ODS or XLSX with one sheet for the list and one for each treatment.
package cnil

import (
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/rules"
)

// Sheet names of the model.
const (
	sheetTutorial = "Tutoriel"
	sheetList     = "2_-_Liste_des_traitements"
	sheetLists    = "5_-_Listes"
)

// placeholder is the first entry of each closed list: nothing chosen yet.
const placeholder = "Sélectionnez un élément dans cette liste déroulante ►"

// Absent are the fields that the workbook does not have.
var Absent = []string{"role", "legal_bases", "special_category_basis", "systems", "origin", "dpia", "profiling", "processor_contract"}

// A row of data: its label in the model, and the category it stands for when its
// description names none.
type dataRow struct {
	label     string
	category  string
	sensitive bool // in the second block: the row itself says the category
}

var dataRows = []dataRow{
	{"État civil, identité, données d'identification, images…", "identity", false},
	{"Vie personnelle (habitudes de vie, situation familiale, etc.)", "family_situation", false},
	{"Informations d'ordre économique et financier (revenus, situation financière, situation fiscale, etc.)", "financial_situation", false},
	{"Données de connexion (adress IP, logs, etc.)", "connection_data", false},
	{"Données de localisation (déplacements, données GPS, GSM, etc.)", "geolocation", false},
	{"Numéro de Sécurité Sociale (ou NIR)", "nir", false},
	{"Données révélant l'origine raciale ou ethnique", "ethnic_origin", true},
	{"Données révélant les opinions politiques", "political_opinion", true},
	{"Données révélant les convictions religieuses ou philosophiques", "religion", true},
	{"Données révélant l'appartenance syndicale", "union_membership", true},
	{"Données génétiques", "genetics", true},
	{"Données biométriques aux fins d'identifier une personne physique de manière unique", "biometrics", true},
	{"Données concernant la santé", "health", true},
	{"Données concernant la vie sexuelle ou l'orientation sexuelle", "sex_life", true},
	{"Données relatives à des condamnations pénales ou infractions", "criminal_record", true},
}

// olderRows are rows of the CNIL's older model, read when a user added them.
var olderRows = []dataRow{
	{"Vie professionnelle", "professional_life", false},
	{"Internet", "online_activity", false},
	{"Autres catégories", "", false},
	{"Autres données", "", false},
}

// allData labels a row of ours: the time limit of a treatment that no category of
// data carries.
const allData = "Toutes les données du traitement"

// scope heads a column of ours, ofDocument is what it says: the entry holds for the
// register as a whole, and was not declared of the treatment on whose sheet it stands.
const (
	scope      = "Portée"
	ofDocument = "Dit pour l'ensemble du registre, non de ce seul traitement"
)

// rowFor returns the row of a label, and whether there is one: labels are
// compared by their beginning, before the bracket that explains them.
func rowFor(label string) (dataRow, bool) {
	key := short(label)
	for _, r := range append(append([]dataRow{}, dataRows...), olderRows...) {
		if k := short(r.label); key == k || strings.HasPrefix(key, k) && len(k) > 10 {
			return r, true
		}
	}
	return dataRow{}, false
}

// short is a label folded, up to its bracket.
func short(label string) string {
	k := forms.Key(label)
	if i := strings.IndexByte(k, '('); i > 0 {
		k = strings.TrimSpace(k[:i])
	}
	return k
}

// rowOf returns the index of the row that holds a category when a register is
// written. What the model has no row for goes to the nearest one.
func rowOf(r *rules.Rules, category string) int {
	for i, row := range dataRows {
		if row.category == category {
			return i
		}
	}
	cnil := short(r.Category(category).CNIL)
	switch {
	case cnil == short("Vie professionnelle"):
		return 1
	case category == "communication_content":
		return 3
	}
	for i, row := range dataRows {
		if cnil != "" && strings.HasPrefix(short(row.label), cnil) {
			return i
		}
	}
	return 0
}

// The closed lists of the model, without their placeholder.
var (
	persons = []string{"Salariés", "Services Internes", "Clients", "Fournisseurs", "Prestataires", "Prospects", "Candidats", "Autres (préciser)"}
	kinds   = []string{
		"Service interne qui traite les données", "Sous-traitants", "Destinataires dans des pays tiers ou organisations internationales",
		"Partenaires institutionnels ou commerciaux", "Autre (Préciser)",
	}
	measures = []string{
		"Mesures de traçabilité", "Mesures de protection des logiciels", "Sauvegarde des données", "Chiffrement des données",
		"Contrôle d'accès des utilisateurs", "Contrôle des sous-traitants", "Autres mesures (à préciser)",
	}
	safeguards = []string{
		"Clauses contractuelles types (CCT)", "Règles d'entreprise contraignantes (BCR)", "Pays adéquat", "Privacy shield",
		"Code de conduite", "Certification", "Dérogations (art 49)",
	}
)

// kindIDs and safeguardIDs pair our ids with the entries of the lists above.
var (
	kindIDs      = []string{register.Internal, register.Subprocessor, register.Abroad, register.Partner, ""}
	safeguardIDs = []string{"scc", "bcr", "adequacy", "privacy_shield", "code_of_conduct", "certification", "derogation"}
)

// listed returns the index of an entry in a closed list, -1 for a text of the
// user's own.
func listed(all []string, text string) int {
	key := forms.Key(text)
	for i, e := range all {
		if forms.Key(e) == key {
			return i
		}
	}
	return -1
}

// other tells whether an entry is the last of its list, "others (to be stated)".
func other(all []string, text string) bool { return listed(all, text) == len(all)-1 }
