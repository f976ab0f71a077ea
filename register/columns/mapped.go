package columns

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/register/forms"
	"github.com/ecart-rgpd/ecart/register/sheet"
	"github.com/ecart-rgpd/ecart/rules"
)

// A Map says which column of a table holds which key of a treatment.
type Map struct {
	// Sheet is the name of the sheet; empty for the first that has the columns.
	Sheet string `yaml:"sheet"`
	// Columns maps keys of a treatment to the heads of columns; a key may have
	// several.
	Columns map[string]any `yaml:"columns"`
}

// keys are the keys a map may name, and how each is read.
var keys = map[string]func(b *builder, t *register.Treatment, cell string, row int) error{
	"name": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Name = forms.Clean(cell)
		return nil
	},
	"ref": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Ref = forms.Clean(cell)
		return nil
	},
	"created": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Created = forms.Date(cell)
		return nil
	},
	"updated": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Updated = forms.Date(cell)
		return nil
	},
	"role": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Role = register.Controller
		if strings.Contains(forms.Key(cell), "sous-traitant") || forms.Key(cell) == "processor" {
			t.Role = register.Processor
		}
		return nil
	},
	"on_behalf_of": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.OnBehalfOf = append(t.OnBehalfOf, forms.Items(cell)...)
		return nil
	},
	"joint_controllers": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.JointControllers = append(t.JointControllers, forms.Items(cell)...)
		return nil
	},
	"purposes": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Purposes = append(t.Purposes, forms.Lines(strings.ReplaceAll(cell, ";", "\n"))...)
		return nil
	},
	"legal_bases": func(b *builder, t *register.Treatment, cell string, row int) error {
		return b.legalBases(t, cell, row)
	},
	"data_subjects": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.DataSubjects = append(t.DataSubjects, forms.Items(cell)...)
		return nil
	},
	"data": func(b *builder, t *register.Treatment, cell string, row int) error {
		data, err := b.data(t, cell, nil, row)
		t.Data = append(t.Data, data...)
		return err
	},
	"retention": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Retention = append(t.Retention, forms.Retentions(cell)...)
		return nil
	},
	"recipients": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Recipients = append(t.Recipients, recipients(cell, "")...)
		return nil
	},
	"processors": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Recipients = append(t.Recipients, recipients(cell, register.Subprocessor)...)
		return nil
	},
	"transfers": (*builder).transfers,
	"security": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		for _, m := range forms.Lines(strings.ReplaceAll(cell, ";", "\n")) {
			t.Security = append(t.Security, register.Measure{Detail: m})
		}
		return nil
	},
	"systems": func(b *builder, t *register.Treatment, cell string, _ int) error {
		b.systems(t, forms.Items(cell))
		return nil
	},
	"dpia": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.DPIA = &register.DPIA{Reference: forms.Clean(cell)}
		return nil
	},
	"profiling": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Profiling = forms.Clean(cell)
		return nil
	},
	"origin": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Origin = forms.Clean(cell)
		return nil
	},
	"processor_contract": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.ProcessorContract = forms.Clean(cell)
		return nil
	},
	"notes": func(_ *builder, t *register.Treatment, cell string, _ int) error {
		t.Notes = forms.Clean(cell)
		return nil
	},
}

// ParseMap reads a column map; an unknown key is an error with its remedy.
func ParseMap(src []byte) (Map, error) {
	var m Map
	if err := rules.CheckYAML(src); err != nil {
		return m, fmt.Errorf("column map: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(src, &m, yaml.Strict()); err != nil {
		return m, errors.New("not a column map: want `columns: {name: Traitement, purposes: Finalités}`, and `sheet:` if need be")
	}
	for key, heads := range m.Columns {
		if keys[key] == nil {
			return m, fmt.Errorf("columns: %s: unknown key; one of: %s", key, strings.Join(keyNames(), ", "))
		}
		if len(headsOf(heads)) == 0 {
			return m, fmt.Errorf("columns: %s: name the head of a column, or a list of them", key)
		}
	}
	if m.Columns["name"] == nil {
		return m, errors.New("columns: name: missing; name the column with the name of each treatment")
	}
	return m, nil
}

func keyNames() []string {
	var all []string
	for k := range keys {
		all = append(all, k)
	}
	sort.Strings(all)
	return all
}

// headsOf returns one or several heads.
func headsOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, x := range v {
			if s, ok := x.(string); ok {
				all = append(all, s)
			}
		}
		return all
	}
	return nil
}

// Mapped reads a table by a column map.
func Mapped(file string, b *sheet.Book, m Map) (*register.Register, []string, error) {
	if m.Sheet != "" {
		one := &sheet.Book{Notes: b.Notes}
		for _, s := range b.Sheets {
			if forms.Key(s.Name) == forms.Key(m.Sheet) {
				one.Sheets = append(one.Sheets, s)
			}
		}
		if len(one.Sheets) == 0 {
			return nil, nil, fmt.Errorf("no sheet has the name given in the column map")
		}
		b = one
	}
	var heads, absent []string
	for _, key := range keyNames() {
		found := headsOf(m.Columns[key])
		heads = append(heads, found...)
		if len(found) == 0 && key != "processors" && key != "name" {
			absent = append(absent, key)
		}
	}
	t := headed(b, heads...)
	if t == nil {
		return nil, nil, fmt.Errorf("no row has all the heads of the column map: %s", strings.Join(heads, ", "))
	}
	build := newBuilder(file, "table", b, append(absent, "special_category_basis")...)
	err := t.rows(func(row int) error {
		var x register.Treatment
		for _, key := range keyNames() {
			for _, head := range headsOf(m.Columns[key]) {
				if cell := t.cell(row, head); cell != "" {
					if err := keys[key](build, &x, cell, row); err != nil {
						return err
					}
				}
			}
		}
		build.add(x, row)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return build.reg, build.notes, nil
}
