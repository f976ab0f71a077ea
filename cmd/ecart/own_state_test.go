package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/ecart-rgpd/ecart/scanners/state"
)

// A state is known by its buckets, in an archive too; a bolt database of another
// program is not one, whatever words it holds.
func TestIsState(t *testing.T) {
	dir := t.TempDir()
	own, other := filepath.Join(dir, "own"), filepath.Join(dir, "other")
	for range 3 { // the root moves
		s, err := state.Open(own, "rules 1")
		if err == nil {
			err = s.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	db, err := bbolt.Open(other, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range []string{"format", "versions", "items"} {
			b, err := tx.CreateBucket([]byte(name))
			if err != nil {
				return err
			}
			if err := b.Put([]byte("about"), []byte("format versions items")); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{own: true, other: false} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []*document.File{
			{Size: int64(len(b)), Open: func() (io.ReadCloser, error) { return os.Open(path) }},
			{Open: func() (io.ReadCloser, error) { return io.NopCloser(io.MultiReader(bytes.NewReader(b))), nil }},
		} {
			if got, err := isState(f); got != want || err != nil {
				t.Errorf("%s: %v, %v", path, got, err)
			}
		}
		for cut := 0; cut < len(b); cut += 997 { // a torn one is none, and harms nobody
			f := &document.File{Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b[:cut])), nil }}
			if _, err := isState(f); err != nil {
				t.Errorf("%d bytes: %v", cut, err)
			}
		}
	}
}

func FuzzBuckets(f *testing.F) {
	f.Add([]byte(fmt.Sprintf("%08d\x02\x00\x01\x00%04d\x01\x00\x00\x00\x10\x00\x00\x00\x05\x00\x00\x00%04dabout", 0, 0, 0)))
	f.Fuzz(func(_ *testing.T, page []byte) {
		if len(page) >= boltHeader {
			bucketsOf(page)
		}
	})
}
