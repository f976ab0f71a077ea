package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// docs are the pages whose commands are held to what the command knows.
func docs(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	return append(pages, "../../README.md", "../../README.fr.md")
}

// fence is a block of code of a page: its language, the name of a file if it is
// one, and its lines.
var fence = regexp.MustCompile("(?ms)^```([a-z]+) ?([^\n]*)\n(.*?)^```$")

// TestGuide runs the commands of the guides in a copy of the example, in their
// order, and compares what they print with what the page shows.
func TestGuide(t *testing.T) {
	for _, name := range []string{"guide.md", "guide.fr.md"} {
		t.Run(name, func(t *testing.T) {
			page, err := filepath.Abs("../../docs/" + name)
			if err != nil {
				t.Fatal(err)
			}
			src, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := os.CopyFS(filepath.Join(dir, "testdata"), os.DirFS("../../testdata")); err != nil {
				t.Fatal(err)
			}
			shut(t, filepath.Join(dir, "testdata"))
			t.Chdir(dir)
			version = "test"
			t.Cleanup(func() { version = "" })
			now := fence.ReplaceAllFunc(src, func(block []byte) []byte {
				m := fence.FindSubmatch(block)
				switch lang, file := string(m[1]), string(m[2]); {
				case file != "":
					if err := os.WriteFile(file, m[3], 0o600); err != nil {
						t.Fatal(err)
					}
				case lang == "console":
					return []byte("```console\n" + runBlock(t, string(m[3])) + "```")
				}
				return block
			})
			switch {
			case bytes.Equal(now, src):
			case *update:
				if err := os.WriteFile(page, now, 0o644); err != nil {
					t.Fatal(err)
				}
			default:
				t.Errorf("docs/%s does not show what the commands print; run with -update and read the difference\n%s", name, firstDifference(string(now), string(src)))
			}
		})
	}
}

// runBlock runs the lines that start with `$ ecart` and returns the block as it
// should read.
func runBlock(t *testing.T, block string) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(block) {
		command, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "$ ecart ")
		if !ok {
			continue // what the last command printed
		}
		var stdout, stderr bytes.Buffer
		cmd := root()
		cmd.SetArgs(strings.Fields(command))
		cmd.SetOut(&stdout)
		cmd.SetErr(&stderr)
		if err := cmd.ExecuteContext(t.Context()); err != nil && !strings.HasPrefix(err.Error(), "exit status") {
			t.Errorf("ecart %s: %v", command, err)
		}
		b.WriteString("$ ecart " + command + "\n")
		for out := range strings.Lines(strings.Trim(stdout.String(), "\n")) {
			b.WriteString(strings.TrimRight(out, " \n") + "\n")
		}
	}
	return b.String()
}

// TestDocsCommands holds every `ecart …` of a shell block to the commands and
// flags that there are: those that need a share or a server cannot be run here.
func TestDocsCommands(t *testing.T) {
	for _, page := range docs(t) {
		src, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range fence.FindAllSubmatch(src, -1) {
			if lang := string(m[1]); lang != "sh" && lang != "bash" && lang != "console" && lang != "shell" {
				continue
			}
			text := strings.ReplaceAll(string(m[3]), "\\\n", " ")
			for line := range strings.Lines(text) {
				knownCommand(t, filepath.Base(page), line)
			}
		}
	}
}

// shellWord is a word of a line of shell, quoted or not.
var shellWord = regexp.MustCompile(`'[^']*'|"[^"]*"|[^\s'"]+`)

func knownCommand(t *testing.T, page, line string) {
	t.Helper()
	line, _, _ = strings.Cut(line, " #")
	words := shellWord.FindAllString(strings.TrimPrefix(strings.TrimSpace(line), "$ "), -1)
	if len(words) == 0 || words[0] != "ecart" {
		return
	}
	var args []string
	for _, w := range words[1:] {
		if w == "|" || w == ">" || w == "&&" || w == ";" || w == "||" {
			break
		}
		args = append(args, strings.Trim(w, `'"`))
	}
	cmd, rest, err := root().Find(args)
	if err == nil && cmd.HasSubCommands() && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		t.Errorf("%s: %s: there is no such command", page, strings.TrimSpace(line))
		return
	}
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return err })
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err != nil {
		t.Errorf("%s: %s: %v", page, strings.TrimSpace(line), err)
	}
}

// shut leaves files to their owner: rights weigh, and a copy takes them from the
// user who runs the tests.
func shut(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return os.Chmod(path, 0o700)
	})
	if err != nil {
		t.Fatal(err)
	}
}
