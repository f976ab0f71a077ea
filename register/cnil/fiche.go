package cnil

import (
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/register/sheet"
)

// A fiche is one treatment's sheet on its way.
type fiche struct {
	s    *sheet.Sheet
	r    *reader
	t    register.Treatment
	line int // of the name
}

// value returns the cell beside a label.
func (f *fiche) value(label string) string {
	row, column := labelRow(f.s, label)
	if row < 0 {
		return ""
	}
	if label == "Nom du traitement" {
		f.line = row + 1
	}
	if v := forms.Clean(f.s.Cell(row, column+1)); !forms.Nothing(v) {
		return v
	}
	return ""
}

func (f *fiche) read() error {
	f.t.Created, f.t.Updated = forms.Date(f.value("Date de création du traitement")), forms.Date(f.value("Mise à jour du traitement"))
	f.actors()
	f.purposes()
	if err := f.data(); err != nil {
		return err
	}
	f.persons()
	f.recipients()
	f.security()
	f.transfers()
	return nil
}

// blank tells whether the sheet is the model, untouched.
func (f *fiche) blank() bool {
	t := &f.t
	return t.Name == "" && len(t.Purposes)+len(t.Data)+len(t.DataSubjects)+len(t.Recipients)+len(t.Security)+len(t.Transfers.List) == 0
}

// block returns the rows under a head, up to the next head or an empty gap of
// the model, and the columns of its sub-heads by their folded names.
func (f *fiche) block(head string) (from, to, column int, heads map[string]int) {
	row, column := labelRow(f.s, head)
	if row < 0 {
		return 0, 0, 0, nil
	}
	// "Données sensibles" and "Destinataires" are heads only with their sub-heads.
	heads = map[string]int{}
	for c := column + 1; c < column+10; c++ {
		if k := forms.Key(f.s.Cell(row, c)); k != "" {
			heads[k] = c
		}
	}
	to = row + 1
	for to < len(f.s.Rows) && !isHead(f.s.Cell(to, column)) {
		to++
	}
	return row + 1, to, column, heads
}

var headLabels = []string{
	"Description du traitement", "Acteurs", "Finalité(s) du traitement effectué", "Catégories de données personnelles concernées",
	"Données sensibles", "Catégories de personnes concernées", "Destinataires", "Mesures de sécurité", "Transferts hors UE",
}

func isHead(label string) bool {
	k := forms.Key(label)
	for _, h := range headLabels {
		if forms.Key(h) == k {
			return true
		}
	}
	return false
}

// at returns the column of a sub-head, or the model's.
func at(heads map[string]int, name string, model int) int {
	if c, ok := heads[forms.Key(name)]; ok {
		return c
	}
	return model
}

// cell returns a cell cleaned of what says nothing.
func (f *fiche) cell(row, column int) string {
	v := strings.TrimSpace(strings.ReplaceAll(f.s.Cell(row, column), "\u00a0", " "))
	if forms.Nothing(v) {
		return ""
	}
	return v
}

// actors reads who is responsible; the workbook repeats it on each sheet, and
// the first one that says it counts.
func (f *fiche) actors() {
	from, to, column, heads := f.block("Acteurs")
	org := &f.r.reg.Organisation
	for i := from; i < to; i++ {
		p := f.person(i, column, heads)
		label := forms.Key(f.s.Cell(i, column))
		if p == nil {
			continue
		}
		switch {
		case strings.HasPrefix(label, "responsable(s) conjoint"), strings.HasPrefix(label, "responsables conjoints"), strings.HasPrefix(label, "responsable conjoint"):
			f.t.JointControllers = append(f.t.JointControllers, forms.Items(p.Name)...)
		case strings.HasPrefix(label, "responsable du traitement") && org.Name == "":
			org.Name, p.Name = p.Name, ""
			org.Contact = *p
		case strings.HasPrefix(label, "delegue") && org.DPO == nil:
			org.DPO = p
		case strings.HasPrefix(label, "societe du dpo") && org.DPO != nil && org.DPO.Company == "":
			org.DPO.Company = p.Name
		case strings.HasPrefix(label, "representant") && org.Representative == nil:
			org.Representative = p
		}
	}
}

