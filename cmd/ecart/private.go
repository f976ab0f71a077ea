package main

import (
	"os"
	"path/filepath"
)

// privateTemp makes a temporary folder of this process the place of all its
// temporary files, clones and queues, and of those of the programs it starts. It
// removes what processes that were killed have left. leave removes the folder;
// without room for one, the system's serves.
func privateTemp() (leave func()) {
	removeLeft(os.TempDir())
	dir, err := os.MkdirTemp("", privatePrefix+"*")
	if err != nil {
		return func() {}
	}
	unlock, err := lock(filepath.Join(dir, lockFile))
	if err != nil {
		_ = os.RemoveAll(dir) // empty
		return func() {}
	}
	was := map[string]string{}
	for _, name := range temporary {
		was[name] = os.Getenv(name)
		_ = os.Setenv(name, dir) // a name and a path are never refused
	}
	return func() {
		for _, name := range temporary {
			_ = os.Setenv(name, was[name])
			if was[name] == "" {
				_ = os.Unsetenv(name)
			}
		}
		unlock()
		_ = os.RemoveAll(dir) // what is left is removed by the next process
	}
}

const (
	privatePrefix = "ecart-run-"
	lockFile      = "lock"
)

// temporary are the variables that say where temporary files go, by system.
var temporary = []string{"TMPDIR", "TMP", "TEMP"}

// removeLeft removes the folders whose process is gone: their lock is free. Those
// of other users are not ours to open.
func removeLeft(base string) {
	left, err := filepath.Glob(filepath.Join(base, privatePrefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range left {
		if info, err := os.Lstat(dir); err != nil || !info.IsDir() {
			continue // a link may lead anywhere
		}
		if unlock, err := relock(filepath.Join(dir, lockFile)); err == nil {
			unlock()
			_ = os.RemoveAll(dir) // tried again at the next start
		}
	}
}
