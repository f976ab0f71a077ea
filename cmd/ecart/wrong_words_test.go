package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a person mistypes is named as they wrote it, with its place and what is
// wanted, and without the words of a parser.
func TestWrongWords(t *testing.T) {
	dir := t.TempDir()
	config := func(text string) string {
		file := filepath.Join(dir, "ecart.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for _, c := range []struct {
		config string
		args   []string
		want   string
	}{
		{"", []string{"scan", "--budget", "5x", dir}, "--budget 5x: want a time such as 30m or 2h"},
		{"", []string{"scan", "--workers", "abc", dir}, "--workers abc: want a whole number"},
		{"targets: [{name: d, path: .}]\nlanguage: es\n", []string{"scan"}, "ecart.yaml:2: language es: want fr or en"},
		{"targets: [{name: d, path: .}]\naccept: [{gap: undeclared-systm/email, location: \"d:**\", reason: x}]\n", []string{"scan"}, "did you mean undeclared-system?"},
	} {
		args := c.args
		if c.config != "" {
			args = append(args, "--config", config(c.config))
		}
		out, err := runCommand(t, args...)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "strconv") {
			t.Errorf("%v: %v, want %q\n%s", args, err, c.want, out)
		}
	}
}

// A misspelt command is told as such although a flag comes after it.
func TestMisspeltCommand(t *testing.T) {
	old := os.Args
	defer func() { os.Args = old }()
	os.Args = []string{"ecart", "scn", "--lang", "fr"}
	cmd := root()
	cmd.SetArgs(os.Args[1:])
	if err := cmd.Execute(); err == nil || !strings.Contains(err.Error(), `unknown command "scn"`) {
		t.Errorf("%v", err)
	}
}
