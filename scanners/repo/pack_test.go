package repo

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// makeRepository makes a repository with real git whose blobs delta well.
func makeRepository(t *testing.T, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	run(t, dir, append([]string{"init", "-q", "-b", "main"}, args...)...)
	body := make([]string, 400)
	for i := range body {
		body[i] = fmt.Sprintf("%d : réunion du comité, point %d", i, i*7919%1009)
	}
	for n := range 12 {
		body[n*30] = fmt.Sprintf("ligne changée %d", n)
		writeFile(t, filepath.Join(dir, "docs", "journal.txt"), strings.Join(body, "\n"))
		writeFile(t, filepath.Join(dir, fmt.Sprintf("f%d.txt", n)), fmt.Sprint("contenu ", n))
		run(t, dir, "add", "-A")
		run(t, dir, "commit", "-qm", "suite")
	}
	return dir
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir, "-c", "gc.auto=0", "-c", "user.name=Essai", "-c", "user.email=essai@depot.example"}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// readAll returns id → content of every blob of a store, and what was lost.
func readAll(t *testing.T, dir string) (map[string]string, int) {
	t.Helper()
	s, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	got, lost := map[string]string{}, 0
	err = s.blobs(context.Background(), func(string) bool { return true },
		func(id string, v *version) error {
			if _, twice := got[hex.EncodeToString([]byte(id))]; twice {
				t.Errorf("blob %x twice", id)
			}
			got[hex.EncodeToString([]byte(id))] = string(v.content)
			return nil
		},
		func(string, error) { lost++ })
	if err != nil {
		t.Fatal(err)
	}
	return got, lost
}

// wantAll asks git for the same.
func wantAll(t *testing.T, dir string) map[string]string {
	t.Helper()
	want := map[string]string{}
	for line := range strings.Lines(run(t, dir, "cat-file", "--batch-all-objects", "--batch-check")) {
		if f := strings.Fields(line); f[1] == "blob" {
			want[f[0]] = run(t, dir, "cat-file", "blob", f[0])
		}
	}
	return want
}

// TestBlobs reads every form in which git keeps objects and compares each blob
// with git's own answer.
func TestBlobs(t *testing.T) {
	forms := map[string]func(dir string){
		"loose":            func(string) {},
		"offset deltas":    func(dir string) { run(t, dir, "repack", "-adfq", "--depth=50") },
		"reference deltas": func(dir string) { run(t, dir, "-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq") },
		"index version 1":  func(dir string) { run(t, dir, "-c", "pack.indexVersion=1", "repack", "-adfq") },
		"pack and loose": func(dir string) {
			run(t, dir, "repack", "-adfq")
			writeFile(t, filepath.Join(dir, "neuf.txt"), "neuf")
			run(t, dir, "add", "-A")
		},
		"several packs": func(dir string) {
			run(t, dir, "repack", "-dq")
			writeFile(t, filepath.Join(dir, "neuf.txt"), "neuf")
			run(t, dir, "add", "-A")
			run(t, dir, "commit", "-qm", "x")
			run(t, dir, "repack", "-dq")
		},
	}
	for name, make := range forms {
		t.Run(name, func(t *testing.T) {
			dir := makeRepository(t)
			make(dir)
			compare(t, dir)
		})
	}
	t.Run("sha256", func(t *testing.T) {
		dir := makeRepository(t, "--object-format=sha256")
		run(t, dir, "repack", "-adfq")
		compare(t, dir)
	})
	t.Run("alternates", func(t *testing.T) {
		dir, borrower := makeRepository(t), filepath.Join(t.TempDir(), "b")
		run(t, dir, "clone", "-q", "--shared", dir, borrower)
		compare(t, borrower)
	})
	t.Run("linked work tree", func(t *testing.T) {
		dir, linked := makeRepository(t), filepath.Join(t.TempDir(), "w")
		run(t, dir, "worktree", "add", "-q", "-b", "autre", linked)
		compare(t, linked)
	})
	t.Run("large offsets", func(t *testing.T) {
		dir := makeRepository(t)
		run(t, dir, "-c", "pack.indexVersion=2", "repack", "-adfq")
		large(t, dir)
		compare(t, dir)
	})
}

// large rewrites the index of the only pack so that most offsets stand in the
// table for packs beyond 2 GiB.
func large(t *testing.T, dir string) {
	t.Helper()
	packs, err := filepath.Glob(filepath.Join(dir, ".git/objects/pack/*.pack"))
	if err != nil || len(packs) != 1 {
		t.Fatal(packs, err)
	}
	idx := strings.TrimSuffix(packs[0], ".pack") + ".idx"
	if err := os.Remove(idx); err != nil {
		t.Fatal(err)
	}
	run(t, dir, "index-pack", "--index-version=2,0x400", "-o", idx, packs[0])
}

func compare(t *testing.T, dir string) {
	t.Helper()
	got, lost := readAll(t, dir)
	want := wantAll(t, dir)
	if len(got) != len(want) || lost > 0 {
		t.Errorf("%d blobs, git has %d; %d lost", len(got), len(want), lost)
	}
	for id, content := range want {
		if got[id] != content {
			t.Errorf("blob %s differs", id)
		}
	}
}

// TestCorruptPack cuts and spoils a pack: what is lost is said, the rest is read,
// and every blob that is read is right.
func TestCorruptPack(t *testing.T) {
	dir := makeRepository(t)
	run(t, dir, "repack", "-adfq", "--depth=50")
	packs, err := filepath.Glob(filepath.Join(dir, ".git/objects/pack/*.pack"))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(packs[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(packs[0], 0o644); err != nil {
		t.Fatal(err)
	}
	for at := 20; at < len(whole)-40; at += 701 {
		b := bytes.Clone(whole)
		b[at] ^= 0x41
		if err := os.WriteFile(packs[0], b, 0o644); err != nil {
			t.Fatal(err)
		}
		readAll(t, dir) // must not panic
	}
	if err := os.WriteFile(packs[0], whole[:len(whole)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	got, lost := readAll(t, dir)
	if lost == 0 {
		t.Error("half a pack, and nothing is lost")
	}
	for id, content := range got {
		if sum := sha1.Sum([]byte(fmt.Sprintf("blob %d\x00%s", len(content), content))); hex.EncodeToString(sum[:]) != id {
			t.Errorf("blob %s is wrong", id)
		}
	}
}

func FuzzIndex(f *testing.F) {
	f.Add([]byte("\xfftOc\x00\x00\x00\x02"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if x, err := parseIndex(b, 20); err == nil {
			for i := range x.offsets {
				x.find(x.id(uint32(i)))
			}
		}
	})
}

func FuzzDelta(f *testing.F) {
	f.Add([]byte("hello"), []byte{5, 3, 0x90, 3})
	f.Fuzz(func(_ *testing.T, base, delta []byte) { _, _ = apply(base, delta, nil, nil) })
}
