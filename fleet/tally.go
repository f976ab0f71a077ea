package fleet

import (
	"cmp"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/ecart-rgpd/ecart/scanners"
)

// A Tally counts what a run has done. Its methods may be called at the same time.
type Tally struct {
	mu      sync.Mutex
	targets []TargetStatus
	workers map[string]*WorkerStatus
	batches int
	done    int
	before  int // of those, done under an earlier coordinator
	walked  bool
	samples []sample // of the last minute
	begun   time.Time
}

// A Status is what is known of a run. It is written as JSON.
type Status struct {
	Run     string         `json:"run"`
	Walked  bool           `json:"walked"` // the coordinator knows all there is to do
	Batches int            `json:"batches"`
	Done    int            `json:"batches_done"`
	Rate    float64        `json:"bytes_per_second"`      // of the last minute
	ETA     float64        `json:"seconds_left"`          // by batches, which hold like bytes; -1 not known
	Age     float64        `json:"seconds_ago,omitempty"` // when the coordinator last said so
	Lost    bool           `json:"coordinator_lost"`      // it has not said anything for a while
	Waiting uint64         `json:"batches_waiting"`       // in the queue, not taken
	Taken   int            `json:"batches_taken"`         // and not finished
	Again   int            `json:"batches_again"`         // of those, delivered more than once
	Targets []TargetStatus `json:"targets"`
	Workers []WorkerStatus `json:"workers"`
}

// A TargetStatus counts one target.
type TargetStatus struct {
	Name        string `json:"name"`
	Listed      int64  `json:"items_listed"`
	ListedBytes int64  `json:"bytes_listed"`
	Items       int64  `json:"items_done"`
	Bytes       int64  `json:"bytes_read"` // after decompression
	Findings    int64  `json:"findings"`
	Unread      int64  `json:"unread"`
}

// A WorkerStatus counts what one worker gave to a run.
type WorkerStatus struct {
	Name   string  `json:"name"`
	Items  int64   `json:"items"`
	Bytes  int64   `json:"bytes"`
	Silent float64 `json:"seconds_silent"` // since it last gave something
	last   time.Time
}

// A sample is how many bytes were read at a time.
type sample struct {
	at    time.Time
	bytes int64
}

func newTally(targets []scanners.Target) *Tally {
	t := &Tally{workers: map[string]*WorkerStatus{}, begun: now()}
	for _, x := range targets {
		t.targets = append(t.targets, TargetStatus{Name: x.Name})
	}
	return t
}

// listed notes a batch that was put into the queue.
func (t *Tally) listed(b *Batch, size int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.batches = max(t.batches, b.Seq+1)
	if x := t.target(b.Target); x != nil {
		x.Listed += int64(len(b.Items))
		x.ListedBytes += size
	}
}

// walkedAll notes that there are no more batches.
func (t *Tally) walkedAll(batches int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.batches, t.walked = batches, true
}

// arrived notes a message of results by its headers; before says that an earlier
// coordinator had it already.
func (t *Tally) arrived(h nats.Header, before bool) {
	number := func(name string) int64 {
		n, _ := strconv.ParseInt(h.Get(name), 10, 64) // 0 when it is not there
		return n
	}
	items, bytes := number(headerItems), number(headerBytes)
	t.mu.Lock()
	defer t.mu.Unlock()
	if h.Get(headerLast) != "" {
		t.done++
		if before {
			t.before++
		}
	}
	if x := t.target(h.Get(headerTarget)); x != nil {
		x.Items += items
		x.Bytes += bytes
		x.Findings += number(headerHits)
		x.Unread += number(headerUnread)
	}
	name := h.Get(headerWorker)
	w := t.workers[name]
	if w == nil {
		w = &WorkerStatus{Name: name}
		t.workers[name] = w
	}
	w.Items, w.Bytes, w.last = w.Items+items, w.Bytes+bytes, now()
}

func (t *Tally) target(name string) *TargetStatus {
	for i := range t.targets {
		if t.targets[i].Name == name {
			return &t.targets[i]
		}
	}
	return nil
}

// Snapshot returns the counts as they are now.
func (t *Tally) Snapshot() Status {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := Status{Walked: t.walked, Batches: t.batches, Done: t.done, Targets: slices.Clone(t.targets), ETA: -1}
	now := now()
	for _, w := range t.workers {
		x := *w
		x.Silent = now.Sub(w.last).Round(time.Second).Seconds()
		s.Workers = append(s.Workers, x)
	}
	slices.SortFunc(s.Workers, func(a, b WorkerStatus) int { return cmp.Compare(a.Name, b.Name) })
	s.Rate = t.rate(now)
	// Batches are made of like bytes: their share is that of the work. What was
	// done before this coordinator began took none of its time.
	if done, left := s.Done-t.before, s.Batches-s.Done; s.Walked && (done > 0 || left == 0) {
		s.ETA = (now.Sub(t.begun) / time.Duration(max(done, 1)) * time.Duration(left)).Round(time.Second).Seconds()
	}
	return s
}

// trace notes the counts of the run.
func (t *Tally) trace(s *Span) {
	t.mu.Lock()
	defer t.mu.Unlock()
	sum := TargetStatus{}
	for _, x := range t.targets {
		sum.Items, sum.Bytes, sum.Findings, sum.Unread = sum.Items+x.Items, sum.Bytes+x.Bytes, sum.Findings+x.Findings, sum.Unread+x.Unread
	}
	s.Set("targets", int64(len(t.targets)))
	s.Set("batches", int64(t.batches))
	s.Set("items", sum.Items)
	s.Set("bytes", sum.Bytes)
	s.Set("findings", sum.Findings)
	s.Set("unread", sum.Unread)
}

// rate is the bytes a second of the last minute.
func (t *Tally) rate(now time.Time) float64 {
	total := int64(0)
	for _, x := range t.targets {
		total += x.Bytes
	}
	t.samples = append(t.samples, sample{now, total})
	for len(t.samples) > 2 && now.Sub(t.samples[0].at) > time.Minute {
		t.samples = t.samples[1:]
	}
	first := t.samples[0]
	if d := now.Sub(first.at).Seconds(); d > 0 {
		return float64(total-first.bytes) / d
	}
	return 0
}
