package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// nirWithKey returns a NIR nobody has: the commune 999 does not exist.
func nirWithKey(n13 string) string {
	var n int
	for _, c := range n13 {
		n = (n*10 + int(c-'0')) % 97
	}
	return fmt.Sprintf("%s%02d", n13, 97-n)
}

// TestNothingLeaks plants values in contents and in names, scans with every
// output and the loudest log, and looks for each value everywhere, spaces and
// separators apart.
func TestNothingLeaks(t *testing.T) {
	nir := nirWithKey("2850575999042")
	planted := []string{nir, "06 39 98 17 23", "anouk.vasseur@courrier-prive.example", nirWithKey("1700199999123")}
	dir, out := t.TempDir(), t.TempDir()
	files := map[string]string{
		"paie.csv":                       "nom;nir;portable;courriel\nVasseur;" + planted[0] + ";" + planted[1] + ";" + planted[2] + "\n",
		"dossier-" + planted[3] + ".txt": "rien",
		planted[3] + "/note.json":        `{"` + planted[0] + `": "x", "nir": "` + planted[0] + `"}`,
		"dump.sql":                       "INSERT INTO t VALUES ('" + planted[0] + "', ;\nCREATE TABLE \"" + planted[3] + "\" (nir CHAR(15));",
		"sans-fin.txt":                   "NIR : " + planted[0],
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	register := filepath.Join(out, "registre.yaml")
	if err := os.WriteFile(register, []byte("ecart: 1\norganisation: {name: X}\ntreatments: []\nsystems: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"share=" + dir, "--register", register, "-v", "--findings", filepath.Join(out, "f.jsonl")}
	for _, ext := range []string{"csv", "html", "json", "md", "sarif", "txt", "xlsx", "xml"} {
		args = append(args, "-o", filepath.Join(out, "gaps."+ext))
	}
	text, err := runScan(t, args...)
	if err == nil || !strings.Contains(err.Error(), "exit status") {
		t.Fatalf("the planted values raise no gap: %v", err)
	}
	everything := map[string]string{"terminal and log": text}
	entries, err := os.ReadDir(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(out, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		everything[e.Name()] = string(b)
	}
	for where, body := range everything {
		for i, v := range planted {
			if strings.Contains(body, v) || strings.Contains(squeeze(body), squeeze(v)) {
				t.Errorf("planted value %d is in %s", i, where)
			}
		}
	}
}

// squeeze keeps letters and digits, so that no separator hides a value.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
