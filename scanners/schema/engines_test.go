package schema

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// TestAgainstEngines loads schemas into the engines themselves and compares
// their catalogues with what the reader says. ECART_SCHEMAS names a folder with
// mysql/*.sql, postgres/*.sql and sqlite/*.sql; without it, ours are used.
func TestAgainstEngines(t *testing.T) {
	root := os.Getenv("ECART_SCHEMAS")
	if root == "" {
		root = "testdata/engines"
	}
	t.Run("mysql", func(t *testing.T) {
		files := schemasOf(t, root, "mysql")
		s := startMariaDB(t)
		s.must(t, "CREATE USER 'ecart'@'127.0.0.1' IDENTIFIED BY 'x'; GRANT SELECT ON *.* TO 'ecart'@'127.0.0.1';")
		for i, f := range files {
			base := fmt.Sprintf("b%d", i)
			text := readFile(t, f)
			s.must(t, "CREATE DATABASE "+base)
			if out, err := s.run("SET FOREIGN_KEY_CHECKS=0; USE " + base + ";\n" + loadable(text, mysql)); err != nil {
				t.Logf("%s: the engine: %.300s", f, out)
			}
			compare(t, f, mysql, text, "mysql://ecart:x@127.0.0.1:"+s.port+"/"+base)
		}
	})
	t.Run("postgres", func(t *testing.T) {
		files := schemasOf(t, root, "postgres")
		s := startPostgres(t)
		for i, f := range files {
			base := fmt.Sprintf("b%d", i)
			text := readFile(t, f)
			s.must(t, "CREATE DATABASE "+base)
			s.must(t, "ALTER DATABASE "+base+" SET client_min_messages = error")
			// Errors do not stop psql: extensions may be missing.
			if out, err := s.run("\\connect " + base + "\n\\set ON_ERROR_STOP 0\n" + loadable(text, postgres)); err != nil {
				t.Logf("%s: the engine: %.300s", f, out)
			}
			compare(t, f, postgres, text, "postgres://admin@127.0.0.1:"+s.port+"/"+base+"?sslmode=disable")
		}
	})
	t.Run("sqlite", func(t *testing.T) {
		for _, f := range schemasOf(t, root, "sqlite") {
			text := readFile(t, f)
			file := filepath.Join(t.TempDir(), "b.db")
			db, err := sql.Open("sqlite", file)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(text); err != nil {
				t.Logf("%s: the engine: %.300s", f, err)
			}
			_ = db.Close()
			compare(t, f, sqlite, text, "sqlite:"+file)
		}
	})
}

// loadable leaves out what would take us to another base.
func loadable(text string, d dialect) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		low := strings.ToLower(line)
		if d == mysql && (strings.HasPrefix(low, "use ") || strings.HasPrefix(low, "create schema") || strings.HasPrefix(low, "drop schema") || strings.HasPrefix(low, "create database")) ||
			strings.HasPrefix(low, "\\c ") || strings.HasPrefix(low, "\\connect") {
			continue
		}
		b.WriteString(line)
	}
	return b.String()
}

func schemasOf(t *testing.T, root, engine string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, engine, "*.sql"))
	if err != nil || len(files) == 0 {
		t.Skip("no schemas for " + engine)
	}
	return files
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// compare counts the tables and columns of the engine that the reader says too,
// and those it makes up.
func compare(t *testing.T, file string, d dialect, text, dsn string) {
	t.Helper()
	c := newCatalog()
	if err := read(context.Background(), strings.NewReader(text), d, file, c, nowhere{}); err != nil {
		t.Fatal(err)
	}
	db := mustOpen(t, dsn)
	if err := db.connect(context.Background()); err != nil {
		t.Fatal(err)
	}
	defer db.session.close()
	tables, err := db.engine.tables(context.Background(), db.session)
	if err != nil {
		t.Fatal(err)
	}
	want, got := map[string]bool{}, map[string]bool{}
	for _, x := range tables {
		if !x.virtual {
			addNames(want, &x.table)
		}
	}
	for _, x := range c.tables {
		if !x.view {
			addNames(got, x)
		}
	}
	var lost, more []string
	for k := range want {
		if !got[k] {
			lost = append(lost, k)
		}
	}
	for k := range got {
		if !want[k] {
			more = append(more, k)
		}
	}
	sort.Strings(lost)
	sort.Strings(more)
	nt, nc := 0, 0
	for k := range want {
		if strings.Contains(k, ".") {
			nc++
		} else {
			nt++
		}
	}
	t.Logf("%s: the engine has %d tables and %d columns; lost %d, made up %d", file, nt, nc, len(lost), len(more))
	// An engine that lacks an extension refuses tables that are there.
	if len(lost)*200 > len(want) || os.Getenv("ECART_SCHEMAS") == "" && len(more) > 0 {
		t.Errorf("lost %.600q\nmade up %.600q", lost, more)
	}
}

func addNames(set map[string]bool, t *table) {
	set[strings.ToLower(t.name)] = true
	for _, c := range t.columns {
		set[strings.ToLower(t.name+"."+c.name)] = true
	}
}
