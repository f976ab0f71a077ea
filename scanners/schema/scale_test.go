package schema

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestScale reads a base of 1,000 tables and one table of 10 million rows. It
// takes minutes to fill them, so it runs when ECART_SCALE is set.
func TestScale(t *testing.T) {
	if os.Getenv("ECART_SCALE") == "" {
		t.Skip("set ECART_SCALE=1: filling the tables takes minutes")
	}
	t.Run("PostgreSQL", func(t *testing.T) {
		s := startPostgres(t)
		dsn := "postgres://admin@127.0.0.1:" + s.port + "/postgres?sslmode=disable"
		many(t, s, "", dsn)
		s.must(t, "DROP SCHEMA large CASCADE; CREATE SCHEMA grand; CREATE TABLE grand.t (id bigint PRIMARY KEY, nom text, cree timestamp); INSERT INTO grand.t SELECT i, 'ligne ' || i, now() FROM generate_series(1, 10000000) i; ANALYZE grand.t")
		sampled(t, dsn, "grand.t.id")
		s.must(t, "DROP SCHEMA grand CASCADE; CREATE SCHEMA grand; CREATE TABLE grand.t (nom text, cree timestamp); INSERT INTO grand.t SELECT 'ligne ' || i, now() FROM generate_series(1, 10000000) i")
		sampled(t, dsn, "grand.t.nom") // without a key, never analysed
	})
	t.Run("MariaDB", func(t *testing.T) {
		s := startMariaDB(t)
		s.must(t, "CREATE DATABASE large; CREATE DATABASE grand; CREATE USER 'ecart'@'127.0.0.1' IDENTIFIED BY 'x'; GRANT SELECT ON *.* TO 'ecart'@'127.0.0.1';")
		dsn := "mysql://ecart:x@127.0.0.1:" + s.port + "/"
		many(t, s, "USE large;", dsn+"large")
		s.must(t, "USE grand; CREATE TABLE grand.t (id BIGINT PRIMARY KEY, nom TEXT, cree DATETIME); INSERT INTO grand.t SELECT seq, CONCAT('ligne ', seq), NOW() FROM seq_1_to_10000000;")
		sampled(t, dsn+"grand", "grand.t.id")
		s.must(t, "USE grand; DROP TABLE grand.t; CREATE TABLE grand.t (nom TEXT, cree DATETIME); INSERT INTO grand.t SELECT CONCAT('ligne ', seq), NOW() FROM seq_1_to_10000000;")
		sampled(t, dsn+"grand", "grand.t.nom")
	})
}

// many reads 1,000 tables of 20 columns and some rows, in less than 30 seconds
// of CPU.
func many(t *testing.T, s *server, use, dsn string) {
	t.Helper()
	columns, values := make([]string, 20), make([]string, 20)
	for i := range columns {
		columns[i], values[i] = fmt.Sprintf("colonne_%d varchar(40)", i), fmt.Sprintf("'valeur %d'", i)
	}
	var b strings.Builder
	if use == "" {
		use = "CREATE SCHEMA large; SET search_path = large;"
	}
	b.WriteString(use)
	for i := range 1000 {
		fmt.Fprintf(&b, "CREATE TABLE t_%04d (%s);\nINSERT INTO t_%04d VALUES %s;\n", i, strings.Join(columns, ","), i,
			strings.TrimSuffix(strings.Repeat("("+strings.Join(values, ",")+"),", 30), ","))
	}
	s.must(t, b.String())
	before, start := cpu(t), time.Now()
	got := readLive(t, dsn, Options{})
	used := cpu(t) - before
	t.Logf("1,000 tables: %v of CPU, %v", used, time.Since(start))
	if n := strings.Count(got, "colonne_7 = "); n != 30_000 || used > 30*time.Second {
		t.Errorf("%d rows of 30,000 in %v of CPU: %.300s", n, used, got)
	}
}

// sampled reads a sample of the only table in less than a second.
func sampled(t *testing.T, dsn, column string) {
	t.Helper()
	best := time.Hour
	for range 3 {
		start := time.Now()
		got := readLive(t, dsn, Options{})
		best = min(best, time.Since(start))
		if n := strings.Count(got, column+" ="); n < 400 || n > 1000 {
			t.Errorf("%d rows of 10 million", n)
		}
	}
	t.Logf("a sample of 10 million rows: %v", best)
	if best > time.Second {
		t.Errorf("a sample took %v", best)
	}
}

func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
