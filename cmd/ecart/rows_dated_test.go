package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Rows of a dump or a CSV in a folder are held to their own dates, whatever that of
// the file; where only that is known the gap says what the date is of.
func TestRowsDatedInFolder(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"d/base.sql":   "CREATE TABLE client (id int, email varchar(80), derniere_visite date);\nINSERT INTO client VALUES (1,'a.essai@courrier.example','2014-03-01'),(2,'b.essai@courrier.example','2016-03-01');\n",
		"d/suivi.csv":  "email;dernier_contact\na.essai@courrier.example;12/03/2011\nb.essai@courrier.example;01/02/2012\n",
		"d/note.txt":   "Contact : a.essai@courrier.example\n",
		"r.yaml":       "ecart: 1\ntreatments:\n  - {id: c, name: Clients, data: [{category: email, retention: {duration: P3Y}}], systems: [s]}\nsystems: [{id: s, locations: [\"d:**\"]}]\n",
		"ecart.yaml":   "register: r.yaml\ntargets: [{name: d, path: d}]\n",
		"d/neuf/a.csv": "email;dernier_contact\na.essai@courrier.example;12/03/2026\nb.essai@courrier.example;01/02/2026\n",
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Date(2011, 5, 6, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(dir, "d/note.txt"), old, old); err != nil {
		t.Fatal(err)
	}
	out, _ := runCommand(t, "scan", "--config", filepath.Join(dir, "ecart.yaml"), "--date", "2026-11-22", "--lang", "fr")
	for _, want := range []string{"(client.email), datée de 2014-03-01", "suivi.csv:2 (email), datée de 2011-03-12", "note.txt:1, dans un fichier daté du 2011-05-06 (c'est la date du fichier)"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out, "neuf/a.csv") {
		t.Errorf("recent rows are told:\n%s", out)
	}
}
