package repo

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestClone(t *testing.T) {
	origin, bundle := makeRepository(t), filepath.Join(t.TempDir(), "tout.bundle")
	run(t, origin, "bundle", "create", "-q", bundle, "--all")
	if !IsBundle(bundle) || IsBundle(filepath.Join(origin, "f1.txt")) {
		t.Error("a bundle is not told from a text")
	}
	for _, from := range []string{"file://" + origin, bundle} {
		tmp := t.TempDir()
		t.Setenv("TMPDIR", tmp)
		dir, remove, err := Clone(context.Background(), from)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := readAll(t, dir); len(got) != len(wantAll(t, origin)) {
			t.Errorf("%s: %d blobs", from, len(got))
		}
		remove()
		empty(t, tmp)
	}
}

// TestCloneFails holds the message free of credentials and the disk of remains.
func TestCloneFails(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	for _, from := range []string{"https://alice:s3cret@127.0.0.1:1/x.git", "file:///nowhere/at/all.git"} {
		_, _, err := Clone(context.Background(), from)
		if err == nil {
			t.Fatalf("%s was cloned", from)
		}
		if strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "alice") {
			t.Error("the message holds credentials")
		}
		empty(t, tmp)
	}
}

func empty(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestRedact(t *testing.T) {
	for address, want := range map[string]string{
		"https://git.example/x.git":                 "https://git.example/x.git",
		"https://alice:s3cret@git.example/x.git":    "https://git.example/x.git",
		"https://token@git.example/x.git":           "https://git.example/x.git",
		"https://alice:s3%ZZcret@git.example/x.git": "https://git.example/x.git",
		"https://alice:s3@cret@git.example/x.git":   "https://git.example/x.git",
		"git@git.example:x.git":                     "git@git.example:x.git",
		"depot.bundle":                              "depot.bundle",
	} {
		if got := Redact(address); got != want {
			t.Errorf("Redact(%s) = %s, want %s", address, got, want)
		}
	}
}
