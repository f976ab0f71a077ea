package fleet

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"

	"github.com/nats-io/nats.go/jetstream"
)

// follow joins runs as they are announced and leaves them as they end.
func (w *Worker) follow(ctx context.Context) error {
	runs, err := w.Queue.runs(ctx)
	if err != nil {
		return err
	}
	err = persist(ctx, "watching for runs", func(ctx context.Context) error {
		watch, err := runs.WatchAll(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = watch.Stop() }() // the connection may be gone
		for {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case e, ok := <-watch.Updates():
				if !ok {
					return ctx.Err()
				}
				if e != nil {
					w.heard(ctx, e)
				}
			}
		}
	})
	if ctx.Err() == nil {
		return wrap(err)
	}
	return nil
}

// heard is one announcement, or the end of a run.
func (w *Worker) heard(ctx context.Context, e jetstream.KeyValueEntry) {
	if e.Operation() != jetstream.KeyValuePut {
		w.leave(e.Key())
		return
	}
	var job Job
	if err := json.Unmarshal(e.Value(), &job); err != nil || job.Run != e.Key() {
		slog.Warn("queue: an announcement that is none", "run", e.Key())
		return
	}
	if w.has(job.Run) {
		return
	}
	if err := w.join(ctx, job); err != nil {
		slog.Warn("this worker leaves the run to others", "run", job.Run, "reason", err)
	}
}

// join opens a run and lets the slots see it.
func (w *Worker) join(ctx context.Context, job Job) error {
	run, err := w.Queue.join(ctx, job)
	if err != nil {
		return err
	}
	j := &joined{Run: run, idle: make(chan struct{})}
	err = persist(ctx, "joining", func(ctx context.Context) (err error) {
		j.consumer, err = run.batches.Consumer(ctx, "workers")
		return err
	})
	if err != nil {
		return err
	}
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

func (w *Worker) has(run string) bool {
	runs, _ := w.current()
	return slices.ContainsFunc(runs, func(j *joined) bool { return j.Run.Run == run })
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
