package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/report"
)

// runScan runs one scan in process and returns its standard output.
func runScan(t *testing.T, args ...string) (string, error) {
	t.Helper()
	return runCommand(t, append([]string{"scan"}, args...)...)
}

// runCommand runs the command in process and returns what it prints.
func runCommand(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := root()
	cmd.SetArgs(args)
	cmd.SetOut(&stdout)
	cmd.SetErr(&stderr)
	err := cmd.ExecuteContext(t.Context())
	return stdout.String() + stderr.String(), err
}

// TestHostileNames plants names that would forge lines, colours and workflow
// commands: none reaches an output as it is, and no file is lost.
func TestHostileNames(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the file system refuses these names")
	}
	dir := t.TempDir()
	names := []string{"a\n::error::b.csv", "\x1b[2Jc.csv", "été.csv", "caf\xe9.csv", "<img src=x onerror=alert(1)>.csv", "\u202egnp.csv"}
	for _, n := range names {
		if err := os.WriteFile(filepath.Join(dir, n), []byte("nom;courriel\nVauclair;odette@boite-perso.example\n"), 0o600); err != nil {
			t.Skipf("the file system refuses %q", n)
		}
	}
	if err := os.Symlink(".", filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	var args []string
	for _, ext := range []string{"csv", "html", "json", "md", "sarif", "txt", "xlsx", "xml"} {
		args = append(args, "-o", filepath.Join(out, "gaps."+ext))
	}
	text, err := runScan(t, append(args, dir, "--lang", "en")...)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"\n::error", "\x1b[2J", "\u202e"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q reaches the terminal", bad)
		}
	}
	md, err := os.ReadFile(filepath.Join(out, "gaps.md"))
	if err != nil {
		t.Fatal(err)
	}
	// Markdown shows what is between backquotes as it is.
	md = regexp.MustCompile("`[^`\n]*`").ReplaceAll(md, nil)
	if bytes.Contains(md, []byte("<img")) || bytes.Contains(md, []byte("\n::error")) {
		t.Error("a file name becomes markup")
	}
	for _, name := range []string{"csv", "html", "sarif", "txt", "xml"} {
		b, err := os.ReadFile(filepath.Join(out, "gaps."+name))
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"\n::error", "\x1b[2J", "\u202e"} {
			if bytes.Contains(b, []byte(bad)) {
				t.Errorf("%q reaches gaps.%s", bad, name)
			}
		}
		if (name == "html" || name == "xml") && bytes.Contains(b, []byte("<img src=x")) {
			t.Errorf("a file name becomes markup in gaps.%s", name)
		}
	}
	for _, format := range []string{"codequality", "github", "gitlab", "junit", "rdjson"} {
		text, err := runScan(t, "-o", format, dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"\n::error::b", "\x1b[2J", "\u202e"} {
			if strings.Contains(text, bad) {
				t.Errorf("%q reaches -o %s", bad, format)
			}
		}
	}
	if !strings.Contains(text, "6 read") {
		t.Errorf("not all files were read:\n%s", report.Clean(text))
	}
}
