package cnil

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/register/sheet"
	"github.com/ecart-rgpd/ecart/rules"
)

// Write makes a workbook of our own with the sheets, labels, order and lists of
// the CNIL's model. lost names the keys that the model has no place for.
func Write(reg *register.Register) (b *sheet.Book, lost []string, err error) {
	w := &writer{reg: reg, rules: &rules.Rules{}, names: map[string]bool{}}
	if w.rules.Categories, err = rules.List[rules.Category](nil, "categories"); err != nil {
		return nil, nil, err
	}
	lists, err := w.lists()
	if err != nil {
		return nil, nil, err
	}
	b = &sheet.Book{Sheets: []sheet.Sheet{tutorial(), w.list(), w.fiche("3_-_Modèle_de_fiche_de_registre", register.Treatment{}, "Modèle de fiche de registre à compléter", "ref-001")}}
	for _, t := range reg.Treatments {
		b.Sheets = append(b.Sheets, w.fiche(w.sheetName(t.Name), t, "Fiche de registre", t.Ref))
	}
	b.Sheets = append(b.Sheets, w.fiche("4_-_Exemple_de_fiche", example, "Exemple de fiche de registre", example.Ref), lists)
	return b, w.lost(), nil
}

type writer struct {
	reg   *register.Register
	rules *rules.Rules
	names map[string]bool
	lands int // entries of the list of countries
}

// example shows how a sheet is filled; it is invented, and its reference keeps
// importers from taking it for a declaration.
var example = register.Treatment{
	Name: "Gestion des adhésions", Ref: "1 - Exemple", Purposes: []string{"Gestion des adhésions", "Appel des cotisations"},
	DataSubjects: []string{"Adhérents"},
	Data:         []register.Datum{{Category: "person_name", Retention: []register.Retention{{Duration: "P3Y", Starts: "fin de l'adhésion"}}}},
	Recipients:   []register.Recipient{{Name: "Secrétariat", Kind: register.Internal}},
	Security:     []register.Measure{{Detail: "Sauvegarde des données"}},
}

func tutorial() sheet.Sheet {
	s := sheet.Sheet{Name: sheetTutorial, Widths: []int{110}, Heads: []int{0}}
	for _, line := range []string{
		"Registre des traitements - Fiche tutorielle", "",
		"Ce classeur reprend la présentation du registre simplifié de la CNIL. Il a été produit par ecart à partir du registre de l'organisme.",
		"► Onglet 2 : la liste des traitements.",
		"► Onglet 3 : le modèle de fiche, à dupliquer pour chaque nouveau traitement.",
		"► Onglets suivants : une fiche par traitement.",
		"► Onglet 5 : les listes proposées dans les fiches.",
	} {
		s.Rows = append(s.Rows, []string{line})
	}
	return s
}

func (w *writer) list() sheet.Sheet {
	s := sheet.Sheet{Name: sheetList, Widths: []int{34, 18, 22, 18, 30, 22, 26, 22, 26}, Heads: []int{6, 7}}
	o := w.reg.Organisation
	contact := o.Contact
	contact.Name = o.Name
	bracket := "\n(responsable de traitement ou son représentant si le responsable est situé en dehors de l’UE)"
	w.coordinates(&s, 0, "Coordonnées du responsable de l’organisme"+bracket, &contact)
	w.coordinates(&s, 2, "Coordonnées du représentant"+bracket, o.Representative)
	w.dpo(&s, 4, o.DPO)
	for c, text := range map[int]string{0: "Identification du traitement", 4: "Finalité du traitement", 7: "Données sensibles ?"} {
		s.Set(6, c, text)
	}
	for c, text := range []string{"Nom du traitement", "N° / RÉF", "Date de création de la fiche", "Dernière mise à jour de la fiche", "", "", "", "Oui/non"} {
		s.Set(7, c, text)
	}
	for i, t := range w.reg.Treatments {
		row := 8 + i
		sensitive := "Non"
		for _, d := range t.Data {
			if r := w.rules.Category(d.Category).Regime; r == rules.Special || r == rules.Offence {
				sensitive = "Oui"
			}
		}
		for c, text := range []string{t.Name, t.Ref, forms.FrenchDate(t.Created), forms.FrenchDate(t.Updated), items(t.Purposes), "", "", sensitive} {
			s.Set(row, c, text)
		}
	}
	return s
}

func items(all []string) string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = forms.Item(s)
	}
	return strings.Join(out, ", ")
}

func (w *writer) coordinates(s *sheet.Sheet, row int, label string, p *register.Party) {
	if p == nil {
		p = &register.Party{}
	}
	for c, text := range []string{label, "Nom :", p.Name, "Prénom :", "", "Adresse :", p.Address, "Adresse mél :", p.Email} {
		s.Set(row, c, text)
	}
	for c, text := range []string{"", "Code postal :", "", "Ville :", "", "Téléphone :", p.Phone} {
		s.Set(row+1, c, text)
	}
}

