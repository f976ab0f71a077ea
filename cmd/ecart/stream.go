package main

import (
	"context"
	"fmt"
	"os"
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
	if path == "" || isStdStream(path) || !isStream(path) {
		return nil
	}
	return fmt.Errorf("%s %s: a pipe or a device: save it to a file and give that", what, path)
}

// notToWrite refuses an output that is a named pipe or a device of its own: opening
// one waits for who reads, and nothing ends that wait.
func notToWrite(what, path string) error {
	if isStdStream(path) || !isStream(path) {
		return nil
	}
	return fmt.Errorf("%s %s: a pipe or a device: give the name of a file, or /dev/stdout", what, path)
}

// readDeclaration returns the bytes of a file a flag names.
func readDeclaration(what, path string) ([]byte, error) {
	if err := noPipe(what, path); err != nil {
		return nil, err
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", what, path, cause(err))
	}
	return src, nil
}

// untilStopped reads a declaration. From a pipe it may take for ever, and a signal
// ends the wait; what is read after that belongs to nobody.
func untilStopped[T any](ctx context.Context, what, path string, read func() (T, error)) (T, error) {
	if path == "" || !isStream(path) {
		return read()
	}
	var none T
	if err := noPipe(what, path); err != nil {
		return none, err
	}
	type answer struct {
		read T
		err  error
	}
	done := make(chan answer, 1)
	go func() { got, err := read(); done <- answer{got, err} }()
	select {
	case got := <-done:
		return got.read, got.err
	case <-ctx.Done():
		return none, fmt.Errorf("%s %s: stopped before all of it was read", what, path)
	}
}
