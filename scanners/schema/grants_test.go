package schema

import (
	"os"
	"strings"
	"testing"
)

// documented returns the statements of docs/databases.md that begin with these words,
// as they are printed there, with what is left to the reader filled in.
func documented(t *testing.T, fill *strings.Replacer, begin ...string) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/databases.md")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, want := range begin {
		n := len(found)
		for line := range strings.Lines(string(page)) {
			if line, ok := strings.CutPrefix(line, "    "); ok && strings.HasPrefix(line, want) {
				found = append(found, fill.Replace(line))
			}
		}
		if len(found) != n+1 {
			t.Fatalf("docs/databases.md has %d lines that begin with %q", len(found)-n, want)
		}
	}
	return strings.Join(found, "")
}

// TestGrants gives a role the rights that the documentation tells to give, and no other:
// with them rows are read, and without the last one columns are still judged by name
// where the engine lets them be seen.
func TestGrants(t *testing.T) {
	t.Run("PostgreSQL", func(t *testing.T) {
		s := startPostgres(t)
		fill := strings.NewReplacer("…", "Tres-Secret", "DATABASE base", "DATABASE postgres")
		s.must(t, "REVOKE ALL ON DATABASE postgres FROM PUBLIC; CREATE SCHEMA rh;"+common+
			documented(t, fill, "CREATE ROLE", "GRANT CONNECT", "GRANT USAGE ON SCHEMA rh"))
		dsn := "postgres://ecart:Tres-Secret@127.0.0.1:" + s.port + "/postgres?sslmode=disable"
		got := readLive(t, dsn, Options{})
		wants(t, got, "0: rh.personne.nom character varying(80)", "unread: no right to read the rows: judged by its names alone")
		if strings.Contains(got, "Zoé") {
			t.Error("rows without a right to them")
		}
		s.must(t, documented(t, fill, "GRANT SELECT ON ALL TABLES"))
		got = readLive(t, dsn, Options{})
		wants(t, got, `0: rh.personne.nom = "Zoé"`, `0: rh.attribut.telephone = "01 99 00 12 34"`, "dates 2009-03-14 2020-05-06")
		if strings.Contains(got, "no right") {
			t.Error(got)
		}
	})
	t.Run("MariaDB", func(t *testing.T) {
		s := startMariaDB(t)
		fill := strings.NewReplacer("…", "Tres-Secret", "base.*", "rh.*", " REQUIRE SSL", "", "'%'", "'127.0.0.1'")
		s.must(t, "CREATE DATABASE rh; USE rh;"+common+"CREATE VIEW rh.vue AS SELECT nom FROM rh.personne;"+
			documented(t, fill, "CREATE USER 'ecart'", "GRANT SELECT, SHOW VIEW"))
		dsn := "mysql://ecart:Tres-Secret@127.0.0.1:" + s.port + "/rh"
		got := readLive(t, dsn, Options{})
		wants(t, got, `0: rh.personne.nom = "Zoé"`, `0: rh.attribut.telephone = "01 99 00 12 34"`, "0: rh.vue.nom varchar(80)", "dates 2009-03-14 2020-05-06")
		if strings.Contains(got, "no right") {
			t.Error(got)
		}
	})
}
