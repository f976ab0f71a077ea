package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Workers that end before they can read are not started for ever.
func TestStillbornWorkers(t *testing.T) {
	no, err := exec.LookPath("false")
	if err != nil {
		t.Skip("no program that fails")
	}
	err = (&child{self: no, name: "local-0"}).keep(t.Context())
	if err == nil || !strings.Contains(err.Error(), "5 in a row") {
		t.Errorf("got %v", err)
	}
	given := 0
	keepAll(t.Context(), []*child{{self: no, name: "local-0"}}, func(error) { given++ })()
	if given != 1 {
		t.Errorf("the run ends %d times", given)
	}
}

// A worker that does not survive its start ends no run that others read.
func TestStillbornBesideOthers(t *testing.T) {
	no, err := exec.LookPath("false")
	if err != nil {
		t.Skip("no program that fails")
	}
	reads := filepath.Join(t.TempDir(), "reads")
	if err := os.WriteFile(reads, []byte("#!/bin/sh\necho ready\nexec sleep 60\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 4*time.Second) // five starts take one
	defer stop()
	keepAll(ctx, []*child{{self: no, name: "local-0"}, {self: reads, name: "local-1"}}, func(err error) { t.Errorf("the run ends: %v", err) })()
}

// The last worker that is given up ends the run, whoever read before.
func TestAllGivenUp(t *testing.T) {
	h := &hands{left: 2}
	h.began()
	if h.lost() || !h.lost() {
		t.Error("not the last one ends it")
	}
	if h = (&hands{left: 2}); !h.lost() {
		t.Error("nobody ever read, and it goes on")
	}
}
