package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
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

// plantedOrganisation is a repository and a share with values in contents, in
// names, in code, in comments that accept, in the past and in broken files.
func plantedOrganisation(t *testing.T, planted []string) (config string) {
	t.Helper()
	nir, phone, mail, name := planted[0], planted[1], planted[2], planted[3]
	dir := t.TempDir()
	put := func(files map[string]string) {
		for path, text := range files {
			putFile(t, filepath.Join(dir, filepath.FromSlash(path)), []byte(text))
		}
	}
	put(map[string]string{
		"share/paie.csv":                        "nom;nir;portable;courriel\nVasseur;" + nir + ";" + phone + ";" + mail + "\n",
		"share/dossier-" + name + ".txt":        "rien",
		"share/" + name + "/note.json":          `{"` + nir + `": "x", "nir": "` + nir + `"}`,
		"share/dump.sql":                        "INSERT INTO t VALUES ('" + nir + "', ;\nCREATE TABLE \"" + name + "\" (nir CHAR(15));",
		"share/sans-fin.txt":                    "NIR : " + nir,
		"share/" + name + ".zip":                "PK\x03\x04 " + nir,
		"repo/ecart.yaml":                       "register: registre.yaml\nlanguage: fr\ntargets:\n  - {name: repo, path: ., history: true}\n  - {name: share, path: ../share}\n",
		"repo/registre.yaml":                    "ecart: 1\norganisation: {name: X}\ntreatments: []\nsystems: []\n",
		"repo/envoi.py":                         "import requests\nimport logging\ndef envoyer(courriel):\n    logging.info('%s " + mail + "', courriel)\n    requests.post('https://api.mailjet.com/v3/send?to=" + mail + "', json={'To': courriel, 'nir': '" + nir + "'})\n",
		"repo/accepte.py":                       "import logging\ndef f(courriel):\n    logging.info(courriel)  # ecart:accept personal-data-in-logs vu avec " + mail + " au " + phone + "\n",
		"repo/import/inscrits-" + name + ".csv": "num_secu\n" + nir + "\n" + name + "\n",
	})
	repo := filepath.Join(dir, "repo")
	git(t, repo, "init", "-q")
	git(t, repo, "add", "-A")
	git(t, repo, "commit", "-qm", "Import de "+nir)
	git(t, repo, "rm", "-qr", "import")
	git(t, repo, "commit", "-qm", "Retrait")
	return filepath.Join(repo, "ecart.yaml")
}

// TestNothingLeaks scans planted values with every output and the loudest log,
// twice, the second time from memory, and looks for each value everywhere:
// within workbooks and the state too, spaces and separators apart.
func TestNothingLeaks(t *testing.T) {
	planted := []string{nirWithKey("2850575999042"), "06 39 98 17 23", "anouk.vasseur@courrier-prive.example", nirWithKey("1700199999123")}
	config, out := plantedOrganisation(t, planted), t.TempDir()
	everything := map[string]string{}
	for _, run := range []string{"first", "second"} {
		dir := filepath.Join(out, run)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		args := []string{"--config", config, "-v", "--state", filepath.Join(out, "state"), "--inventory", filepath.Join(dir, "inventory"), "--findings", filepath.Join(dir, "f.jsonl")}
		if run == "second" {
			args = append(args, "--each", "--lang", "en", "--baseline", filepath.Join(out, "first", "gaps.json"))
		}
		for _, ext := range []string{"csv", "html", "json", "md", "sarif", "txt", "xlsx", "xml"} {
			args = append(args, "-o", filepath.Join(dir, "gaps."+ext))
		}
		for _, name := range []string{"gl-code-quality-report.json", "gl-sast-report.json"} {
			args = append(args, "-o", filepath.Join(dir, name))
		}
		text, err := runScan(t, args...)
		if err == nil || !strings.Contains(err.Error(), "exit status") {
			t.Fatalf("the planted values raise no gap: %v", err)
		}
		everything[run+" terminal and log"] = text
	}
	for _, format := range []string{"codequality", "github", "gitlab", "json", "junit", "markdown", "rdjson", "sarif"} {
		text, err := runScan(t, "--config", config, "-o", format)
		if err == nil || text == "" {
			t.Fatalf("-o %s: %v", format, err)
		}
		everything["-o "+format] = text
	}
	for _, kind := range []string{"personal-data-in-logs", "personal-data-in-history", "undeclared-recipient"} {
		if !strings.Contains(everything["-o json"], kind) {
			t.Errorf("no %s: the values planted for it prove nothing", kind)
		}
	}
	if !strings.Contains(everything["-o json"], `"accepted"`) {
		t.Error("the comment accepts nothing: its values prove nothing")
	}
	err := filepath.WalkDir(out, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			var b []byte
			b, err = os.ReadFile(path)
			everything[e.Name()+" of "+filepath.Base(filepath.Dir(path))] = string(b) + unzipped(t, b)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for where, body := range everything {
		for i, v := range planted {
			if strings.Contains(body, v) || strings.Contains(squeeze(body), squeeze(v)) {
				t.Errorf("planted value %d is in %s", i, where)
			}
		}
	}
}

// unzipped is the text of the parts of a ZIP file; empty for others.
func unzipped(t *testing.T, b []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return ""
	}
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil { //nolint:gosec // our own small workbook
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
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
