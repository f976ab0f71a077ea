package main

import (
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
		Cmds:      map[string]func(*testscript.TestScript, bool, []string){"status": exitStatus},
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