func (w *writer) dpo(s *sheet.Sheet, row int, p *register.Party) {
	if p == nil {
		p = &register.Party{}
	}
	for c, text := range []string{"Coordonnées du délégué à la protection des données (DPO)", "Nom :", p.Name, "Prénom :", "", "Société (si DPO externe) :", p.Company, "Adresse :", p.Address} {
		s.Set(row, c, text)
	}
	for c, text := range []string{"", "Code postal :", "", "Ville :", "", "Téléphone :", p.Phone, "Adresse mél :", p.Email} {
		s.Set(row+1, c, text)
	}
}

// sheetName makes a name that all spreadsheets accept: 31 characters, some of
// them forbidden, each used once.
func (w *writer) sheetName(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name), " ")
	if name == "" {
		name = "Fiche"
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf(" (%d)", n)
		}
		short := cutRunes(name, 31-len(suffix)) + suffix
		if key := strings.ToLower(short); !w.names[key] && key != strings.ToLower(sheetList) && key != strings.ToLower(sheetLists) && key != strings.ToLower(sheetTutorial) {
			w.names[key] = true
			return short
		}
	}
}

func cutRunes(s string, n int) string {
	for utf8.RuneCountInString(s) > n {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.TrimSpace(s)
}

// columns of the sheet of lists, from 0, in the order of the model.
const (
	listSafeguards, listCountries, listPersons, listKinds, listMeasures = 0, 2, 5, 7, 9
)

func (w *writer) lists() (sheet.Sheet, error) {
	s := sheet.Sheet{Name: sheetLists, Heads: []int{0}, Widths: []int{40, 4, 34, 16, 4, 30, 4, 60, 4, 40}}
	names, zones, err := countries()
	if err != nil {
		return s, err
	}
	w.lands = len(names)
	for c, l := range map[int][]string{
		listSafeguards: append([]string{"Garanties", placeholder}, safeguards...),
		listCountries:  append([]string{"Pays", placeholder}, names...),
		3:              append([]string{"Zone", ""}, zones...),
		listPersons:    append([]string{"Catégories de personnes", placeholder}, persons...),
		listKinds:      append([]string{"Destinataires", placeholder}, kinds...),
		listMeasures:   append([]string{"Mesures de sécurité techniques", placeholder}, measures...),
	} {
		for i, text := range l {
			s.Set(i, c, text)
		}
	}
	return s, nil
}

// countries are those outside the EEA, with their state on our dated list, which
// is newer than the model's.
func countries() (names, zones []string, err error) {
	adequacy, err := rules.LoadAdequacy()
	if err != nil {
		return nil, nil, err
	}
	all, err := rules.Countries()
	if err != nil {
		return nil, nil, err
	}
	for _, c := range all {
		if adequacy.Inside(c.Code) {
			continue
		}
		zone := "Non adéquat"
		if _, ok := adequacy.Adequate(c.Code, adequacy.AsOf); ok {
			zone = "adéquat"
		}
		names, zones = append(names, c.Label.FR), append(zones, zone)
	}
	return names, zones, nil
}

// lost names what the register says and the model has no place for.
func (w *writer) lost() []string {
	d := &w.reg.Document
	said := map[string]bool{
		"organisation.siren": w.reg.Organisation.SIREN != "", "systems": len(w.reg.Systems) > 0,
		"document.purposes": len(d.Purposes) > 0, "document.legal_bases": len(d.LegalBases) > 0, "document.special_category_basis": d.SpecialCategoryBasis != "",
		"document.data_subjects": len(d.DataSubjects) > 0, "document.data": len(d.Data) > 0,
		"document.profiling": d.Profiling != "", "document.origin": d.Origin != "", "document.notes": d.Notes != "",
	}
	for _, t := range w.reg.Treatments {
		for key, is := range map[string]bool{
			"role": t.Role != "", "on_behalf_of": len(t.OnBehalfOf) > 0, "legal_bases": len(t.LegalBases) > 0, "special_category_basis": t.SpecialCategoryBasis != "",
			"dpia": t.DPIA != nil, "profiling": t.Profiling != "", "origin": t.Origin != "", "processor_contract": t.ProcessorContract != "", "notes": t.Notes != "",
		} {
			said[key] = said[key] || is
		}
	}
	var lost []string
	for _, key := range []string{
		"organisation.siren", "role", "on_behalf_of", "legal_bases", "special_category_basis", "systems", "dpia", "profiling", "origin", "processor_contract", "notes",
		"document.purposes", "document.legal_bases", "document.special_category_basis", "document.data_subjects", "document.data", "document.profiling", "document.origin", "document.notes",
	} {
		if said[key] {
			lost = append(lost, key)
		}
	}
	return lost
}
