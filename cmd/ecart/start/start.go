// Package start is set up before the other packages: it sets the collector of
// memory and keeps libraries from writing.
//
// What they set up stays: collecting it again and again while they do would take a
// third of a short run.
package start

import (
	"os"
	"runtime"
	"runtime/debug"
)

// How much the memory in use may grow before it is collected, in percent: until
// it has been once, which is at 28 MiB, and from then on. What lives is small (the
// vocabulary, the buffers of the workers), so that few collections cost a few MiB,
// and a short run needs none.
const (
	first = 700
	then  = 150
)

// remoteConfig is where rclone is told of its settings. Unless it is set, rclone
// makes a folder in the user's home as soon as it is loaded; a scan only reads.
const remoteConfig = "RCLONE_CONFIG"

var ours bool // remoteConfig was set here

// An init, because only these run before those of the libraries.
func init() {
	grow(first)
	if _, set := os.LookupEnv(remoteConfig); !set {
		ours = os.Setenv(remoteConfig, "") == nil
	}
}

// Done says that all is set up.
func Done() {
	runtime.SetFinalizer(&mark{}, func(*mark) { grow(then) }) // after the first collection
	if ours {
		_ = os.Unsetenv(remoteConfig) // for the programs we start
		ours = false
	}
}

// grow leaves the choice to GOGC where it is set.
func grow(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
