package fleet

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/ecart-rgpd/ecart/scanners"
)

// A Worker takes batches of all runs of a queue and reads them.
type Worker struct {
	Queue *Queue
	Name  string // in the status; unique among workers
	Slots int    // batches read at the same time
	// Open makes ready to work on a run. An error is one that passes, and it is asked
	// again after a while, unless it is Unfit.
	Open func(ctx context.Context, job Job) (Work, error)
	// Idle ends the worker when it found nothing to do for so long; 0 never.
	Idle time.Duration
	// Stalled is told when the reading of an item hangs, and is to end the process:
	// the batch is delivered again. nil waits for ever.
	Stalled func(run, target string)
	// Stall is how long the reading of an item may show no sign of life, beside a
	// second for each 256 KiB of it; 0 is half an hour.
	Stall time.Duration

	alone sync.RWMutex // held to write by an item that is read alone
	mu    sync.Mutex
	runs  []*joined
	woken chan struct{}
	busy  time.Time

	waiting map[string]*waiting // runs that could not be joined yet; of follow alone
	known   map[string]uint64   // revisions of announcements that were heard; of follow alone
	renewed time.Duration       // of a test: how often the subscription is made anew
}

// A Work is how a worker reads the items of one run.
type Work interface {
	// Source opens a target, once however often it is asked.
	Source(ctx context.Context, target string) (scanners.Source, error)
	// Options of the scan.
	Options() scanners.Options
	// Close ends what Source opened.
	Close()
}

// A joined is a run that this worker works on.
type joined struct {
	*Run
	work     Work
	ctx      context.Context // ends with the run
	cancel   context.CancelFunc
	consumer jetstream.Consumer

	mu       sync.Mutex
	active   int // slots at work on it
	left     bool
	presents map[string]*present // by target, of those whose past has values
	idle     chan struct{}       // closed once it is left and no slot is at work
}

// enter lets a slot work on the run; false when it was left meanwhile: a slot may
// have seen it in the list just before.
func (j *joined) enter() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.left {
		return false
	}
	j.active++
	return true
}

// exit ends what enter began.
func (j *joined) exit() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.active--; j.left && j.active == 0 {
		close(j.idle)
	}
}

// close lets no slot in any more and ends the run here once the last is out.
func (j *joined) close() {
	j.mu.Lock()
	j.left = true
	if j.active == 0 {
		close(j.idle)
	}
	j.mu.Unlock()
	j.cancel()
	<-j.idle
	j.work.Close()
}

// Run works until ctx ends, then gives back what it has begun.
func (w *Worker) Run(ctx context.Context) error {
	w.mu.Lock()
	w.woken, w.busy = make(chan struct{}), now()
	w.mu.Unlock()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var slots sync.WaitGroup
	for n := range max(w.Slots, 1) {
		slots.Go(func() {
			if !w.slot(ctx, n) {
				stop()
			}
		})
	}
	err := w.follow(ctx)
	stop()
	slots.Wait()
	w.leaveAll()
	return err
}

// slot takes one batch after the other; false when it was idle for too long.
func (w *Worker) slot(ctx context.Context, n int) bool {
	for ; ctx.Err() == nil; n++ {
		runs, woken := w.current()
		if w.round(ctx, runs, n) {
			continue
		}
		if w.idle() {
			return false
		}
		if len(runs) > 0 {
			w.one(ctx, runs[n%len(runs)], jetstream.FetchMaxWait(500*time.Millisecond))
			continue
		}
		select {
		case <-ctx.Done():
		case <-woken:
		case <-time.After(time.Second):
		}
	}
	return true
}

// round asks every run for a batch, beginning with another each time, so that
// none starves.
func (w *Worker) round(ctx context.Context, runs []*joined, n int) (worked bool) {
	for i := range runs {
		worked = w.one(ctx, runs[(n+i)%len(runs)], nil) || worked
	}
	return worked
}

// one takes one batch of a run when there is one, and reads it.
func (w *Worker) one(ctx context.Context, j *joined, wait jetstream.FetchOpt) bool {
	if !j.enter() {
		return false
	}
	defer j.exit()
	var got jetstream.MessageBatch
	var err error
	if wait == nil {
		got, err = j.consumer.FetchNoWait(1)
	} else {
		got, err = j.consumer.Fetch(1, wait)
	}
	if err == nil {
		for m := range got.Messages() {
			w.touch()
			both, stop := context.WithCancel(j.ctx)
			release := context.AfterFunc(ctx, stop)
			w.batch(both, ctx, j, m)
			release()
			stop()
			w.touch()
			return true
		}
		err = got.Error()
	}
	if err != nil && ctx.Err() == nil && j.ctx.Err() == nil && !errors.Is(err, jetstream.ErrNoMessages) {
		slog.Debug("queue: no batch", "run", j.Run.Run, "error", err)
		p := pace{tries: 4}
		p.wait(ctx, err)
	}
	return false
}

func (w *Worker) current() ([]*joined, chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.runs, w.woken
}

func (w *Worker) touch() {
	w.mu.Lock()
	w.busy = now()
	w.mu.Unlock()
}

func (w *Worker) idle() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Idle > 0 && now().Sub(w.busy) > w.Idle
}
