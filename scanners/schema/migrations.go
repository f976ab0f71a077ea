package schema

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// migrations are the languages known, in the order they are asked.
var migrations = []migration{prisma, rails, laravel, django, alembic, nodeMigrations, entityFramework, liquibase, doctrine, dbt}

func has(head []byte, word string) bool { return bytes.Contains(head, []byte(word)) }

// formats turns the languages of migrations into formats of files.
func formats() []document.Format {
	list := []document.Format{pgCustom, Format}
	for _, m := range migrations {
		list = append(list, m.format())
	}
	return list
}

// programs are the languages of migrations that are programs too: they write to
// logs and hold literals, as other code does.
var programs = []string{".rb", ".py", ".php", ".js", ".cjs", ".mjs", ".ts", ".cs"}

// columnsAlone is a sink for the columns alone: the text is left to the formats that
// come after.
type columnsAlone struct{ *fileSink }

func (columnsAlone) other([]byte, int) error { return nil }

// format reads a migration met in a folder: what it declares, and its text. That
// of a program goes on to the readers of code and text.
func (m migration) format() document.Format {
	return document.Format{Name: m.name, Match: m.match, Read: func(ctx context.Context, f *document.File, out document.Out) error {
		r, err := f.Open()
		if err != nil {
			return err
		}
		defer func() { _ = r.Close() }()
		s := &fileSink{at: f.At, out: out, catalog: newCatalog(), kind: item.Code}
		if strings.HasSuffix(strings.ToLower(f.At.Path), "ml") || strings.HasSuffix(f.At.Path, ".json") {
			s.kind = item.Data
		}
		program := slices.Contains(programs, strings.ToLower(path.Ext(f.At.Path)))
		var to sink = s
		if program {
			to = columnsAlone{s}
		}
		if err := m.readAll(ctx, decoded(r), f.At.Path, s.catalog, to); err != nil {
			return err
		}
		if err := s.declared(); err != nil || !program {
			return err
		}
		return document.ErrNotMine
	}}
}
