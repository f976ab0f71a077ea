//go:build !unix

package main

import "os"

// lock makes a file and keeps it open: this system removes no open file.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return func() { _ = f.Close() }, nil
}

// relock removes the file of a process that is gone; an error when it is there.
func relock(path string) (unlock func(), err error) { return func() {}, os.Remove(path) }

// claim makes the file anew, which fails while another process has it open.
func claim(path string) (unlock func(), err error) {
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	return lock(path)
}
