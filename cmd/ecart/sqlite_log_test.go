package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// logged makes an SQLite file whose rows are in its log only, and a copy of all of it
// in folder, as a program that still runs leaves it.
func logged(t *testing.T, folder string, statements ...string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "w.db")
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, s := range append([]string{"PRAGMA journal_mode=wal"}, statements...) {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		b, err := os.ReadFile(file + suffix)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(folder, "w.db"+suffix), string(b))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// Rows that are in the log of an SQLite file are read, also when the file is named
// alone, and read again when only the log has changed.
func TestSQLiteLog(t *testing.T) {
	t.Chdir(t.TempDir())
	table := "CREATE TABLE p (libelle TEXT, nir TEXT)"
	logged(t, "in", table, "INSERT INTO p VALUES ('A', 'rien')")
	state := []string{"x=in", "--state", "s.db", "--fail-on", "never"}
	if text, err := runScan(t, state...); err != nil || strings.Contains(text, "not read") || strings.Contains(text, "value") {
		t.Fatalf("%v\n%s", err, text)
	}
	head, err := os.ReadFile("in/w.db")
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat("in/w.db")
	if err != nil {
		t.Fatal(err)
	}
	logged(t, "in", table, "INSERT INTO p VALUES ('A', '287067511701577')")
	write(t, "in/w.db", string(head))
	if err := os.Chtimes("in/w.db", before.ModTime(), before.ModTime()); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{state, {"x=in", "--fail-on", "never"}, {"x=in/w.db", "--fail-on", "never"}} {
		if text, err := runScan(t, args...); err != nil || !strings.Contains(text, "(p.nir)") || !strings.Contains(text, "1 value") {
			t.Errorf("%v: %v\n%s", args, err, text)
		}
	}
	if err := os.Remove("in/w.db"); err != nil {
		t.Fatal(err)
	}
	if text, _ := runScan(t, "x=in"); !strings.Contains(text, "w.db-wal — a write-ahead log of SQLite, without its database beside it") {
		t.Errorf("a log alone:\n%s", text)
	}
}
