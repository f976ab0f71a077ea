package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestClaimQueue: a folder serves one process at a time, and the next one after it.
func TestClaimQueue(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "queue")
	unlock, err := claimQueue(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := claimQueue(dir); err == nil || !strings.Contains(err.Error(), "another process uses this queue") {
		t.Errorf("a held folder: got %v", err)
	}
	unlock()
	unlock, err = claimQueue(dir)
	if err != nil {
		t.Fatalf("after its end: %v", err)
	}
	unlock()
}

// TestClaimQueueNowhere: a folder that cannot be made is named with what to do.
func TestClaimQueueNowhere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := claimQueue(filepath.Join(file, "queue")); err == nil || !strings.Contains(err.Error(), "give one that you may write") {
		t.Errorf("got %v", err)
	}
}
