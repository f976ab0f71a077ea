package repo

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// spoiled makes a packed repository and spoils one of its files.
func spoiled(t *testing.T, pattern string, spoil func(b []byte) []byte, args ...string) string {
	t.Helper()
	dir := makeRepository(t, args...)
	run(t, dir, "repack", "-adfq")
	found, err := filepath.Glob(filepath.Join(dir, ".git/objects/pack", pattern))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	b, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(found[0]); err != nil {
		t.Fatal(err)
	}
	if b = spoil(b); b != nil {
		if err := os.WriteFile(found[0], b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestOddPacks makes packs strange: whatever can be read is read, and what is
// wrong is said.
func TestOddPacks(t *testing.T) {
	const blobs = 24 // of makeRepository
	for _, test := range []struct {
		name, file string
		spoil      func(b []byte) []byte
		read       int
		says       string
		args       []string
	}{
		{name: "no index", file: "*.idx", spoil: func([]byte) []byte { return nil }, read: blobs, says: "corrupt pack index"},
		{name: "index cut short", file: "*.idx", spoil: func(b []byte) []byte { return b[:1100] }, read: blobs, says: "corrupt pack index"},
		{name: "index of nothing", file: "*.idx", spoil: func(b []byte) []byte { return bytes.Repeat([]byte{7}, len(b)) }, read: blobs, says: "corrupt pack index"},
		{name: "index of a later version", file: "*.idx", spoil: func(b []byte) []byte { b[7] = 3; return b }, read: blobs, says: "corrupt pack index"},
		{name: "index of SHA-256 cut short", file: "*.idx", spoil: func(b []byte) []byte { return b[:1100] }, read: blobs, says: "corrupt pack index", args: []string{"--object-format=sha256"}},
		{name: "offsets beyond the pack", file: "*.idx", spoil: func(b []byte) []byte {
			for i := len(b) - 40 - 4*4; i < len(b)-40; i++ {
				b[i] = 0x7f
			}
			return b
		}, read: 1, says: "corrupt pack"},
		{name: "pack of another version", file: "*.pack", spoil: func(b []byte) []byte { b[7] = 4; return b }, says: "pack of version 4"},
		{name: "no pack", file: "*.pack", spoil: func([]byte) []byte { return nil }, says: "a pack index without its pack"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := openStore(spoiled(t, test.file, test.spoil, test.args...))
			if err != nil {
				t.Fatal(err)
			}
			read, said := 0, ""
			err = s.blobs(context.Background(), func(string) bool { return true },
				func(string, *version) error { read++; return nil },
				func(_ string, reason error) { said += reason.Error() + "\n" })
			if err != nil || read < test.read || !strings.Contains(said, test.says) {
				t.Errorf("%d blobs read, want %d; said %q; %v", read, test.read, said, err)
			}
		})
	}
}

// TestRest reads a whole repository through git, as is done for packs that no
// sweep knows, and one in which git stops at an object.
func TestRest(t *testing.T) {
	dir := makeRepository(t)
	run(t, dir, "repack", "-adfq")
	all := func() (map[string]string, bool) {
		s, err := openStore(dir)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		whole, err := s.rest(context.Background(), func([]byte) bool { return true }, func(id []byte, v *version) error {
			got[string(id)] = string(v.content)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return got, whole
	}
	want, _ := readAll(t, dir)
	if got, whole := all(); len(got) != len(want) || !whole {
		t.Errorf("%d blobs, want %d; whole %v", len(got), len(want), whole)
	}
	packs, err := filepath.Glob(filepath.Join(dir, ".git/objects/pack/*.pack"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(packs[0])
	if err != nil {
		t.Fatal(err)
	}
	copy(b[len(b)/2:], bytes.Repeat([]byte{0xff}, 30))
	if err := os.Chmod(packs[0], 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(packs[0], b, 0o644); err != nil {
		t.Fatal(err)
	}
	if got, whole := all(); len(got) == 0 || len(got) >= len(want) || whole {
		t.Errorf("spoiled: %d blobs of %d; whole %v", len(got), len(want), whole)
	}
}

// TestPartialStaysHere reads a partial clone whose remote would give what is
// missing: nothing is fetched.
func TestPartialStaysHere(t *testing.T) {
	origin := makeRepository(t)
	run(t, origin, "config", "uploadpack.allowFilter", "true")
	to := filepath.Join(t.TempDir(), "c")
	run(t, origin, "clone", "-q", "--no-checkout", "--filter=blob:none", "file://"+origin, to)
	count := func() string { return run(t, to, "cat-file", "--batch-all-objects", "--batch-check") }
	before := count()
	h, err := OpenHistory(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Place(context.Background(), []string{strings.Repeat("5", 40)}); err != nil {
		t.Logf("placing: %v", err) // said in coverage
	}
	past(t, to)
	if after := count(); after != before {
		t.Errorf("objects came from the remote:\n%s", after)
	}
}
