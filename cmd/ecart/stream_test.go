//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A named pipe is refused wherever a declaration is read; one that the shell hands
// over is read, and a signal ends the wait for its end.
func TestPipes(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "in/a.csv", "nom;courriel\nVauclair;odette@boite-perso.example\n")
	write(t, "registre.yaml", smallRegister)
	write(t, "politique.txt", "Les données sont conservées deux ans.\n")
	write(t, "schema.yaml", "targets:\n- {name: in, schema: [tuyau]}\n")
	for _, name := range []string{"tuyau", "tuyau.json"} {
		if err := syscall.Mkfifo(name, 0o600); err != nil {
			t.Skip(err)
		}
	}
	for _, args := range []string{
		"scan in --register tuyau", "scan in --rules tuyau", "register import in/a.csv --map tuyau -o x.yaml", "register suggest tuyau", "scan in --config tuyau", "scan in --baseline tuyau", "register check tuyau", "register draft tuyau", "register export tuyau -o x.md",
		"scan in -q -o tuyau.json", "scan in -q --findings tuyau", "scan in -q --heartbeat tuyau", "scan in -q --state tuyau", "register check registre.yaml -o tuyau.json",
		"register export registre.yaml -o tuyau.json --force", "register draft politique.txt -o tuyau --force", "scan in --config schema.yaml", "scan sqlite:tuyau",
		"scan in --queue nats://127.0.0.1:1 --queue-creds tuyau", "scan in --queue nats://127.0.0.1:1 --queue-ca tuyau",
	} {
		ended := make(chan error, 1)
		go func() { _, err := runCommand(t, strings.Fields(args)...); ended <- err }()
		select {
		case err := <-ended:
			if err == nil || !strings.Contains(err.Error(), "tuyau") || !strings.Contains(err.Error(), "a pipe or a device") {
				t.Errorf("%s: %v", args, err)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s waits", args)
		}
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	path := fmt.Sprintf("/dev/fd/%d", r.Fd())
	if _, err := os.Stat(path); err != nil {
		t.Skip("no files of descriptors here")
	}
	if _, err := w.WriteString(smallRegister); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if err := scanUntil(ctx, "in", "-q", "--register", path); err == nil || !strings.Contains(err.Error(), "stopped before") {
		t.Errorf("a pipe that is kept open, and a signal: %v", err)
	}
	_ = w.Close()
	r, w, err = os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.WriteString(smallRegister); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	if err := scanUntil(t.Context(), "in", "-q", "--fail-on", "never", "--register", fmt.Sprintf("/dev/fd/%d", r.Fd())); err != nil {
		t.Errorf("a register of the shell: %v", err)
	}
	_ = r.Close()
}

func scanUntil(ctx context.Context, args ...string) error {
	var out bytes.Buffer
	cmd := root()
	cmd.SetArgs(append([]string{"scan"}, args...))
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	return cmd.ExecuteContext(ctx)
}
