// Package start sets the collector of memory before the other packages begin.
// What they set up stays: collecting it again and again while they do would take a
// third of a short run.
package start

import (
	"os"
	"runtime/debug"
)

// How much the memory in use may grow before it is collected, in percent: at the
// start, and when the work begins. What lives is small (the vocabulary, the
// buffers of the workers), so that few collections cost a few MiB.
const (
	first = 400
	then  = 150
)

// An init, because only these run before those of the libraries.
func init() { grow(first) }

// Done says that all is set up.
func Done() { grow(then) }

// grow leaves the choice to GOGC where it is set.
func grow(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
