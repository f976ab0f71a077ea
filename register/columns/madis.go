package columns

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/register/sheet"
)

// Madis reads the CSV export of Madis, the French public sector's open-source
// tool; ErrUnknown when the table is another.
func Madis(file string, b *sheet.Book) (*register.Register, []string, error) {
	t := headed(b, "Nom", "En tant que", "Finalités", "Base légale")
	if t == nil {
		return nil, nil, ErrUnknown
	}
	m := &madis{table: t, builder: newBuilder(file, "madis", b, "special_category_basis", "transfers", "processor_contract")}
	m.shift()
	if err := t.rows(m.row); err != nil {
		return nil, nil, err
	}
	return m.reg, m.notes, nil
}

type madis struct {
	*table
	*builder
	persons []person // columns of data subjects
}

type person struct {
	name string
	at   int
}

const personPrefix = "Détails - Personnes concernées - "

// headOrder is the order of the columns of persons in exports whose values stand
// in another: some versions of Madis write the heads and the values of these
// columns from two lists.
var (
	headOrder  = []string{"Particuliers", "Internautes", "Salariés", "Élus", "Professionnels", "Partenaires", "Usagers", "Autres"}
	valueOrder = []string{"Particuliers", "Internautes", "Usagers", "Salariés", "Élus", "Professionnels", "Partenaires", "Autres"}
)

// shift finds the columns of persons, and puts right the shifted ones.
func (m *madis) shift() {
	prefix := forms.Key(personPrefix + "X")
	prefix = prefix[:len(prefix)-1]
	var order []string
	for c, name := range m.names {
		if who, ok := strings.CutPrefix(name, prefix); ok && !strings.HasSuffix(who, "commentaire") {
			m.persons = append(m.persons, person{strings.TrimSpace(m.sheet.Cell(m.head, c)), c})
			order = append(order, who)
		}
	}
	same := len(order) == len(headOrder)
	for i := range order {
		same = same && order[i] == forms.Key(headOrder[i])
	}
	for i := range m.persons {
		if same {
			m.persons[i].name = valueOrder[i]
		} else {
			m.persons[i].name = m.persons[i].name[strings.LastIndex(m.persons[i].name, "-")+1:]
		}
		m.persons[i].name = strings.TrimSpace(m.persons[i].name)
	}
	if same {
		m.note("this version of Madis shifts the columns of data subjects: Salariés to Usagers are read one column further; check them")
	}
}

func (m *madis) row(row int) error {
	t := register.Treatment{
		Name: m.cell(row, "Nom"), Purposes: purposes(m.cell(row, "Finalités")), Notes: forms.Clean(m.cell(row, "Observations")),
		Created: forms.Date(m.cell(row, "Historique - Date de création")), Updated: forms.Date(m.cell(row, "Historique - Date de modification")),
		Origin: forms.Clean(m.cell(row, "Détails - Origine des données")),
	}
	if o := &m.reg.Organisation; o.Name == "" {
		o.Name = m.cell(row, "Structure - Nom")
		if s := strings.ReplaceAll(m.cell(row, "Structure - SIREN"), " ", ""); siren.MatchString(s) {
			o.SIREN = s
		}
	}
	m.roles(&t, row)
	var err error
	if t.LegalBases, err = m.bases(m.cell(row, "Base légale")); err != nil {
		return err
	}
	if t.Data, err = m.data(&t, strings.ReplaceAll(m.cell(row, "Catégorie de données")+"\n"+m.cell(row, "Catégorie des données - Autres catégories"), " - ", "\n"), nil, row); err != nil {
		return err
	}
	t.Retention = m.retention(row)
	for _, p := range m.persons {
		if forms.Yes(m.sheet.Cell(row, p.at)) {
			t.DataSubjects = append(t.DataSubjects, p.name)
		}
	}
	t.Recipients = append(recipients(m.cell(row, "Destination - Catégorie de destinataires"), ""), recipients(m.cell(row, "Destination - Sous-traitants"), register.Subprocessor)...)
	m.security(&t, row)
	m.software(&t, row)
	m.add(t, row)
	return nil
}

var siren = pattern.New(`^\d{9}$`)

// purposes loses the space that Madis puts before a dash so that spreadsheets do
// not take it for a formula.
func purposes(cell string) []string { return forms.Lines(cell) }

func (m *madis) roles(t *register.Treatment, row int) {
	who := forms.Clean(m.cell(row, "Coordonnées du responsable de traitement"))
	switch role := forms.Key(m.cell(row, "En tant que")); {
	case strings.HasPrefix(role, "sous-traitant"):
		t.Role = register.Processor
		if who != "" {
			t.OnBehalfOf = []string{who}
		}
	case strings.HasPrefix(role, "responsabilite conjointe"):
		t.Role = register.Controller
		if who != "" {
			t.JointControllers = []string{who}
		}
	case role != "":
		t.Role = register.Controller
	}
}

var numbered = pattern.New(`^\d+ ?: ?`)

// retention reads three columns side by side, each `1: …`, `2: …` in one cell.
func (m *madis) retention(row int) []register.Retention {
	numberedLines := func(name string) []string {
		lines := strings.Split(strings.ReplaceAll(m.cell(row, "Détails - Délai de conservation - "+name), "\r\n", "\n"), "\n")
		for i, l := range lines {
			lines[i] = forms.Clean(numbered.ReplaceAllString(strings.TrimSpace(l), ""))
		}
		return lines
	}
	names := numberedLines("Nom")
	var all []register.Retention
	for i, line := range numberedLines("Durée") {
		for _, r := range forms.Retentions(line) {
			if i < len(names) && r.Subject == "" {
				r.Subject = names[i]
			}
			all = append(all, r)
		}
	}
	return all
}

const securityPrefix = "Mesures de sécurité et confidentialité - "

func (m *madis) security(t *register.Treatment, row int) {
	for _, kind := range []string{"Contrôle d'accès", "Traçabilité", "Sauvegarde", "Mise à jour", "Autres"} {
		if !forms.Yes(m.cell(row, securityPrefix+kind)) {
			continue
		}
		detail := forms.Clean(m.cell(row, securityPrefix+kind+" - Commentaire"))
		if detail == "" {
			t.Security = append(t.Security, register.Measure{Detail: kind})
			continue
		}
		t.Security = append(t.Security, register.Measure{Kind: kind, Detail: detail})
	}
	if forms.Yes(m.cell(row, "Traitement spécifique - Évaluation ou notation")) {
		t.Profiling = "Évaluation ou notation"
	}
}

// software makes a system of each software named.
func (m *madis) software(t *register.Treatment, row int) {
	m.systems(t, several(m.cell(row, "Détails - Logiciels et supports")))
}
