//go:build linux

package share

import (
	"os"
	"path/filepath"
	"testing"
)

func TestEveryone(t *testing.T) {
	root := t.TempDir()
	if !realRights(root) {
		t.Skip("the folder for tests is on a file system without modes")
	}
	chmod := func(name string, mode os.FileMode) {
		if err := os.Chmod(filepath.Join(root, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"open", "shut"} {
		if err := os.Mkdir(filepath.Join(root, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	files := map[string]os.FileMode{"open/read.txt": 0o644, "open/write.txt": 0o666, "open/own.txt": 0o640, "shut/read.txt": 0o644}
	for name, mode := range files {
		if err := os.WriteFile(filepath.Join(root, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		chmod(name, mode)
	}
	chmod("open", 0o755)
	chmod(".", 0o755)
	for times, want := range map[bool]map[string]string{
		true:  {"open/read.txt": "read", "open/write.txt": "write", "open/own.txt": "", "shut/read.txt": ""},
		false: {"open/write.txt": ""}, // a clone sets modes as it likes
	} {
		tree := Folder(root, "share", Options{FileTimes: times})
		for it, err := range tree.Items(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if got := it.Everyone; got != want[it.At.Path] {
				t.Errorf("%s: %q, want %q", it.At.Path, got, want[it.At.Path])
			}
			if again := tree.Find(it.Ref); again.Everyone != it.Everyone {
				t.Errorf("%s: found again %q, was %q", it.At.Path, again.Everyone, it.Everyone)
			}
		}
	}
}
