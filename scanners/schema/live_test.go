package schema

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

var _ scanners.Source = (*Database)(nil)

// common is understood by every engine.
const common = `CREATE TABLE rh.personne (id INT PRIMARY KEY, nom VARCHAR(80), c9 DATE);
CREATE TABLE rh.ancien (code VARCHAR(15), cree_le DATE);
CREATE TABLE rh.verrou (id INT, iban VARCHAR(34));
CREATE TABLE rh.attribut (id INT, cle VARCHAR(20), valeur VARCHAR(80));
INSERT INTO rh.personne VALUES (1, 'Zoé', '1970-02-03'), (2, NULL, NULL);
INSERT INTO rh.ancien VALUES ('a', '2009-03-14'), ('b', '2012-01-01'), ('c', '2020-05-06');
INSERT INTO rh.verrou VALUES (1, 'x');
INSERT INTO rh.attribut VALUES (1, 'telephone', '01 99 00 12 34'), (2, 'couleur', 'vert');
`

// sources reads a database and returns what it hands over, and its time.
func readLive(t *testing.T, dsn string, o Options) string {
	t.Helper()
	d, err := Open(dsn, o)
	if err != nil {
		t.Fatal(err)
	}
	return walk(t, d)
}

func wants(t *testing.T, got string, lines ...string) {
	t.Helper()
	for _, l := range lines {
		if !strings.Contains(got, l+"\n") {
			t.Errorf("no line %q in\n%s", l, got)
		}
	}
}

