package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A report takes the place of an earlier one, in every format, with gaps and
// without, in both languages.
func TestOverwriteOwn(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "in", "a.csv"), "nom;courriel\nVauclair;odette@boite-perso.example\n")
	write(t, filepath.Join(dir, "none", "a.txt"), "rien\n")
	write(t, filepath.Join(dir, "registre.yaml"), smallRegister)
	names := []string{"g.csv", "g.html", "g.json", "g.md", "g.rdjson", "g.sarif", "g.txt", "g.xlsx", "g.xml", "gl-code-quality-report.json", "gl-sast-report.json"}
	for _, of := range []struct{ name, target, lang string }{{"gaps", "in", "fr"}, {"gaps", "in", "en"}, {"nothing", "none", "fr"}, {"nothing", "none", "en"}} {
		args := []string{"x=" + filepath.Join(dir, of.target), "--register", filepath.Join(dir, "registre.yaml"), "-q", "--lang", of.lang, "--fail-on", "never", "--findings", filepath.Join(dir, of.name+".list"), "--heartbeat", filepath.Join(dir, "beat")}
		if err := os.MkdirAll(filepath.Join(dir, of.name), 0o755); err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			args = append(args, "-o", filepath.Join(dir, of.name, n))
		}
		for _, time := range []string{"first", "second"} {
			if text, err := runScan(t, args...); err != nil {
				t.Errorf("%s in %s, the %s time: %v\n%s", of.name, of.lang, time, err, text)
			}
		}
	}
}

// What is read, and what no run of ours wrote, is left as it is.
func TestOverwriteRefused(t *testing.T) {
	t.Chdir(t.TempDir())
	jsonRegister := `{"ecart": 1, "organisation": {"name": "La Clairière"}, "treatments": []}`
	files := map[string]string{
		"registre.json": jsonRegister, "registre.yaml": smallRegister, "in/clients.csv": "nom;courriel\nVauclair;odette@boite-perso.example\n",
		"notes.md": "# Notes\n", "notes.json": `{"tool": {"name": "autre"}}`, "page.html": "<!doctype html><html></html>", "notes.txt": "à faire\n",
		"autre.xlsx": "PK\x03\x04", "ecart.yaml": "register: registre.json\n", "base.json": `{"tool": {"name": "ecart", "version": "1"}, "gaps": []}`, "regles.yaml": "words: []\n",
	}
	for name, text := range files {
		write(t, name, text)
	}
	if err := os.Link("registre.json", "lien.json"); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ args, want string }{
		{"-o registre.json", "output registre.json: that is the register"},
		{"-o lien.json", "that is the register"},
		{"--register registre.yaml --findings registre.yaml", "findings registre.yaml: that is the register"},
		{"--heartbeat registre.json", "heartbeat registre.json: that is the register"},
		{"--heartbeat ecart.yaml", "that is the configuration"},
		{"--rules regles.yaml --findings regles.yaml", "that is the file of rules"},
		{"--baseline base.json --findings base.json", "that is the baseline"},
		{"--baseline base.json --heartbeat base.json", "that is the baseline"},
		{"-o in/clients.csv", "output in/clients.csv: a file is there that is no report of ecart: give another name, or remove it first"},
		{"-o notes.md", "no report of ecart"},
		{"-o notes.json", "no report of ecart"},
		{"-o page.html", "no report of ecart"},
		{"-o notes.txt", "no report of ecart"},
		{"-o autre.xlsx", "no report of ecart"},
		{"--findings notes.json", "findings notes.json: a file is there that is no report"},
		{"--heartbeat notes.txt", "heartbeat notes.txt: a file is there that is no report"},
		{"--findings in", "is a folder"},
	} {
		text, err := runScan(t, append(strings.Fields(tt.args), "in", "-q")...)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q\n%s", tt.args, err, tt.want, text)
		}
	}
	if _, _, err := runRegister(t, "check", "registre.json", "-o", "registre.json"); err == nil || !strings.Contains(err.Error(), "that is the register") {
		t.Errorf("register check: %v", err)
	}
	for name, text := range files {
		if got, err := os.ReadFile(name); err != nil || string(got) != text {
			t.Errorf("%s was written over: %v", name, err)
		}
	}
	write(t, "vide.json", "")
	if text, err := runScan(t, "in", "-q", "--fail-on", "never", "-o", "vide.json", "--baseline", "base.json", "-o", "base.json"); err != nil {
		t.Errorf("an empty file and the baseline's own report: %v\n%s", err, text)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
