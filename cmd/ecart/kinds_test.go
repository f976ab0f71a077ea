package main

import (
	"bytes"
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ecart-rgpd/ecart/rules"
)

// TestKinds scans, for each kind of gap, an organisation that raises it and its
// twin that must not.
func TestKinds(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	kinds, err := r.Gaps()
	if err != nil {
		t.Fatal(err)
	}
	for kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			archive, err := txtar.ParseFile("../../testdata/gaps/" + kind + ".txtar")
			if err != nil {
				t.Fatalf("every kind of gap has an example that raises it and one that must not: %v", err)
			}
			want := strings.Fields(string(fileOf(archive, "want")))
			got := scanKind(t, archive, "raises")
			var raised []string
			for _, g := range got {
				if g.Gap == kind {
					raised = append(raised, g.rule(), g.Object)
				}
			}
			if !slices.Equal(raised, want) {
				t.Errorf("raises %q, want %q", raised, want)
			}
			for _, g := range scanKind(t, archive, "twin") {
				if g.Gap == kind || g.Level != "note" {
					t.Errorf("the twin raises %s %s (%s)", g.rule(), g.Object, g.Level)
				}
			}
		})
	}
}

// A kindGap is what is read of a gap in the JSON.
type kindGap struct{ Gap, Category, Recipient, Field, Object, Level string }

func (g *kindGap) rule() string { return g.Gap + "/" + cmp.Or(g.Category, g.Recipient, g.Field) }

// scanKind lays out one half of an archive and scans it.
func scanKind(t *testing.T, archive *txtar.Archive, half string) []kindGap {
	t.Helper()
	dir := t.TempDir()
	past := false
	for _, f := range archive.Files {
		name, ok := strings.CutPrefix(f.Name, half+"/")
		if !ok {
			continue
		}
		past = past || strings.HasPrefix(name, "past/")
		putFile(t, filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(name, "past/"))), f.Data)
	}
	if b, err := os.ReadFile(filepath.Join(dir, "base.sql")); err == nil {
		makeBase(t, filepath.Join(dir, "base.db"), string(b))
	}
	git(t, dir, "init", "-q")
	git(t, dir, "add", "-A")
	git(t, dir, "commit", "-qm", "Premier dépôt")
	if past {
		for _, f := range archive.Files {
			if name, ok := strings.CutPrefix(f.Name, half+"/past/"); ok {
				git(t, dir, "rm", "-q", name)
			}
		}
		git(t, dir, "commit", "-qm", "Retrait")
	}
	out := filepath.Join(t.TempDir(), "gaps.json")
	text, _ := runScan(t, "--config", filepath.Join(dir, "ecart.yaml"), "-o", out, "--date", "2026-11-22", "-q")
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var report struct{ Gaps []kindGap }
	if err := json.Unmarshal(b, &report); err != nil {
		t.Fatal(err)
	}
	sort.Slice(report.Gaps, func(i, j int) bool {
		return report.Gaps[i].rule()+report.Gaps[i].Object < report.Gaps[j].rule()+report.Gaps[j].Object
	})
	return report.Gaps
}

func fileOf(archive *txtar.Archive, name string) []byte {
	for _, f := range archive.Files {
		if f.Name == name {
			return bytes.TrimSpace(f.Data)
		}
	}
	return nil
}

func putFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func makeBase(t *testing.T, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", append([]string{"-c", "user.name=Essai", "-c", "user.email=essai@essai.example", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatal(fmt.Errorf("git %v: %w\n%s", args, err, out))
	}
}
