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

// first is how much the memory in use may grow before it is first collected, in
// percent of the 4 MiB that the collector starts with: a short run needs no more.
const first = 700

// From then on it may grow by room at least, and by least percent. What lives is small
// (the vocabulary, the buffers of the workers): to double it would be to collect often
// where little lives, and to hold much where more does.
const (
	room  = 40 << 20
	least = 100
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
	if os.Getenv("GOGC") == "" {
		adapt()
	}
	if ours {
		_ = os.Unsetenv(remoteConfig) // for the programs we start
		ours = false
	}
}

// adapt sets after each collection when the next one is due.
func adapt() {
	runtime.SetFinalizer(&mark{}, func(*mark) {
		grow(growth(live()))
		adapt()
	})
}

// growth is by how many percent memory may grow with so many bytes that live.
func growth(live uint64) int { return int(max(least, min(first, room*100/max(live, 1)))) }

// grow leaves the choice to GOGC where it is set.
func grow(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
