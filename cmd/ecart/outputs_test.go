package main

import (
	"os"
	"strings"
	"testing"
)

// Two outputs of one path are refused, before anything is written: one would be lost.
func TestOutputsApart(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "in/a.csv", "nom;courriel\nVauclair;odette@boite-perso.example\n")
	write(t, "registre.yaml", smallRegister)
	write(t, "politique.txt", "Les données sont conservées deux ans.\n")
	for _, tt := range []struct{ args, want string }{
		{"scan in -q -o x.json --findings x.json", "output x.json: two outputs"},
		{"scan in -q -o x.json --heartbeat ./x.json", "two outputs"},
		{"scan in -q --findings x.json --heartbeat x.json", "findings x.json: two outputs"},
		{"scan in -q -o x.json -o x.json", "two outputs"},
		{"register check registre.yaml -o x.json -o x.json", "two outputs"},
		{"register draft politique.txt -o x.json -o y.yaml", "this command writes one file"},
		{"register export registre.yaml -o x.json -o y.md", "this command writes one file"},
		{"register import in/a.csv -o x.json -o y.yaml", "this command writes one file"},
	} {
		if text, err := runCommand(t, strings.Fields(tt.args)...); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v\n%s", tt.args, err, text)
		}
		if _, err := os.Stat("x.json"); err == nil {
			t.Fatalf("%s: written", tt.args)
		}
	}
	if text, err := runCommand(t, "scan", "in", "-q", "-o", "x.json", "-o", "y.json", "--heartbeat", os.DevNull, "--findings", os.DevNull); err != nil {
		t.Errorf("apart: %v\n%s", err, text)
	}
}
