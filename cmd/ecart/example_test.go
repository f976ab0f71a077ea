package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the expected report of the example")

// goldens are the outputs kept in testdata/example/expected.
var goldens = []string{"gaps.json", "gaps.md", "gaps.sarif", "findings.jsonl", "terminal.txt"}

// scanExample scans the example organisation and returns its outputs by name.
func scanExample(t *testing.T, workers string) map[string][]byte {
	t.Helper()
	out := t.TempDir()
	args := []string{
		"--config", "testdata/example/ecart.yaml", "--date", "2026-11-22", "--lang", "fr", "--workers", workers,
		"--findings", filepath.Join(out, "findings.jsonl"),
	}
	for _, name := range []string{"gaps.json", "gaps.md", "gaps.sarif"} {
		args = append(args, "-o", filepath.Join(out, name))
	}
	text, err := runScan(t, args...)
	if err == nil || err.Error() != status(exitGaps).Error() {
		t.Fatalf("the example ends with %v, want exit status 1\n%s", err, text)
	}
	got := map[string][]byte{"terminal.txt": []byte(text)}
	for _, name := range goldens[:4] {
		b, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		got[name] = b
	}
	return got
}

// TestExample holds the report of the example organisation: the same bytes with
// one worker and sixteen, and those that are kept in the repository.
func TestExample(t *testing.T) {
	t.Chdir("../..")
	version = "test"
	t.Cleanup(func() { version = "" })
	one, sixteen := scanExample(t, "1"), scanExample(t, "16")
	for _, name := range goldens {
		if !bytes.Equal(one[name], sixteen[name]) {
			t.Errorf("%s differs between 1 and 16 workers", name)
		}
		path := filepath.Join("testdata/example/expected", name)
		if *update {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, one[name], 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one[name], want) {
			t.Errorf("%s is not what %s holds; read the difference, then go test ./cmd/ecart -run Example -update\n%s", name, path, firstDifference(string(one[name]), string(want)))
		}
	}
}

// TestReadme holds the output shown in both READMEs to the real one.
func TestReadme(t *testing.T) {
	want, err := os.ReadFile("../../testdata/example/expected/terminal.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"README.md", "README.fr.md"} {
		path := filepath.Join("../..", name)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		head, rest, ok := strings.Cut(string(b), "<!-- example -->\n```text\n")
		_, tail, found := strings.Cut(rest, "```\n<!-- /example -->")
		if !ok || !found {
			t.Fatalf("%s has no example", name)
		}
		now := head + "<!-- example -->\n```text\n" + string(want) + "```\n<!-- /example -->" + tail
		if *update {
			if err := os.WriteFile(path, []byte(now), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if now != string(b) {
			t.Errorf("%s does not show what the command prints; run with -update", name)
		}
	}
}

// firstDifference shows the first line that differs.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return "one is longer"
}
