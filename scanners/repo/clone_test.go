package repo

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
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

// TestCloneAsks holds that a server which wants a password gets none, and that the
// reason is said.
func TestCloneAsks(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("WWW-Authenticate", `Basic realm="depot"`)
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer server.Close()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull) // no helper
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	for address, want := range map[string]string{
		server.URL + "/x.git": "nobody is asked here",
		strings.Replace(server.URL, "http://", "http://alice:s3cret@", 1) + "/x.git": "is refused",
	} {
		_, _, err := Clone(context.Background(), address)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestOtherUser reads the objects of a repository that is another user's, and says
// why git compares no files there.
func TestOtherUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can give a folder away")
	}
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	dir := makeRepository(t)
	want := len(wantAll(t, dir))
	if err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(path, 65534, 65534))
	}); err != nil {
		t.Fatal(err)
	}
	if got, lost := readAll(t, dir); len(got) != want || lost > 0 {
		t.Errorf("%d blobs of %d, %v", len(got), want, lost)
	}
	d, err := OpenStaged(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range d.Items(context.Background()) {
		if err == nil || !strings.Contains(err.Error(), "belongs to another user") {
			t.Error(err)
		}
	}
	_, _, err = Clone(context.Background(), "file://"+dir)
	if err == nil || !strings.Contains(err.Error(), "belongs to another user") {
		t.Error(err)
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
