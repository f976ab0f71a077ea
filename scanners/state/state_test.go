package state

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

func open(t testing.TB, path, version string) *Store {
	t.Helper()
	s, err := Open(path, version)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWhatWasPutIsThereInTheNextRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	found := []detectors.Finding{{At: item.Location{Target: "t", Path: "a"}, Category: "nir", Count: 3, Lines: []int{1, 2}}}
	cover := item.Coverage{Items: 1, Read: 1, Bytes: 9}
	s := open(t, path, "v1")
	s.Put("t", "a", "id1", found, cover)
	s.Put("t", "gone", "id1", found, cover)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s = open(t, path, "v1")
	if _, _, ok := s.Get("t", "a", "id2"); ok {
		t.Error("a changed file is not read again")
	}
	f, c, ok := s.Get("t", "a", "id1")
	if !ok || cmp.Diff(found, f, cmpopts.IgnoreUnexported(detectors.Finding{})) != "" || cmp.Diff(cover, c) != "" {
		t.Errorf("got %v %v %v", f, c, ok)
	}
	if err := s.Forget("t"); err != nil {
		t.Fatal(err)
	}
	if _, _, ok := s.Get("t", "gone", "id1"); ok {
		t.Error("a file that is gone is kept")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s = open(t, path, "v2")
	if _, _, ok := s.Get("t", "a", "id1"); ok {
		t.Error("new rules do not read again")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestASecondScanIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	s := open(t, path, "v")
	defer func() { _ = s.Close() }()
	if _, err := Open(path, "v"); err == nil || !strings.Contains(err.Error(), "another scan") {
		t.Errorf("got %v", err)
	}
}

func BenchmarkGet(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "s"), "v")
	defer func() { _ = s.Close() }()
	const n = 10_000
	for i := range n {
		s.Put("t", fmt.Sprint("folder/file", i), "id", nil, item.Coverage{Items: 1, Read: 1})
	}
	if err := s.Forget(); err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		if _, _, ok := s.Get("t", fmt.Sprint("folder/file", i%n), "id"); !ok {
			b.Fatal(i)
		}
		i++
	}
}