func (f *fiche) person(row, column int, heads map[string]int) *register.Party {
	v := func(name string, model int) string { return forms.Clean(f.cell(row, at(heads, name, column+model))) }
	country := v("Pays", 5)
	if forms.Country(country) == "FR" {
		country = ""
	}
	p := &register.Party{
		Name: v("Nom", 1), Phone: v("Téléphone", 6), Email: v("Adresse mél", 7),
		Address: join(", ", v("Adresse", 2), join(" ", v("Code Postal", 3), v("Ville", 4)), country),
	}
	if *p == (register.Party{}) {
		return nil
	}
	return p
}

func (f *fiche) purposes() {
	from, to, column, _ := f.block("Finalité(s) du traitement effectué")
	if from == 0 {
		if v := f.value("Finalité principale"); v != "" {
			f.t.Purposes = []string{v}
		}
		return
	}
	for i := from; i < to; i++ {
		if v := f.cell(i, column+1); v != "" {
			f.t.Purposes = append(f.t.Purposes, forms.Clean(v))
		}
	}
}

// data reads both blocks of categories: the rows that say something.
func (f *fiche) data() error {
	for _, head := range []string{"Catégories de données personnelles concernées", "Données sensibles"} {
		from, to, column, heads := f.block(head)
		for i := from; i < to; i++ {
			row, ok := rowFor(f.s.Cell(i, column))
			said := f.cell(i, at(heads, "Description", column+1))
			kept := f.cell(i, at(heads, "Durée de conservation", column+4))
			if said == "" && kept == "" {
				continue
			}
			if forms.Key(f.s.Cell(i, column)) == forms.Key(allData) && said == "" {
				f.t.Retention = append(f.t.Retention, forms.Retentions(kept)...)
				continue
			}
			if !ok {
				row.category = ""
			}
			if err := f.datum(row, said, kept, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// datum adds the categories of one row, each with its time limit.
func (f *fiche) datum(row dataRow, said, kept string, line int) error {
	ids, err := forms.Categories(said)
	if err != nil {
		return err
	}
	if row.sensitive || row.category == "nir" || len(ids) == 0 && row.category != "" {
		// The row itself names the category; its text only describes it.
		ids = append([]string{row.category}, without(ids, row.category)...)
		if row.sensitive {
			ids = ids[:1]
		}
	}
	if len(ids) == 0 {
		f.r.note("sheet %q, row %d: the description names no category of data that is known: left out", f.s.Name, line+1)
		return nil
	}
	limits, err := perCategory(kept)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d := register.Datum{Category: id, Retention: limits.of(id)}
		if said != "" && !forms.Yes(said) {
			d.Source = &register.Source{Words: forms.Clean(said)}
		}
		f.t.Data = append(f.t.Data, d)
	}
	return nil
}

func without(ids []string, id string) []string {
	var rest []string
	for _, x := range ids {
		if x != id {
			rest = append(rest, x)
		}
	}
	return rest
}

// limits are the time limits of a cell: by category where a line begins with one
// in brackets, else for all.
type limits struct {
	all []register.Retention
	by  map[string][]register.Retention
}

func (l limits) of(id string) []register.Retention {
	if own, ok := l.by[id]; ok {
		return own
	}
	return l.all
}

// perCategory reads `[IBAN] 1 an` lines and lines for all.
func perCategory(cell string) (limits, error) {
	out := limits{by: map[string][]register.Retention{}}
	for _, line := range forms.Lines(cell) {
		head, rest, ok := strings.Cut(line, "] ")
		if !ok || !strings.HasPrefix(head, "[") {
			out.all = append(out.all, forms.Retentions(line)...)
			continue
		}
		ids, err := forms.Categories(head[1:])
		if err != nil {
			return out, err
		}
		for _, id := range ids {
			out.by[id] = append(out.by[id], forms.Retentions(rest)...)
		}
	}
	return out, nil
}

// choices reads the rows of a block with a closed list and a text beside it.
func (f *fiche) choices(head, entry string, each func(entry, detail string, whole bool)) {
	from, to, column, heads := f.block(head)
	for i := from; i < to; i++ {
		chosen, detail := f.cell(i, at(heads, entry, column+1)), f.cell(i, at(heads, "Précisions", column+4))
		if chosen != "" || detail != "" {
			each(forms.Clean(chosen), detail, f.whole(i, heads))
		}
	}
}

// whole tells whether a row was written as said for the register as a whole.
func (f *fiche) whole(row int, heads map[string]int) bool {
	c, ok := heads[forms.Key(scope)]
	return ok && forms.Key(f.s.Cell(row, c)) == forms.Key(ofDocument)
}

func (f *fiche) persons() {
	f.choices("Catégories de personnes concernées", "Description", func(entry, detail string, _ bool) {
		detail = forms.Clean(detail)
		switch {
		case detail == "" && other(persons, entry):
		case detail == "":
			f.t.DataSubjects = append(f.t.DataSubjects, entry)
		case entry == "" || other(persons, entry):
			f.t.DataSubjects = append(f.t.DataSubjects, detail)
		default:
			f.t.DataSubjects = append(f.t.DataSubjects, entry+" ("+detail+")")
		}
	})
}

func (f *fiche) recipients() {
	f.choices("Destinataires", "Type de destinataire", func(entry, detail string, whole bool) {
		kind := ""
		if i := listed(kinds, entry); i >= 0 {
			kind = kindIDs[i]
		} else if entry != "" && detail != "" {
			kind = entry
		}
		names := forms.Items(detail)
		if len(names) == 0 && !other(kinds, entry) {
			names = []string{entry}
		}
		for _, name := range names {
			c := register.Recipient{Name: name, Kind: kind}
			c.Name, c.Country = located(name)
			if whole {
				addNew(&f.r.reg.Document.Recipients, c)
				continue
			}
			f.t.Recipients = append(f.t.Recipients, c)
		}
	})
}

// addNew keeps once what each sheet repeats.
func addNew[T comparable](to *[]T, x T) {
	if !slices.Contains(*to, x) {
		*to = append(*to, x)
	}
}

// located parts a name from the country in brackets after it.
func located(name string) (string, string) {
	if i := strings.LastIndex(name, " ("); i > 0 && strings.HasSuffix(name, ")") {
		if code := forms.Country(name[i+2 : len(name)-1]); code != "" {
			return name[:i], code
		}
	}
	return name, ""
}

func (f *fiche) security() {
	f.choices("Mesures de sécurité", "Type de mesure de sécurité", func(entry, detail string, _ bool) {
		m := register.Measure{Kind: entry, Detail: forms.Clean(detail)}
		if m.Detail == "" {
			m.Kind, m.Detail = "", entry
		} else if other(measures, entry) {
			m.Kind = ""
		}
		if !other(measures, m.Detail) {
			f.t.Security = append(f.t.Security, m)
		}
	})
}

func (f *fiche) transfers() {
	from, to, column, heads := f.block("Transferts hors UE")
	for i := from; i < to; i++ {
		who := f.cell(i, at(heads, "Destinataire", column+1))
		country := f.cell(i, at(heads, "Pays", column+2))
		how := f.cell(i, at(heads, "Type de Garanties", column+3))
		where := f.cell(i, at(heads, "Liens vers la documentation", column+5))
		if strings.HasPrefix(forms.Key(who), "aucun transfert") {
			to := &f.t.Transfers
			if f.whole(i, heads) {
				to = &f.r.reg.Document.Transfers
			}
			to.None = true
			continue
		}
		if who == "" && country == "" && how == "" && where == "" {
			continue
		}
		t := register.Transfer{Recipient: forms.Clean(who), Country: forms.Country(country), Document: forms.Clean(where)}
		if i := listed(safeguards, how); i >= 0 {
			t.Safeguard = safeguardIDs[i]
		} else if how != "" {
			t.Document = join(" ; ", forms.Clean(how), t.Document)
		}
		if t.Country == "" && country != "" {
			f.r.note("sheet %q, row %d: a country that is not known: left out", f.s.Name, i+1)
		}
		if f.whole(i, heads) {
			addNew(&f.r.reg.Document.Transfers.List, t)
			continue
		}
		f.t.Transfers.List = append(f.t.Transfers.List, t)
	}
	if len(f.t.Transfers.List) > 0 {
		f.t.Transfers.None = false
	}
}
