package start

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// bound is the memory in bytes that the program keeps to where it can, without the
// pages of files.
const bound = 128 << 20

// Bound makes the collector run more often as memory comes near a bound, where it
// would wait until the memory had doubled. What lives may need more than that: the
// bound then goes up with it, so that collecting never becomes most of the work.
// GOGC and GOMEMLIMIT are left alone where they are set.
func Bound() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetMemoryLimit(bound)
	watch()
}

// A mark is made to be collected: each collection tells of itself by that.
type mark struct{ _ *byte }

func watch() {
	runtime.SetFinalizer(&mark{}, func(*mark) {
		debug.SetMemoryLimit(limit(live()))
		watch()
	})
}

// limit is what memory may grow to with so many bytes that live: a third more at
// least.
func limit(live uint64) int64 {
	const around = 24 << 20 // stacks, what the collector needs itself, and room to work in
	return int64(max(bound, live+live/3+around))
}

// live returns how many bytes of the heap the last collection left.
func live() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
