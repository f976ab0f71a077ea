package share

import (
	"context"
	"path/filepath"
	"testing"
)

// A database is another one when only the log beside it has changed.
func TestIdentityWithLog(t *testing.T) {
	root := t.TempDir()
	put(t, root, "w.db", "x")
	identities := func(of string) string {
		for it, err := range Folder(of, "s", Options{}).Items(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			if it.At.Path == "w.db" {
				return it.Identity
			}
		}
		return ""
	}
	alone := filepath.Join(root, "w.db")
	before := identities(root)
	put(t, root, "w.db-wal", "one")
	one := identities(root)
	put(t, root, "w.db-wal", "three")
	if three := identities(root); before == one || one == three || identities(alone) != three {
		t.Errorf("%q, %q, %q, alone %q", before, one, three, identities(alone))
	}
}
