package schema

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

var _ scanners.Source = (*Files)(nil)

// walk writes down every item of a source and what its segments hold.
func walk(t *testing.T, s scanners.Source) string {
	t.Helper()
	var l listing
	for it, err := range s.Items(context.Background()) {
		if err != nil {
			fmt.Fprintf(&l.b, "error: %s: %v\n", it.At.Path, err)
			continue
		}
		if it.Unread != "" {
			fmt.Fprintf(&l.b, "unread %s:%d: %s\n", it.At.Path, it.At.Line, it.Unread)
			continue
		}
		fmt.Fprintf(&l.b, "# %s\n", it.At.Path)
		if err := it.Segments(func(s *item.Segment) error { return l.Segment(s) }); err != nil {
			fmt.Fprintf(&l.b, "unread: %v\n", err)
		}
	}
	return l.b.String()
}

func TestFilesAreADatabase(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"1.sql": "CREATE DATABASE soins;\nUSE `soins`;\nCREATE TABLE `patient` (\n  `id` int,\n  `nom` varchar(20)\n) ENGINE=InnoDB;\nINSERT INTO patient VALUES (1,'Zoé'),\n(2,'Ida');\n-- SHOW\n",
		"2.sql": "ALTER TABLE soins.patient ADD iban varchar(34), DROP COLUMN id;\nCREATE TABLE cassée (a int;\n",
		"3.sql": "CREATE TABLE public.autre (\n  a text\n);\nCOPY public.autre (a) FROM stdin;\nl'un\n\\N\n\\.\n",
		"4.sql": "\xff\xfeC\x00R\x00E\x00A\x00T\x00E\x00 \x00T\x00A\x00B\x00L\x00E\x00 \x00[\x00t\x00]\x00(\x00a\x00 \x00n\x00v\x00a\x00r\x00c\x00h\x00a\x00r\x00(\x009\x00)\x00)\x00\n\x00G\x00O\x00\n\x00I\x00N\x00S\x00E\x00R\x00T\x00 \x00t\x00 \x00V\x00A\x00L\x00U\x00E\x00S\x00 \x00(\x00'\x00\xe9\x00'\x00)\x00",
		"5.sql": "CREATE TABLE public.vieux (nom text);\nINSERT INTO public.vieux VALUES ('Ren\xe9');\nINSERT INTO public.vieux VALUES ('\xe9t\xe9');\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := New([]string{filepath.Join(dir, "*.sql")})
	if err != nil {
		t.Fatal(err)
	}
	got := strings.ReplaceAll(walk(t, f), filepath.ToSlash(dir), "")
	want := `# dbo.t
1: dbo.t.a nvarchar(9)
3: dbo.t.a = "é"
# public.autre
2: public.autre.a text
5: public.autre.a = "l'un"
# public.vieux
1: public.vieux.nom text
2: public.vieux.nom = "René"
3: public.vieux.nom = "été"
# soins.patient
5: soins.patient.nom varchar(20)
1: soins.patient.iban varchar(34)
7: soins.patient.id = "1"
7: soins.patient.nom = "Zoé"
8: soins.patient.id = "2"
8: soins.patient.nom = "Ida"
# /1.sql
9: text "-- SHOW\n"
# /2.sql
# /3.sql
# /4.sql
# /5.sql
unread /2.sql:2: parentheses of CREATE TABLE do not close
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, c := range []struct{ path, column, want string }{
		{"soins.patient", "nom", "1.sql:5"},
		{"SOINS.Patient", "IBAN", "2.sql:1"},
		{"patient", "", "1.sql:3"},
		{"public.autre", "a", "3.sql:2"},
		{"public.rien", "a", ""},
	} {
		got := ""
		if l, ok := f.Anchor(c.path, c.column); ok {
			got = fmt.Sprintf("%s:%d", filepath.Base(l.File), l.Line)
		}
		if got != c.want {
			t.Errorf("anchor of %s %s: %s, want %s", c.path, c.column, got, c.want)
		}
	}
}

func TestNoSuchFile(t *testing.T) {
	if _, err := New([]string{"nowhere/*.sql"}); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Error(err)
	}
}

// TestRowsBeforeTheirTable reads rows in a file that comes before the one that
// declares their table.
func TestRowsBeforeTheirTable(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.sql": "INSERT INTO salarie (id, nom) VALUES (1, 'Yann');\n",
		"b.sql": "CREATE TABLE salarie (id INT, nom VARCHAR(80));\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := New([]string{filepath.Join(dir, "*.sql")})
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for it, err := range f.Items(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if it.At.Path != "public.salarie" {
			continue
		}
		if err := it.Segments(func(s *item.Segment) error { rows += bytes.Count(s.Text, []byte("Yann")); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if rows != 1 {
		t.Errorf("%d rows of public.salarie, want 1", rows)
	}
}

// TestWideTable reads a table of 5,000 columns, as no engine here allows.
func TestWideTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("CREATE TABLE large (\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "  c%d varchar(20),\n", i)
	}
	b.WriteString("  email varchar(80)\n);\n")
	got := list(t, "large.sql", []byte(b.String()))
	if n := strings.Count(got, "large.c"); n != 5000 || !strings.Contains(got, "5002: large.email varchar(80)\n") {
		t.Errorf("%d columns of 5,000; %.200s", n, got)
	}
}
