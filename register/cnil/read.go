package cnil

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/register/sheet"
)

// ErrNotCNIL says that no sheet has the labels of the model.
var ErrNotCNIL = errors.New("no sheet has the labels of the CNIL's model")

// Read turns a workbook into a register. Sheets are known by their labels,
// whatever their names and rows. notes say what was left out, and why; they name
// sheets, not their content.
func Read(file string, b *sheet.Book) (reg *register.Register, notes []string, err error) {
	r := &reader{reg: &register.Register{File: file, Format: "cnil", Absent: slices.Clone(Absent)}, ids: forms.IDs{}, notes: slices.Clone(b.Notes)}
	known := 0
	for i := range b.Sheets {
		s := &b.Sheets[i]
		switch {
		case isList(s):
			known++
			r.list(s)
		case isFiche(s):
			known++
			r.fiches = append(r.fiches, s)
		}
	}
	if known == 0 {
		return nil, nil, ErrNotCNIL
	}
	for _, s := range r.fiches {
		if err := r.fiche(s); err != nil {
			return nil, nil, err
		}
	}
	r.listedOnly()
	return r.reg, r.notes, nil
}

type reader struct {
	reg    *register.Register
	ids    forms.IDs
	fiches []*sheet.Sheet
	listed []entry // treatments of the list
	notes  []string
}

// An entry is a line of the list of treatments.
type entry struct {
	name, ref, created, updated, purpose string
	row                                  int
}

func (r *reader) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

// labelRow returns the first row whose first cells hold the label, -1 for none.
// A user who inserts a column moves the labels: the first three are looked at.
func labelRow(s *sheet.Sheet, label string) (row, column int) {
	key := forms.Key(label)
	for i := range s.Rows {
		for c := range 3 {
			if forms.Key(s.Cell(i, c)) == key {
				return i, c
			}
		}
	}
	return -1, 0
}

func isFiche(s *sheet.Sheet) bool {
	if row, _ := labelRow(s, "Nom du traitement"); row < 0 {
		return false
	}
	n := 0
	for _, l := range []string{"Acteurs", "Finalité principale", "Catégories de données personnelles concernées", "Données sensibles", "Destinataires", "Mesures de sécurité"} {
		if row, _ := labelRow(s, l); row >= 0 {
			n++
		}
	}
	return n >= 2
}

func isList(s *sheet.Sheet) bool {
	row, _ := labelRow(s, "Identification du traitement")
	names, column := labelRow(s, "Nom du traitement")
	return row >= 0 && names >= 0 && forms.Key(s.Cell(names, column+1)) != "" && !isFiche(s)
}

// list reads the coordinates and the entries of the list of treatments.
func (r *reader) list(s *sheet.Sheet) {
	head, column := labelRow(s, "Nom du traitement")
	for i := range head {
		switch label := forms.Key(s.Cell(i, column)); {
		case strings.HasPrefix(label, "coordonnees du responsable"):
			p := party(s, i, column)
			if r.reg.Organisation.Name == "" && p != nil {
				r.reg.Organisation.Name, p.Name = p.Name, ""
				r.reg.Organisation.Contact = *p
			}
		case strings.HasPrefix(label, "coordonnees du representant"):
			r.reg.Organisation.Representative = party(s, i, column)
		case strings.HasPrefix(label, "coordonnees du delegue"):
			r.reg.Organisation.DPO = party(s, i, column)
		}
	}
	purposes := column + 4
	for c := range 12 {
		if strings.HasPrefix(forms.Key(s.Cell(head-1, c)), "finalite") {
			purposes = c
		}
	}
	for i := head + 1; i < len(s.Rows); i++ {
		e := entry{
			name: forms.Clean(s.Cell(i, column)), ref: forms.Clean(s.Cell(i, column+1)),
			created: forms.Date(s.Cell(i, column+2)), updated: forms.Date(s.Cell(i, column+3)), purpose: s.Cell(i, purposes), row: i,
		}
		if e.name != "" && !isExample(e.name) && !isExample(e.ref) {
			r.listed = append(r.listed, e)
		}
	}
}

