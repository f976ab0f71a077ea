package main

import (
	"context"
	"fmt"
	"os"
	"strings"
)

// isStream tells a pipe, a socket or a device, which opening might wait for ever.
func isStream(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && !info.Mode().IsRegular()
}

// noPipe refuses a declaration that is a named pipe or a device: opening one waits
// for who writes, and nothing ends that wait. What a shell hands over under /dev
// has its writer.
func noPipe(what, path string) error {
	if path == "" || isStdStream(path) || strings.HasPrefix(path, "/proc/self/fd/") || !isStream(path) {
		return nil
	}
	return fmt.Errorf("%s %s: a pipe or a device: save it to a file and give that", what, path)
}

// untilStopped reads a declaration. From a pipe it may take for ever, and a signal
// ends the wait.
func untilStopped(ctx context.Context, what, path string, read func() error) error {
	if path == "" || !isStream(path) {
		return read()
	}
	if err := noPipe(what, path); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- read() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("%s %s: stopped before all of it was read", what, path)
	}
}
