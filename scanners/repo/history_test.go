package repo

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// past reads a history: contents by path and whether of the past, and reasons.
func past(t *testing.T, dir string) (read map[string]int, unread []string) {
	t.Helper()
	h, err := OpenHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	read = map[string]int{}
	for it, err := range h.Items(context.Background()) {
		switch {
		case err != nil:
			unread = append(unread, err.Error())
			continue
		case it.Unread != "":
			unread = append(unread, it.Unread)
			continue
		}
		rc, err := it.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(rc)
		if err != nil || int64(len(b)) != it.Size {
			t.Errorf("%d bytes of %d: %v", len(b), it.Size, err)
		}
		it.Close()
		read[it.At.Path]++
	}
	return read, unread
}

func TestHistoryIncomplete(t *testing.T) {
	origin := makeRepository(t)
	run(t, origin, "config", "uploadpack.allowFilter", "true")
	clone := func(args ...string) string {
		to := filepath.Join(t.TempDir(), "c")
		run(t, origin, append(append([]string{"clone", "-q"}, args...), "file://"+origin, to)...)
		return to
	}
	for name, c := range map[string]struct{ dir, says string }{
		"shallow": {clone("--depth=1"), "shallow clone"},
		"partial": {clone("--filter=blob:none"), "partial clone"},
	} {
		if _, unread := past(t, c.dir); !strings.Contains(strings.Join(unread, "\n"), c.says) {
			t.Errorf("%s: %q", name, unread)
		}
	}
	if _, unread := past(t, clone()); unread != nil {
		t.Errorf("a whole clone: %q", unread)
	}
}

// TestHistoryBroken spoils a repository: it is said, and what is whole is read.
func TestHistoryBroken(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, dir string){
		"index cut short": func(t *testing.T, dir string) { cut(t, dir, "*.idx", 1000) },
		"pack cut short":  func(t *testing.T, dir string) { cut(t, dir, "*.pack", 300) },
		"no pack":         func(t *testing.T, dir string) { cut(t, dir, "*.pack", -1) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := makeRepository(t)
			run(t, dir, "repack", "-adfq")
			spoil(t, dir)
			if _, unread := past(t, dir); len(unread) == 0 {
				t.Error("nothing is said")
			}
		})
	}
}

// cut cuts the only file of a pattern; below 0 it is removed.
func cut(t *testing.T, dir, pattern string, size int64) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, ".git/objects/pack", pattern))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if size < 0 {
		err = os.Remove(found[0])
	} else if err = os.Chmod(found[0], 0o644); err == nil {
		err = os.Truncate(found[0], size)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestHistoryOfLittle(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, "init", "-q", "-b", "main")
	if read, unread := past(t, dir); len(read)+len(unread) > 0 {
		t.Errorf("an empty repository: %v %q", read, unread)
	}
	writeFile(t, filepath.Join(dir, "a.txt"), "a")
	run(t, dir, "add", "-A")
	run(t, dir, "commit", "-qm", "x")
	writeFile(t, filepath.Join(dir, ".git/refs/heads/rien"), strings.Repeat("5", 40)+"\n")
	if read, unread := past(t, dir); len(read)+len(unread) > 0 {
		t.Errorf("a ref to nothing: %v %q", read, unread)
	}
	h, err := OpenHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Place(context.Background(), []string{strings.Repeat("5", 40)}); err != nil {
		t.Logf("placing beside a ref to nothing: %v", err) // said in coverage
	}
}

// TestHistoryBare tells the present of a bare repository from its past.
func TestHistoryBare(t *testing.T) {
	origin, to := makeRepository(t), filepath.Join(t.TempDir(), "nu.git")
	run(t, origin, "clone", "-q", "--mirror", origin, to)
	read, unread := past(t, to)
	if read["docs/journal.txt"] != 1 || read["f3.txt"] != 1 || read[pastPath] != 11 || unread != nil {
		t.Errorf("%v %q", read, unread)
	}
	h, err := OpenHead(to)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for it, err := range h.Items(context.Background()) {
		if n++; err != nil || it.History {
			t.Errorf("%v of the past: %v", it.At.Path, err)
		}
	}
	if n != 13 {
		t.Errorf("%d files at HEAD, want 13", n)
	}
}
