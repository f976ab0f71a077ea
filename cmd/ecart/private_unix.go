//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// lock makes a file and holds a lock on it, which ends with the process however
// that ends.
func lock(path string) (unlock func(), err error) {
	return flock(path, os.O_RDWR|os.O_CREATE|os.O_EXCL)
}

// relock takes the lock of a file that is there; an error when it is held.
func relock(path string) (unlock func(), err error) { return flock(path, os.O_RDWR) }

// claim holds a lock on a file that another process may have made; an error when
// it is held.
func claim(path string) (unlock func(), err error) { return flock(path, os.O_RDWR|os.O_CREATE) }

func flock(path string, flag int) (func(), error) {
	f, err := os.OpenFile(path, flag|unix.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		_ = f.Close()
		return nil, err
	}
	return func() { _ = f.Close() }, nil
}
