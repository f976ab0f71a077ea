package main

import (
	"os"
	"path/filepath"
	"testing"
)

// What a killed process left is removed at the next start; what a living one uses
// is not, nor what a link leads to.
func TestPrivateTemp(t *testing.T) {
	base := t.TempDir()
	for _, name := range temporary {
		t.Setenv(name, base)
	}
	dead := filepath.Join(base, privatePrefix+"dead")
	if err := os.MkdirAll(filepath.Join(dead, "ecart-git-1"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dead, lockFile), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(t.TempDir(), lockFile)
	if err := os.WriteFile(outside, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	linked := os.Symlink(filepath.Dir(outside), filepath.Join(base, privatePrefix+"link")) == nil
	leave := privateTemp()
	mine := os.TempDir()
	if mine == base {
		t.Fatal("no folder of its own")
	}
	if _, err := os.Stat(dead); err == nil {
		t.Error("what a dead process left is still there")
	}
	if _, err := os.Stat(outside); linked && err != nil {
		t.Error("a link was followed")
	}
	removeLeft(base)
	if _, err := os.Stat(mine); err != nil {
		t.Error("a living process's folder was removed")
	}
	leave()
	if _, err := os.Stat(mine); err == nil || os.Getenv("TMPDIR") != base {
		t.Error("it is not left as it was")
	}
}
