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
	"path/filepath"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/fleet"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/repo"
	"github.com/ecart-rgpd/ecart/scanners/schema"
)

// results scans in this process, or leads a run of the queue. finish is called
// once all is reconciled: a run that is over leaves nothing in the queue.
func (f *scanFlags) results(ctx context.Context, s *settings, walk []scanners.Target, o scanners.Options) (iter.Seq[scanners.Result], func(), error) {
	if f.queue.url == "" {
		return scanners.Scan(ctx, walk, o), func() {}, nil
	}
	q, closeQueue, err := f.openQueue()
	if err != nil {
		return nil, nil, err
	}
	lead, stop, err := f.lead(ctx, q, s, walk, o)
	if err != nil {
		closeQueue()
		return nil, nil, err
	}
	return lead.Results(ctx), func() {
		f.leaveRun(q, lead)
		stop()
		closeQueue()
	}, nil
}

// openQueue connects to a queue, or starts one inside this process.
func (f *scanFlags) openQueue() (*fleet.Queue, func(), error) {
	if !f.queue.inside() {
		q, err := f.queue.dial()
		if err != nil {
			return nil, nil, err
		}
		return q, q.Close, nil
	}
	_, dir, _ := strings.Cut(f.queue.url, ":")
	server, err := fleet.Embed(dir)
	if err != nil {
		return nil, nil, err
	}
	q, err := server.Dial()
	if err != nil {
		server.Close()
		return nil, nil, err
	}
	return q, func() { q.Close(); server.Close() }, nil
}

// lead announces the run and begins to coordinate it; with a queue of its own
// this process is its worker too.
func (f *scanFlags) lead(ctx context.Context, q *fleet.Queue, s *settings, walk []scanners.Target, o scanners.Options) (*fleet.Lead, func(), error) {
	job, err := f.job(s, o)
	if err != nil {
		return nil, nil, err
	}
	run, err := q.Lead(ctx, job)
	if err != nil {
		return nil, nil, err
	}
	if !f.quiet && f.queue.remote() {
		fmt.Fprintf(os.Stderr, "ecart: run %s (should this process end early: --resume %s)\n", job.Run, job.Run)
	}
	ctx, cancel := context.WithCancel(ctx)
	lead := run.Coordinate(ctx, walk)
	ended := make(chan struct{})
	if !f.queue.inside() {
		close(ended)
		return lead, cancel, nil
	}
	w := &fleet.Worker{Queue: q, Name: "local", Slots: f.workers, Open: func(context.Context, fleet.Job) (fleet.Work, error) { return local{walk, o}, nil }}
	go func() {
		defer close(ended)
		if err := w.Run(ctx); err != nil {
			slog.Error("the worker of this process ended", "error", err)
		}
	}()
	return lead, func() { cancel(); <-ended }, nil
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

// leaveRun removes a run that is over. One that was interrupted stays, to be
// gone on with.
func (f *scanFlags) leaveRun(q *fleet.Queue, lead *fleet.Lead) {
	ctx, stop := context.WithTimeout(context.Background(), shutdown)
	defer stop()
	if lead.Interrupted() {
		if f.queue.url != embedded {
			fmt.Fprintf(os.Stderr, "ecart: run %s is not over: go on with --resume %s\n", lead.Run.Run, lead.Run.Run)
		}
		return
	}
	if err := q.Forget(ctx, lead.Run.Run); err != nil {
		slog.Warn("the run was not removed from the queue", "run", lead.Run.Run, "error", err)
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

// elsewhere tells whether a target is opened by workers alone: what has to be
// copied first, and what asks for a secret.
func elsewhere(e targetEntry) bool {
	return e.Database != "" || e.Remote == "" && len(e.Schema) == 0 && (kind(e.Path) == "git" || repo.IsBundle(e.Path))
}

// leave makes a target that this process does not open.
func (f *scanFlags) leave(t target) (target, error) {
	t.source = scanners.Chain{unopened{}}
	if t.entry.Database == "" {
		t.about.Code = true
		t.entry.Path = filepath.Join(os.TempDir(), "ecart-git-elsewhere") // of no repository
		return t, nil
	}
	t.about.Tables = true
	if len(t.entry.Schema) > 0 {
		var err error
		if t.schema, err = schema.New(t.entry.Schema); err != nil {
			return t, fmt.Errorf("target %s: %w", t.entry.Name, err)
		}
	}
	return t, nil
}

// unopened is the source of a target that workers open.
type unopened struct{}

func (unopened) Items(context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		yield(item.Item{}, errors.New("opened by workers alone"))
	}
}
