// Package fleet runs one scan on many workers. The engine is NATS JetStream:
// leases, redelivery, back-pressure and persistence are its own; there is no
// scheduler here.
//
// A run is two streams and a bucket of keys. The coordinator walks the targets
// and puts batches into the first stream; workers take them, scan, and put what
// they found into the second; the coordinator takes that in the order of the
// walk, so that the report is the one of a single process, byte for byte.
//
// The queue delivers at least once. What is found is kept once: its subject says
// run, version of the rules, batch and item, and the first message of a subject
// is the only one. Nothing here holds a value; batches hold names of files.
package fleet

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"

	"github.com/nats-io/nats.go/jetstream"
)

// A Job is what workers must know of a run. It holds no secret: workers take
// those from their own environment.
type Job struct {
	Run string `json:"run"`
	// Version names program, detectors and rules. A worker of another version
	// leaves the run alone: its findings would be others.
	Version string `json:"version"`
	// Settings are the program's own, opaque here.
	Settings []byte `json:"settings"`
}

// A Run is a run of the queue, as the coordinator or a worker sees it.
type Run struct {
	Job
	q       *Queue
	rules   string // token of the version, in subjects
	batches jetstream.Stream
	results jetstream.Stream
	keys    jetstream.KeyValue
}

var runName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// CheckName tells whether a run may be called so: its name is part of subjects.
func CheckName(run string) error {
	if !runName.MatchString(run) {
		return fmt.Errorf("run %q: use letters, digits, - and _, 64 at most", run)
	}
	return nil
}

// base is how the streams and the bucket of a run are called.
func (q *Queue) base(run string) string { return q.o.Prefix + "-" + run }

// token shortens a version to what a subject can hold.
func token(version string) string {
	sum := sha256.Sum256([]byte(version))
	return hex.EncodeToString(sum[:6])
}

func (q *Queue) batchSubject(run, seq string) string {
	return q.o.Prefix + "." + run + ".batch." + seq
}

func (r *Run) batchSubject(seq int) string { return r.q.batchSubject(r.Run, strconv.Itoa(seq)) }

// foundSubject is the place of what a batch gave from one of its items on.
func (r *Run) foundSubject(seq, item int) string {
	return fmt.Sprintf("%s.%s.found.%s.%d.%d", r.q.o.Prefix, r.Run, r.rules, seq, item)
}

// partSubject is the place of a piece of a result too large for one message.
func (r *Run) partSubject(id string, n int) string {
	return fmt.Sprintf("%s.%s.part.%s.%d", r.q.o.Prefix, r.Run, id, n)
}
