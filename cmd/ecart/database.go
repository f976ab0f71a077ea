package main

import (
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/ecart-rgpd/ecart/scanners/schema"
)

// setting fits `${NAME}`: a URL of ecart.yaml takes its password from there.
var setting = pattern.New(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// openDatabase makes the source of a live database. With `schema:` beside it,
// its gaps are shown on the lines that declare its columns.
func (f *scanFlags) openDatabase(t target) (target, error) {
	dsn, err := f.dsn(t)
	if err != nil {
		return t, err
	}
	sample := f.sample
	if sample == 0 {
		sample = t.entry.Sample
	}
	db, err := schema.Open(dsn, schema.Options{
		Sample: sample, Full: f.full, MaxRowsPerSecond: f.maxRows, Formats: document.Formats(), Getenv: os.Getenv,
	})
	if err != nil {
		return t, fmt.Errorf("target %s: %w", t.entry.Name, err)
	}
	if len(t.entry.Schema) > 0 {
		if t.schema, err = schema.New(t.entry.Schema); err != nil {
			return t, fmt.Errorf("target %s: %w", t.entry.Name, err)
		}
	}
	t.about.Tables, t.source = true, db
	return t, nil
}

// databaseFile puts the file of an SQLite URL of the configuration where its
// paths start.
func (c *config) databaseFile(dsn string) string {
	scheme, file, ok := strings.Cut(dsn, ":")
	if !ok || scheme != "sqlite" && scheme != "sqlite3" || strings.Contains(dsn, "${") {
		return dsn
	}
	slashes := ""
	if strings.HasPrefix(file, "//") {
		slashes, file = "//", file[2:]
	}
	return scheme + ":" + slashes + c.path(file)
}

// dsn fills the URL of a target from the environment, and warns of a password
// that stands in an argument, where everyone who lists the processes sees it.
func (f *scanFlags) dsn(t target) (string, error) {
	missing := ""
	dsn := setting.ReplaceAllStringFunc(t.entry.Database, func(s string) string {
		name := s[2 : len(s)-1]
		value, ok := os.LookupEnv(name)
		if !ok {
			missing = name
		}
		return value
	})
	switch {
	case missing != "":
		return "", fmt.Errorf("target %s: the environment variable %s is not set", t.entry.Name, missing)
	case t.entry.line == 0 && urlSecret(t.entry.Database):
		slog.Warn("the password is in the arguments, where others can see it: use ${NAME} in ecart.yaml, PGPASSWORD, MYSQL_PWD or the engine's own files", "target", t.entry.Name)
	}
	return dsn, nil
}
