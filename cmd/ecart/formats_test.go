package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestOldFormats reads what every earlier version wrote: a register of years ago,
// the report that is the baseline of today, the state of last night.
func TestOldFormats(t *testing.T) {
	folders, err := filepath.Glob("../../testdata/formats/*/ecart.yaml")
	if err != nil || len(folders) == 0 {
		t.Fatal("no versions", err)
	}
	for _, config := range folders {
		dir := filepath.Dir(config)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			if out, err := runCommand(t, "register", "check", filepath.Join(dir, "registre.yaml")); err != nil {
				t.Errorf("register: %v\n%s", err, out)
			}
			for _, baseline := range []string{"gaps.json", "gaps.sarif"} {
				testOldBaseline(t, config, filepath.Join(dir, baseline))
			}
			testOldState(t, config, filepath.Join(dir, "state.db"))
			for _, input := range []string{"findings.jsonl", "gaps.json"} {
				register := filepath.Join(t.TempDir(), "registre.yaml")
				if err := os.WriteFile(register, []byte("ecart: 1\norganisation: {name: Exemple}\ntreatments: []\n"), 0o600); err != nil {
					t.Fatal(err)
				}
				if out, err := runCommand(t, "register", "suggest", filepath.Join(dir, input), "--register", register); err != nil || out == "" {
					t.Errorf("suggest %s: %v\n%s", input, err, out)
				}
			}
		})
	}
}

// oldGaps scans again and returns how many gaps are in each state. Detectors get
// better, so that gaps may come; those that were there are known again.
func oldGaps(t *testing.T, args ...string) map[string]int {
	t.Helper()
	file := filepath.Join(t.TempDir(), "gaps.json")
	out, err := runScan(t, append(args, "--date", "2026-11-22", "-o", file)...)
	if err != nil && !errors.Is(err, status(exitGaps)) {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Complete bool
		Gaps     []struct{ Gap, State string }
	}
	if err := json.Unmarshal(text, &report); err != nil || !report.Complete {
		t.Fatalf("complete %t, %v", report.Complete, err)
	}
	states := map[string]int{}
	for _, g := range report.Gaps {
		states[g.State]++
	}
	return states
}

func testOldBaseline(t *testing.T, config, baseline string) {
	if got := oldGaps(t, "--config", config, "--baseline", baseline); got["unchanged"] < 5 || got["gone"] > 1 {
		t.Errorf("%s: %v", baseline, got)
	}
}

// testOldState wants the report of a scan that knows nothing: state of other rules
// is read and put aside, never a reason to fail or to leave something out.
func testOldState(t *testing.T, config, state string) {
	text, err := os.ReadFile(state)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "state.db")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	fresh, old := oldGaps(t, "--config", config), oldGaps(t, "--config", config, "--state", file)
	if len(fresh) == 0 || fresh[""]+fresh["new"]+fresh["unchanged"] != old[""]+old["new"]+old["unchanged"] {
		t.Errorf("with the state of an earlier version %v, without %v", old, fresh)
	}
}
