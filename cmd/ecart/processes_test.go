package main

import (
	"os/exec"
	"strings"
	"testing"
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
}
