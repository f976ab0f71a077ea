package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocsRegisters runs the commands of the pages on registers in a copy of the
// files they name, and compares what they print; "…" stands for lines left out.
func TestDocsRegisters(t *testing.T) {
	for _, page := range []string{"registers.md", "registers.fr.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(page, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "testdata", "registers"))); err != nil {
				t.Fatal(err)
			}
			t.Chdir(dir)
			ran := 0
			for _, block := range strings.Split(string(text), "```console\n")[1:] {
				block, _, _ = strings.Cut(block, "```")
				for _, entry := range strings.Split("\n"+block, "\n$ ")[1:] {
					command, want, _ := strings.Cut(entry, "\n")
					checkCommand(t, command, want)
					ran++
				}
			}
			if ran < 10 {
				t.Errorf("%d commands found", ran)
			}
		})
	}
}

func checkCommand(t *testing.T, command, want string) {
	t.Helper()
	words := strings.Fields(command)
	got := ""
	switch {
	case words[0] == "cat" && len(words) == 2:
		src, err := os.ReadFile(words[1])
		if err != nil {
			t.Fatal(err)
		}
		got = string(src)
	case len(words) > 2 && words[0] == "ecart" && words[1] == "register":
		out, notes, err := runRegister(t, words[2:]...)
		if err != nil && words[2] != "check" { // a check with errors ends with 1
			t.Errorf("%s: %v", command, err)
		}
		got = out + notes
	default:
		t.Fatalf("%s: not a command this test runs", command)
	}
	rest := got
	for i, part := range strings.Split(strings.TrimRight(want, "\n"), "…\n") {
		part = strings.TrimSuffix(strings.TrimRight(part, "\n"), "…")
		at := strings.Index(rest, strings.Trim(part, "\n"))
		if at < 0 || i == 0 && at > 0 {
			t.Fatalf("%s prints\n%s\nand not\n%s", command, got, part)
		}
		rest = rest[at+len(strings.Trim(part, "\n")):]
	}
}
