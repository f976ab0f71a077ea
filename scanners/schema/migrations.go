package schema

import (
	"bytes"
	"context"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// migrations are the languages known, in the order they are asked.
var migrations = []migration{prisma, rails, laravel, django, alembic, nodeMigrations, entityFramework, liquibase, dbt}

func has(head []byte, word string) bool { return bytes.Contains(head, []byte(word)) }

// formats turns the languages of migrations into formats of files.
func formats() []document.Format {
	list := []document.Format{pgCustom, Format}
	for _, m := range migrations {
		list = append(list, m.format())
	}
	return list
}

// format reads a migration met in a folder: what it declares, and its text.
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
		if err := m.readAll(ctx, decoded(r), f.At.Path, s.catalog, s); err != nil {
			return err
		}
		return s.declared()
	}}
}