func TestPostgres(t *testing.T) {
	s := startPostgres(t)
	s.must(t, "CREATE SCHEMA rh;"+common+`
COMMENT ON COLUMN rh.personne.c9 IS 'Date de naissance';
CREATE TABLE rh.interdite (id INT, courriel TEXT);
CREATE TABLE rh.moitie (id INT, libre TEXT, ferme TEXT);
INSERT INTO rh.moitie VALUES (1, 'ouvert', 'secret');
CREATE TABLE rh."nom ""étrange""
🐟" ("a.b" text, tags text[], doc jsonb, octets bytea);
INSERT INTO rh."nom ""étrange""
🐟" VALUES ('v', '{"un, deux",trois,NULL}', '{"profil": {"ville": "Ici", "n": [1, 2]}}', 'texte en octets');
CREATE VIEW rh.vue AS SELECT nom FROM rh.personne;
CREATE TABLE rh.parts (id INT, quand DATE) PARTITION BY RANGE (quand);
CREATE TABLE rh.parts_1 PARTITION OF rh.parts FOR VALUES FROM ('2000-01-01') TO ('2030-01-01');
INSERT INTO rh.parts VALUES (7, '2021-01-02');
CREATE ROLE ecart LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA rh TO ecart; GRANT SELECT ON ALL TABLES IN SCHEMA rh TO ecart;
REVOKE ALL ON rh.interdite, rh.moitie FROM ecart; GRANT SELECT (id, libre) ON rh.moitie TO ecart;`)
	dsn := "postgres://ecart:Tres-Secret@127.0.0.1:" + s.port + "/postgres?sslmode=disable"
	unlock := s.lock(t, "BEGIN; LOCK TABLE rh.verrou IN ACCESS EXCLUSIVE MODE;")
	start := time.Now()
	got := readLive(t, dsn, Options{})
	unlock()
	t.Logf("%v\n%s", time.Since(start), got)
	wants(t, got, `0: rh.personne.c9 date "Date de naissance"`, `0: rh.personne.nom = "Zoé"`, `dates 2009-03-14 2020-05-06`,
		`0: rh.attribut.telephone = "01 99 00 12 34"`, "# rh.verrou", "0: rh.verrou.iban character varying(34)",
		"unread: rows not read: the table is locked by another session", "0: rh.interdite.courriel text",
		"unread: no right to read the rows: judged by its names alone", "unread: no right to read 1 of its 3 columns: judged by their names alone",
		`0: rh.moitie.libre = "ouvert"`, `.tags = "un, deux"`, `.tags = "trois"`, `.doc.profil.ville = "Ici"`, `.octets = "texte en octets"`,
		"0: rh.vue.nom character varying(80)", `0: rh.parts.id = "7"`)
	if strings.Contains(got, "secret") || strings.Contains(got, "parts_1") {
		t.Error("read what is refused, or a partition twice")
	}
	// A connection that ends half-way: the rest is read through a new one.
	d, err := Open(dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	n, failed := 0, 0
	for it, err := range d.Items(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 3 {
			s.must(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ecart'")
		}
		if n == 5 {
			s.must(t, "DROP TABLE IF EXISTS rh.personne CASCADE")
		}
		if err := it.Segments(func(*item.Segment) error { return nil }); err != nil {
			failed++
			t.Logf("%s: %v", it.At.Path, err)
		}
	}
	if n < 9 || failed < 2 || failed > 6 {
		t.Errorf("%d items, %d failed", n, failed)
	}
	wide := make([]string, 1500) // more than PostgreSQL allows is not to be had
	for i := range wide {
		wide[i] = fmt.Sprintf("c%d int", i)
	}
	s.must(t, "CREATE TABLE rh.large ("+strings.Join(wide, ",")+"); INSERT INTO rh.large (c7) VALUES (1); GRANT SELECT ON rh.large TO ecart;")
	s.must(t, "CREATE TABLE rh.grand (id bigint PRIMARY KEY, t text, cree timestamp); INSERT INTO rh.grand SELECT i, 'ligne '||i, now() - i * interval '1 second' FROM generate_series(1,300000) i; CREATE INDEX ON rh.grand (cree); GRANT SELECT ON rh.grand TO ecart; ANALYZE rh.grand;")
	s.must(t, "CREATE TABLE rh.creuse (id bigint, t text) WITH (autovacuum_enabled = off); INSERT INTO rh.creuse SELECT i, repeat('x', 200) FROM generate_series(1,100000) i; ANALYZE rh.creuse; DELETE FROM rh.creuse WHERE id < 100000; GRANT SELECT ON rh.creuse TO ecart;")
	s.must(t, "CREATE TABLE rh.cachee (id bigint); INSERT INTO rh.cachee SELECT i FROM generate_series(1,300) i; ANALYZE rh.cachee; ALTER TABLE rh.cachee ENABLE ROW LEVEL SECURITY; GRANT SELECT ON rh.cachee TO ecart;")
	start = time.Now()
	got = readLive(t, dsn, Options{})
	wants(t, got, `0: rh.creuse.id = "100000"`, "unread: "+errNoRows.Error()) // no row at the places chosen; rows hidden from the user
	if n := strings.Count(got, "rh.grand.id ="); n < 500 || n > 1000 {
		t.Errorf("%d rows of the big table", n)
	}
	t.Logf("sampled in %v", time.Since(start))
	if got2 := readLive(t, dsn, Options{}); got2 != got {
		t.Error("two runs differ")
	}
	older, err := mustOpen(t, dsn).Older(context.Background(), "rh.ancien", "2015-01-01")
	if older != 2 || err != nil {
		t.Errorf("%d rows older: %v", older, err)
	}
	refused(t, strings.Replace(dsn, "Tres-Secret", "faux-Tres-Secret", 1), s)
}

func mustOpen(t *testing.T, dsn string) *Database {
	t.Helper()
	d, err := Open(dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// refused checks that a wrong password ends the walk, without being shown.
func refused(t *testing.T, dsn string, s *server) {
	t.Helper()
	hba := filepath.Join(s.dir, "d", "pg_hba.conf")
	if exists(hba) {
		if err := os.WriteFile(hba, []byte("local all all trust\nhost all ecart 127.0.0.1/32 scram-sha-256\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.must(t, "SELECT pg_reload_conf()")
		time.Sleep(200 * time.Millisecond)
	}
	got := readLive(t, dsn, Options{})
	if !strings.Contains(got, "cannot connect: the password is wrong") || strings.Contains(got, "Secret") {
		t.Error(got)
	}
}

// lock holds a lock in a session of its own until the function returned is called.
func (s *server) lock(t *testing.T, sql string) func() {
	t.Helper()
	var cmd *exec.Cmd
	if exists(filepath.Join(s.dir, "s")) {
		cmd = exec.Command("mariadb", "--no-defaults", "-S", s.dir+"/s", "-u", "root", "-N", "-n")
	} else {
		cmd = exec.Command("psql", "-h", s.dir, "-p", s.port, "-U", "admin", "-d", "postgres", "-qAt")
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = fmt.Fprintln(in, sql+" SELECT 1;")
	_, _ = out.Read(make([]byte, 8))
	return func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
}

func TestMariaDB(t *testing.T) {
	s := startMariaDB(t)
	s.must(t, "CREATE DATABASE rh; USE rh; CREATE DATABASE autre; CREATE TABLE autre.t (a INT);"+common+`
ALTER TABLE rh.personne MODIFY c9 DATE COMMENT 'Date de naissance';
CREATE TABLE rh.`+"`nom ``étrange```"+` (`+"`a b`"+` TEXT, doc JSON, octets BLOB, KEY (octets(4)));
INSERT INTO rh.`+"`nom ``étrange```"+` VALUES ('v', '{"ville": "Ici"}', 'octets');
CREATE TABLE rh.moitie (id INT, ferme VARCHAR(20));
CREATE VIEW rh.vue AS SELECT nom FROM rh.personne;
CREATE TABLE rh.grand (id INT PRIMARY KEY, cree DATETIME, KEY (cree)); INSERT INTO rh.grand SELECT seq, '2010-01-01' + INTERVAL seq SECOND FROM seq_1_to_200000;
CREATE USER 'ecart'@'127.0.0.1' IDENTIFIED BY 'Tres-Secret'; GRANT SELECT ON rh.* TO 'ecart'@'127.0.0.1';`)
	dsn := "mysql://ecart:Tres-Secret@127.0.0.1:" + s.port + "/rh"
	unlock := s.lock(t, "LOCK TABLES rh.verrou WRITE;")
	start := time.Now()
	got := readLive(t, dsn, Options{})
	unlock()
	t.Logf("%v", time.Since(start))
	wants(t, got, `0: rh.personne.c9 date "Date de naissance"`, `0: rh.personne.nom = "Zoé"`, `dates 2009-03-14 2020-05-06`,
		`0: rh.attribut.telephone = "01 99 00 12 34"`, "0: rh.verrou.iban varchar(34)", "unread: rows not read: the table is locked by another session",
		`0: rh.nom `+"`étrange`"+`.doc.ville = "Ici"`, "0: rh.vue.nom varchar(80)")
	if strings.Contains(got, "autre.t") {
		t.Error("read another base")
	}
	if n := strings.Count(got, "rh.grand.id ="); n != 1000 {
		t.Errorf("%d rows of the big table", n)
	}
	got = readLive(t, strings.Replace(dsn, "Tres-Secret", "faux-Tres-Secret", 1), Options{})
	if !strings.Contains(got, "cannot connect: the password is wrong") || strings.Contains(got, "Secret") {
		t.Error(got)
	}
	password := func(key string) string { return map[string]string{"MYSQL_PWD": "Tres-Secret"}[key] }
	if got := readLive(t, "mysql://ecart@127.0.0.1:"+s.port+"/rh", Options{Getenv: password, Sample: -1}); !strings.Contains(got, "rh.personne.nom varchar(80)") || strings.Contains(got, " = ") {
		t.Error(got)
	}
}

func TestSQLite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "la base.db")
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range strings.Split(strings.ReplaceAll(common, "rh.", ""), ";\n") {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(q, err)
		}
	}
	wide := make([]string, 1990)
	for i := range wide {
		wide[i] = fmt.Sprintf("c%d", i)
	}
	for _, q := range []string{
		"CREATE TABLE large (" + strings.Join(wide, ",") + ")", "INSERT INTO large (c1989) VALUES ('fin')",
		"CREATE TABLE suite (id INTEGER PRIMARY KEY, t TEXT)", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 50000) INSERT INTO suite SELECT i, 'ligne '||i FROM n",
		"CREATE TABLE sans (k TEXT PRIMARY KEY, v BLOB) WITHOUT ROWID", "INSERT INTO sans VALUES ('é', x'00ff')",
		"CREATE TABLE \"a'b\"\"c\" (x TEXT -- Groupe sanguin\n)", "INSERT INTO \"a'b\"\"c\" VALUES ('v')",
	} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(q, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	got := readLive(t, "sqlite:"+file, Options{})
	wants(t, got, `0: main.personne.nom = "Zoé"`, "0: main.verrou.iban varchar(34)", `dates 2009-03-14 2020-05-06`,
		`0: main.large.c1989 = "fin"`, `0: main.sans.k = "é"`, `0: main.a'b"c.x text "Groupe sanguin"`, `0: main.a'b"c.x = "v"`)
	if n := strings.Count(got, "main.suite.id ="); n != 1000 {
		t.Errorf("%d rows of the long table", n)
	}
	if n := strings.Count(readLive(t, "sqlite:"+file, Options{Full: true}), "main.suite.id ="); n != 50000 {
		t.Errorf("%d rows of the whole table", n)
	}
	start := time.Now()
	readLive(t, "sqlite:"+file, Options{Sample: 10, MaxRowsPerSecond: 20})
	if took := time.Since(start); took < 400*time.Millisecond {
		t.Errorf("10 rows at 20 a second took %v", took)
	}
	if _, err := Open("sqlite:"+file+".none", Options{}); err == nil {
		t.Error("opened a file that is not there")
	}
}

func TestRedact(t *testing.T) {
	for dsn, want := range map[string]string{
		"postgres://u:p@h:1/b?password=q":   "postgres://h:1/b",
		"mysql://u:p%40@x@h/b":              "mysql://h/b",
		"sqlite:a.db?_auth_pass=x":          "sqlite:a.db",
		"host=h password=p":                 "(not a database URL)",
		"sqlserver://sa:p@h?database=b&x=y": "sqlserver://h",
	} {
		if got := Redact(dsn); got != want {
			t.Errorf("%s: %s, want %s", dsn, got, want)
		}
	}
	for _, dsn := range []string{"postgres://u:Tres-Secret@h:x/b", "mysql://u:Tres-Secret@", "http://Tres-Secret@h", "Tres-Secret", "sqlserver://u:Tres-Secret@h:y"} {
		if _, err := Open(dsn, Options{}); err == nil || strings.Contains(err.Error(), "Secret") {
			t.Errorf("%v", err)
		}
	}
	got := readLive(t, "postgres://u:Tres-Secret@127.0.0.1:1/b", Options{})
	if !strings.Contains(got, "nothing answers") && !strings.Contains(got, "connection was dropped") || strings.Contains(got, "Secret") {
		t.Error(got)
	}
}
