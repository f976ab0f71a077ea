package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"slices"

	"github.com/ecart-rgpd/ecart/cmd/ecart/start"
	"github.com/ecart-rgpd/ecart/fleet"
	"github.com/ecart-rgpd/ecart/scanners"
)

// results scans in this process, or leads a run of the queue. finish is called
// once all is reconciled: a run that is over leaves nothing in the queue.
func (f *scanFlags) results(ctx context.Context, s *settings, walk []scanners.Target, o scanners.Options) (results iter.Seq[scanners.Result], finish func(), err error) {
	if f.queue.url == "" {
		return scanners.Scan(ctx, walk, o), func() {}, nil
	}
	start.Bound() // who leads a large run holds many gaps: memory comes first
	l := &leading{flags: f}
	defer func() {
		if err != nil {
			l.close()
		}
	}()
	if err = l.connect(); err != nil {
		return nil, nil, err
	}
	if err = l.start(ctx, s, walk, o); err != nil {
		return nil, nil, err
	}
	return l.lead.Results(l.ctx), func() { l.leave(); l.close() }, nil
}

// A leading is a run with what this process started for it.
type leading struct {
	flags  *scanFlags
	server *fleet.Embedded // nil when the queue is elsewhere
	queue  *fleet.Queue
	lead   *fleet.Lead
	ctx    context.Context // of the run; ends with a reason when nobody can read
	give   context.CancelCauseFunc
	stops  []func() // in the order of starting
}

// close stops what was started.
func (l *leading) close() { stopAll(l.stops) }

// connect connects to a queue, or starts one inside this process.
func (l *leading) connect() (err error) {
	l.queue, l.server, l.stops, err = l.flags.queue.open()
	return err
}

// start announces the run, coordinates it and starts the workers that are ours.
func (l *leading) start(ctx context.Context, s *settings, walk []scanners.Target, o scanners.Options) error {
	f := l.flags
	job, err := f.job(s, o)
	if err != nil {
		return err
	}
	stop, err := trace(l.queue)
	if err != nil {
		return err
	}
	l.stops = append(l.stops, stop)
	run, err := l.queue.Lead(ctx, job)
	if err != nil {
		return err
	}
	if !f.quiet && f.queue.url != embedded {
		fmt.Fprintf(os.Stderr, "ecart: run %s (should this process end early: --resume %s)\n", job.Run, job.Run)
	}
	ctx, l.give = context.WithCancelCause(ctx)
	l.ctx = ctx
	l.stops = append(l.stops, func() { l.give(nil) })
	l.lead = run.Coordinate(ctx, walk, o)
	if f.queue.metrics != "" {
		stop, err := serveMetrics(f.queue.metrics, func(context.Context) ([]fleet.Status, error) { return []fleet.Status{l.lead.Snapshot()}, nil })
		if err != nil {
			return err
		}
		l.stops = append(l.stops, stop)
	}
	return l.work(ctx, walk, o)
}

// work starts workers beside a queue of this process: others of this machine, or
// this one.
func (l *leading) work(ctx context.Context, walk []scanners.Target, o scanners.Options) error {
	f := l.flags
	switch {
	case !f.queue.inside():
		return nil
	case f.queue.processes > 0:
		stop, err := workers(ctx, f.queue.processes, l.server.Address(), &f.queue, func(err error) { slog.Error("nothing more is read", "reason", err); l.give(err) })
		if err == nil {
			l.stops = append(l.stops, stop)
		}
		return err
	}
	w := &fleet.Worker{Queue: l.queue, Name: "local", Slots: f.workers, Open: func(context.Context, fleet.Job) (fleet.Work, error) { return local{walk, o}, nil }}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := w.Run(ctx); err != nil {
			slog.Error("the worker of this process ended", "error", err)
		}
	}()
	l.stops = append(l.stops, func() { cancel(); <-ended })
	return nil
}

// job describes the run to its workers.
func (f *scanFlags) job(s *settings, o scanners.Options) (job fleet.Job, err error) {
	if job.Run = f.queue.resume; job.Run == "" {
		id := make([]byte, 6)
		_, _ = rand.Read(id) // never fails
		job.Run = hex.EncodeToString(id)
	}
	if job.Version, err = f.version(o.Engine.Version(), s.rules); err != nil {
		return job, err
	}
	dirs := slices.Clone(f.rules)
	if s.config != nil {
		for _, d := range s.config.Rules {
			dirs = append(dirs, s.config.path(d))
		}
	}
	if f.queue.remote() {
		job.Settings, err = f.writeOrder(s, dirs)
	}
	return job, err
}

// leave removes a run that is over. One that was interrupted stays, to be gone on
// with.
func (l *leading) leave() {
	run := l.lead.Run.Run
	if l.lead.Interrupted() {
		if l.flags.queue.url != embedded {
			fmt.Fprintf(os.Stderr, "ecart: run %s is not over: go on with --resume %s\n", run, run)
		}
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), shutdown)
	defer stop()
	if err := l.queue.Forget(ctx, run); err != nil {
		slog.Warn("the run was not removed from the queue", "run", run, "error", err)
	}
}

// local is the work of a process that reads what it listed itself.
type local struct {
	targets []scanners.Target
	options scanners.Options
}

func (l local) Source(_ context.Context, name string) (scanners.Source, error) {
	for _, t := range l.targets {
		if t.Name == name {
			return t.Source, nil
		}
	}
	return nil, errors.New("no such target")
}

func (l local) Options() scanners.Options { return l.options }
func (l local) Close()                    {}
