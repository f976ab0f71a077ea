package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestKilledRunsResume kills scans with --state at fifty random moments, ten in a
// row on the same state, and wants the next run to find what a clean one does.
func TestKilledRunsResume(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds of scans")
	}
	dir := t.TempDir()
	for i := range 3000 {
		name := filepath.Join(dir, "share", fmt.Sprint("d", i%20), fmt.Sprintf("f%04d.csv", i))
		if i < 20 {
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		text := fmt.Sprintf("ref;courriel\n%d;anouk%d@boite-perso.example\n", i, i)
		if i%7 > 0 {
			text = strings.Repeat(fmt.Sprintf("relevé %d\n", i), 300)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	start := time.Now()
	clean := scanned(t, dir, "", 0)
	whole := time.Since(start)
	if len(clean) < 400 {
		t.Fatalf("%d findings", len(clean))
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // moments, no secrets
	for round := range 5 {
		state := filepath.Join(dir, fmt.Sprint("state", round))
		for range 10 {
			scanned(t, dir, state, 1+time.Duration(r.Int64N(int64(whole))))
		}
		for range 2 { // the second from memory alone
			if diff := cmp.Diff(clean, scanned(t, dir, state, 0)); diff != "" {
				t.Fatalf("round %d:\n%.2000s", round, diff)
			}
		}
	}
}

// scanned runs the command and returns its findings; nil when it is killed after
// a while.
func scanned(t *testing.T, dir, state string, kill time.Duration) []string {
	t.Helper()
	findings := filepath.Join(dir, "findings.jsonl")
	args := []string{"scan", filepath.Join(dir, "share"), "--findings", findings, "-q"}
	if state != "" {
		args = append(args, "--state", state)
	}
	cmd := exec.Command("ecart", args...)
	cmd.Dir = dir
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if kill > 0 {
		time.AfterFunc(kill, func() { _ = cmd.Process.Kill() })
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if kill > 0 && (err == nil || errors.As(err, &exit) && !exit.Exited()) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(findings)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(b), "\n")
}
