// Package columns reads registers kept as one table, a treatment a row: a Madis
// export, a Dastra export, or any table with a map of its columns.
package columns

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/register/policy"
	"github.com/ecart-rgpd/ecart/register/sheet"
)

// ErrUnknown says that no head of a known form was found.
var ErrUnknown = errors.New("no head of a table that is known")

// A table is a sheet with its head: columns by folded name.
type table struct {
	sheet *sheet.Sheet
	head  int
	at    map[string]int
	names []string // folded heads, in order
}

// headed returns the table whose head, within the first rows of a sheet, has all
// of the names.
func headed(b *sheet.Book, names ...string) *table {
	for i := range b.Sheets {
		s := &b.Sheets[i]
		for row := 0; row < min(len(s.Rows), 30); row++ {
			t := &table{sheet: s, head: row, at: map[string]int{}}
			for c, cell := range s.Rows[row] {
				key := forms.Key(cell)
				t.names = append(t.names, key)
				if _, twice := t.at[key]; !twice {
					t.at[key] = c
				}
			}
			if t.has(names...) {
				return t
			}
		}
	}
	return nil
}

func (t *table) has(names ...string) bool {
	for _, n := range names {
		if _, ok := t.at[forms.Key(n)]; !ok {
			return false
		}
	}
	return len(names) > 0
}

// cell returns a cell by the name of its column, "" when it says nothing. Rows
// may be shorter than the head.
func (t *table) cell(row int, name string) string {
	c, ok := t.at[forms.Key(name)]
	if !ok {
		return ""
	}
	v := strings.TrimSpace(t.sheet.Cell(row, c))
	if forms.Nothing(v) {
		return ""
	}
	return v
}

// rows calls each for the rows under the head that hold anything.
func (t *table) rows(each func(row int) error) error {
	for row := t.head + 1; row < len(t.sheet.Rows); row++ {
		if strings.TrimSpace(strings.Join(t.sheet.Rows[row], "")) == "" {
			continue
		}
		if err := each(row); err != nil {
			return err
		}
	}
	return nil
}

// A builder gathers treatments, with ids and notes.
type builder struct {
	reg   *register.Register
	ids   forms.IDs
	notes []string
}

func newBuilder(file, format string, b *sheet.Book, absent ...string) *builder {
	return &builder{&register.Register{File: file, Format: format, Absent: absent}, forms.IDs{}, slices.Clone(b.Notes)}
}

func (b *builder) note(format string, args ...any) {
	if n := fmt.Sprintf(format, args...); !slices.Contains(b.notes, n) {
		b.notes = append(b.notes, n)
	}
}

// add keeps a treatment, unless its row names none.
func (b *builder) add(t register.Treatment, row int) {
	if t.Name == "" {
		b.note("row %d: no name of treatment: left out", row+1)
		return
	}
	t.ID = b.ids.New(t.Name)
	t.Source = &register.Source{File: b.reg.File, Line: row + 1}
	b.reg.Treatments = append(b.reg.Treatments, t)
}

// data reads the categories of a cell. What becomes none is told, and is a TODO: a
// category that is lost makes each file that holds it a false gap.
func (b *builder) data(t *register.Treatment, cell string, limits []register.Retention, row int) ([]register.Datum, error) {
	ids, err := forms.Categories(cell)
	if err != nil {
		return nil, err
	}
	items := forms.Items(cell)
	for i, said := range items {
		known, err := forms.Categories(said)
		if err != nil {
			return nil, err
		}
		if len(known) == 0 && !forms.Undecided(said) && !more[forms.Key(said)] {
			b.note("row %d: data: item %d of %d is no category that is known: left out", row+1, i+1, len(items))
			t.Unread = append(t.Unread, register.Unread{Key: "data", Words: said})
		}
	}
	data := make([]register.Datum, len(ids))
	for i, id := range ids {
		data[i] = register.Datum{Category: id, Retention: limits}
	}
	return data, nil
}

// more are the ends of lists that name nothing.
var more = map[string]bool{"etc": true, "autres": true, "autre": true, "autres donnees": true}

// legalBases reads legal bases, and tells of words that name none.
func (b *builder) legalBases(t *register.Treatment, cell string, row int) error {
	ids, err := b.bases(cell)
	t.LegalBases = append(t.LegalBases, ids...)
	if err == nil && len(ids) == 0 && !forms.Undecided(cell) {
		b.note("row %d: the legal basis is none that is known: left out", row+1)
		t.Unread = append(t.Unread, register.Unread{Key: "legal_bases", Words: forms.Clean(cell)})
	}
	return err
}

// bases reads legal bases.
func (b *builder) bases(cell string) ([]string, error) {
	if cell == "" {
		return nil, nil
	}
	if slices.Contains(register.LegalBases, cell) {
		return []string{cell}, nil
	}
	return policy.LegalBasesIn(cell)
}

// recipients reads names or categories of recipients.
func recipients(cell, kind string) []register.Recipient {
	var all []register.Recipient
	for _, name := range forms.Items(strings.ReplaceAll(cell, " - ", "\n")) {
		r := register.Recipient{Name: name, Kind: kind}
		if m := saidKind.FindStringIndex(name); kind == "" && m != nil {
			r = register.Recipient{Name: name[:m[0]], Kind: register.Subprocessor}
		}
		all = append(all, r)
	}
	return all
}

// saidKind is what a name says of itself: "Cabinet Ferlin (sous-traitant)".
var saidKind = pattern.New(`(?i)\s*\((sous[- ]traitant(e|s|es)?|processor)( art\.? ?28)?\)$`)

// several cuts the values that Madis joins by " - ".
func several(cell string) []string { return forms.Lines(strings.ReplaceAll(cell, " - ", "\n")) }
