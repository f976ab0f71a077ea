package fleet

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// A waiting is a run that could not be joined.
type waiting struct {
	job   Job
	tries int
	next  time.Time
}

// Between two tries to join a run, and how long the queue may take to answer in one:
// other announcements wait behind it. Worker.Open, which follows, has no such bound.
const (
	firstPause, mostPause = time.Second, 30 * time.Second
	joinLimit             = 15 * time.Second
)

// errUnfit is an error that trying again does not mend.
type errUnfit struct{ error }

func (e errUnfit) Unwrap() error { return e.error }

// Unfit says that this worker will never be ready for a run: it is another version,
// or cannot read the order.
func Unfit(err error) error { return errUnfit{err} }

// follow joins runs as they are announced and leaves them as they end.
func (w *Worker) follow(ctx context.Context) error {
	w.waiting, w.known = map[string]*waiting{}, map[string]uint64{}
	for {
		err := persist(ctx, "watching for runs", w.watch)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // it ends because it was told to
		}
		if err != nil {
			return wrap(err)
		}
	}
}

// renewed is how often a subscription is made anew: one whose stream was taken away
// hears nothing, and is not told why.
const renewed = time.Minute

// watch hears announcements until the subscription grows old or ctx ends, and comes
// back to runs that could not be joined.
func (w *Worker) watch(ctx context.Context) error {
	runs, err := w.Queue.runs(ctx)
	if err != nil {
		return err
	}
	watch, err := runs.WatchAll(ctx)
	if gone(err) {
		return fmt.Errorf("the list of runs went away: %v", err) //nolint:errorlint // it is made again: this is no final error
	}
	if err != nil {
		return err
	}
	defer func() { _ = watch.Stop() }() // the connection may be gone
	t := time.NewTicker(firstPause / 2)
	defer t.Stop()
	old := time.After(cmp.Or(w.renewed, renewed))
	listed := map[string]bool{}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-old:
			return nil
		case <-t.C:
			w.comeBack(ctx)
		case e, ok := <-watch.Updates():
			if !ok {
				return errEnded
			}
			if e == nil { // all that is listed was heard
				w.forget(ctx, listed)
				continue
			}
			listed[e.Key()] = true
			w.heard(ctx, e)
		}
	}
}

// forget leaves runs that are listed no more and whose batches are gone: a list that
// was taken away says nothing of the end of what it held. A run that goes on without
// its announcement is worked on.
func (w *Worker) forget(ctx context.Context, listed map[string]bool) {
	maps.DeleteFunc(w.known, func(run string, _ uint64) bool { return !listed[run] })
	runs, _ := w.current()
	for _, j := range runs {
		if listed[j.Run.Run] {
			continue
		}
		short, stop := context.WithTimeout(ctx, joinLimit)
		_, err := j.batches.Info(short)
		stop()
		if gone(err) {
			w.leave(j.Run.Run)
		}
	}
}

// errEnded is why a subscription is made anew.
var errEnded = errors.New("the subscription ended")

// heard is one announcement, or the end of a run.
func (w *Worker) heard(ctx context.Context, e jetstream.KeyValueEntry) {
	if e.Operation() != jetstream.KeyValuePut {
		delete(w.waiting, e.Key())
		delete(w.known, e.Key())
		w.leave(e.Key())
		return
	}
	if w.known[e.Key()] == e.Revision() {
		return // joined, waited for or left to others already
	}
	w.known[e.Key()] = e.Revision()
	var job Job
	if err := json.Unmarshal(e.Value(), &job); err != nil || job.Run != e.Key() {
		slog.Warn("queue: an announcement that is none", "run", e.Key())
		return
	}
	if was := w.joinedTo(job.Run); was != nil {
		if was.Version == job.Version && bytes.Equal(was.Settings, job.Settings) {
			return
		}
		w.leave(job.Run) // it ended and was begun anew, and nobody said so
	}
	w.waiting[job.Run] = &waiting{job: job}
	w.comeBack(ctx)
}

// comeBack tries to join the runs whose time has come. What keeps a worker from one
// may pass: a server without a leader, keys that are not there yet, a full disk.
func (w *Worker) comeBack(ctx context.Context) {
	for _, name := range slices.Sorted(maps.Keys(w.waiting)) {
		at := w.waiting[name]
		if ctx.Err() != nil || time.Now().Before(at.next) {
			continue
		}
		err := w.join(ctx, at.job)
		var unfit errUnfit
		switch {
		case err == nil:
			delete(w.waiting, name)
		case errors.As(err, &unfit):
			delete(w.waiting, name)
			slog.Warn("this worker leaves the run to others", "run", name, "reason", err)
		case at.tries == 0:
			slog.Warn("this worker cannot join the run yet and tries again", "run", name, "reason", err)
		}
		at.next = time.Now().Add(min(firstPause<<min(at.tries, 10), mostPause))
		at.tries++
	}
}

// join opens a run and lets the slots see it.
func (w *Worker) join(ctx context.Context, job Job) error {
	j := &joined{idle: make(chan struct{})}
	if err := w.enlist(ctx, j, job); err != nil {
		return err
	}
	var err error
	if j.work, err = w.Open(ctx, job); err != nil {
		return err
	}
	j.ctx, j.cancel = context.WithCancel(context.WithoutCancel(ctx))
	w.mu.Lock()
	defer w.mu.Unlock()
	w.runs = append(slices.Clone(w.runs), j)
	close(w.woken)
	w.woken = make(chan struct{})
	return nil
}

// enlist opens what the queue holds of a run.
func (w *Worker) enlist(ctx context.Context, j *joined, job Job) (err error) {
	short, stop := context.WithTimeout(ctx, joinLimit)
	defer stop()
	if j.Run, err = w.Queue.join(short, job); err != nil {
		return err
	}
	return persist(short, "joining", func(ctx context.Context) (err error) {
		j.consumer, err = j.batches.Consumer(ctx, "workers")
		return err
	})
}

// joinedTo returns what is open of a run; nil when it was not joined.
func (w *Worker) joinedTo(run string) *joined {
	runs, _ := w.current()
	for _, j := range runs {
		if j.Run.Run == run {
			return j
		}
	}
	return nil
}

// leave drops a run that is over.
func (w *Worker) leave(run string) {
	w.mu.Lock()
	var left []*joined
	w.runs = slices.DeleteFunc(slices.Clone(w.runs), func(j *joined) bool {
		if j.Run.Run == run {
			left = append(left, j)
		}
		return j.Run.Run == run
	})
	w.mu.Unlock()
	for _, j := range left {
		j.close()
	}
}

// leaveAll closes what is open, once no slot works any more.
func (w *Worker) leaveAll() {
	runs, _ := w.current()
	for _, j := range runs {
		w.leave(j.Run.Run)
	}
}
