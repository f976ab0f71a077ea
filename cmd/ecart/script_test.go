package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ecart": main})
}

// TestScript runs the command as a person does: arguments, output, exit status.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:       "testdata/script",
		Setup:     func(e *testscript.Env) error { e.Setenv("LANG", "fr_FR.UTF-8"); return nil },
		Condition: func(c string) (bool, error) { return c == "root" && asRoot(), nil },
		Cmds:      map[string]func(*testscript.TestScript, bool, []string){"status": exitStatus, "fill": fill, "queue": queue, "readsonly": readsonly},
	})
}

// exitStatus runs `ecart` and checks its exit status: status 3 scan x.
func exitStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N ARG…")
	}
	err := ts.Exec("ecart", args[1:]...)
	got := "0"
	if err != nil {
		got = ts.ReadFile("stderr")
		if s, ok := exitCode(err); ok {
			got = s
		}
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s\n%s", got, args[0], ts.ReadFile("stderr"))
	}
}

// fill makes a folder of N files, or one file of one line of N MB: fill many 900
// DIR, fill line 20 FILE.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: fill many|line N PATH")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	path := ts.MkAbs(args[2])
	if args[0] == "line" {
		half := strings.Repeat("x", n*500_000)
		ts.Check(os.WriteFile(path, []byte(half+" "+nirWithKey("2850575999042")+" NIR "+half), 0o600))
		return
	}
	ts.Check(os.MkdirAll(path, 0o755))
	text := []byte(strings.Repeat("nom;courriel\nVauclair;odette@boite-perso.example\n", 20_000))
	for i := range n {
		ts.Check(os.WriteFile(filepath.Join(path, fmt.Sprintf("f%04d.csv", i)), text, 0o600))
	}
}
