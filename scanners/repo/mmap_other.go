//go:build !unix

package repo

import "os"

// mapFile reads a file whole where it cannot be mapped.
func mapFile(path string) (b []byte, release func(), err error) {
	b, err = os.ReadFile(path)
	return b, func() {}, err
}

// forget does nothing for what is not mapped.
func forget([]byte) {}