// party reads the two lines of coordinates beside a label: `Nom :` and its value
// in the next cell, and so on.
func party(s *sheet.Sheet, row, column int) *register.Party {
	v := map[string]string{}
	for i := row; i < row+2; i++ {
		if i > row && forms.Key(s.Cell(i, column)) != "" {
			break
		}
		for c := column + 1; c < column+10; c++ {
			label, inside, ok := strings.Cut(forms.Clean(s.Cell(i, c)), ":")
			value := forms.Clean(s.Cell(i, c+1))
			if inside != "" {
				value = strings.TrimSpace(inside) // typed after the label, in its cell
			}
			if ok && !strings.HasSuffix(value, ":") && !forms.Nothing(value) {
				v[forms.Key(label)] = value
			}
		}
	}
	p := &register.Party{
		Name:    join(" ", v["prenom"], v["nom"]),
		Company: v["societe (si dpo externe)"], Email: v["adresse mel"], Phone: v["telephone"],
		Address: join(", ", v["adresse"], join(" ", v["code postal"], v["ville"])),
	}
	if *p == (register.Party{}) {
		return nil
	}
	return p
}

func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

// isExample tells the examples of the model from what a user declares.
func isExample(text string) bool {
	k := forms.Key(text)
	return strings.HasPrefix(k, "(exemple)") || strings.Contains(k, "- exemple") || k == "exemple"
}

// fiche reads one treatment, unless its sheet is the model's example or blank.
func (r *reader) fiche(s *sheet.Sheet) error {
	f := &fiche{s: s, r: r}
	f.t.Name = f.value("Nom du traitement")
	f.t.Ref = f.value("N° / RÉF")
	if forms.Key(f.t.Ref) == "ref-001" {
		f.t.Ref = "" // the reference of the blank model
	}
	if isExample(f.t.Ref) || strings.HasPrefix(forms.Key(s.Cell(0, 0)), "exemple de fiche") && isExample(s.Cell(0, 7)) {
		r.note("sheet %q: the example of the model: left out", s.Name)
		return nil
	}
	if err := f.read(); err != nil {
		return err
	}
	if f.blank() {
		return nil
	}
	if f.t.Name == "" {
		f.t.Name = s.Name
		r.note("sheet %q: no name of treatment: the name of the sheet is used", s.Name)
	}
	for _, other := range r.reg.Treatments {
		if forms.Key(other.Name) == forms.Key(f.t.Name) && other.Ref == f.t.Ref {
			r.note("sheet %q: a second sheet of one treatment: both are kept, compare them", s.Name)
		}
	}
	f.t.ID = r.ids.New(f.t.Name)
	f.t.Source = &register.Source{File: r.reg.File + "!/" + s.Name, Line: f.line}
	r.reg.Treatments = append(r.reg.Treatments, f.t)
	return nil
}

// listedOnly adds the treatments that the list names and no sheet describes, and
// completes the others.
func (r *reader) listedOnly() {
	described := len(r.reg.Treatments)
	for _, e := range r.listed {
		found := false
		for i := range r.reg.Treatments[:described] {
			t := &r.reg.Treatments[i]
			if forms.Key(t.Name) != forms.Key(e.name) && (e.ref == "" || t.Ref != e.ref) {
				continue
			}
			found = true
			t.Created, t.Updated = first(t.Created, e.created), first(t.Updated, e.updated)
			t.Ref = first(t.Ref, e.ref)
			if len(t.Purposes) == 0 {
				t.Purposes = forms.Items(e.purpose)
			}
		}
		if found {
			continue
		}
		r.note("treatment of line %d of the list has no sheet of its own: only its line was read", e.row+1)
		r.reg.Treatments = append(r.reg.Treatments, register.Treatment{
			ID: r.ids.New(e.name), Name: e.name, Ref: e.ref, Created: e.created, Updated: e.updated, Purposes: forms.Items(e.purpose),
			Source: &register.Source{File: r.reg.File + "!/" + sheetList, Line: e.row + 1},
		})
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
