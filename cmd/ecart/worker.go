package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecart-rgpd/ecart/cmd/ecart/start"
	"github.com/ecart-rgpd/ecart/detectors/all"
	"github.com/ecart-rgpd/ecart/fleet"
	"github.com/ecart-rgpd/ecart/rules"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/code"
)

// shutdown is how long a process puts things in order once it is told to end.
const shutdown = 10 * time.Second

// workerFlags are the flags of `ecart worker`.
type workerFlags struct {
	queue   queueFlags
	workers int
	name    string
	idle    time.Duration
	verbose bool
}

func workerCommand() *cobra.Command {
	f := &workerFlags{}
	cmd := &cobra.Command{
		Use:   "worker --queue nats://HOST:PORT",
		Short: "Read what scans put into a queue, one of many",
		Long: `Worker takes batches of all scans of a queue, reads them and puts what it found
into the queue. It needs to see the files of the targets under the same paths as
the coordinator (ecart scan --queue), and takes the secrets of databases and
remotes from its own environment and files. It stops when told to, after giving
back what it has begun.

Exit status:
  0  told to stop, or idle for the time of --idle
  2  could not run, or a reading hung: start it again, as systemd and Kubernetes do`,
		Example: `  ecart worker --queue nats://queue.example:4222 --queue-creds worker.creds`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			defer privateTemp()()
			ctx, stop := withParent(cmd.Context(), cmd.InOrStdin())
			defer stop()
			return f.run(ctx, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	fs := cmd.Flags()
	f.queue.add(fs)
	fs.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "batches read at the same time")
	fs.StringVar(&f.name, "name", "", "name in the status (default: the name of this machine and the number of the process)")
	fs.DurationVar(&f.idle, "idle", 0, "end when there was nothing to do for this time (default: never)")
	fs.BoolVarP(&f.verbose, "verbose", "v", false, "log what is done on standard error")
	return cmd
}

func (f *workerFlags) run(ctx context.Context, stdout, stderr io.Writer) error {
	(&scanFlags{verbose: f.verbose}).log(stderr)
	if f.queue.url == "" || f.queue.inside() {
		return errors.New("say where the queue is: --queue nats://HOST:PORT")
	}
	q, err := f.queue.dial()
	if err != nil {
		return err
	}
	defer q.Close()
	stop, err := trace(q)
	if err != nil {
		return err
	}
	defer stop()
	if f.name == "" {
		host, _ := os.Hostname() // its number alone will do
		f.name = fmt.Sprintf("%s-%d", host, os.Getpid())
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	w := &fleet.Worker{Queue: q, Name: f.name, Slots: f.workers, Idle: f.idle, Stalled: stalled, Open: func(ctx context.Context, job fleet.Job) (fleet.Work, error) {
		work, err := openWork(ctx, q, job)
		if isChild() {
			answerParent(stdout, err, end)
		}
		return work, err
	}}
	if err := w.Run(ctx); err != nil || !isChild() {
		return err
	}
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// answerParent says that this worker can read, or ends it: its parent has no run
// but the one that it cannot open.
func answerParent(stdout io.Writer, err error, end context.CancelCauseFunc) {
	if err != nil {
		end(err)
		return
	}
	fmt.Fprintln(stdout, "ready") // one who is not heard is replaced when it dies, as before
}

// stalled ends a process that hangs in a reading: nothing else ends a call of the
// system that does not return, and a new process reads on.
func stalled(run, target string) {
	slog.Error("a reading hangs; this worker ends, to be started again", "run", run, "target", target)
	os.Exit(exitFailed)
}

// openWork makes this worker ready for a run: the same rules and formats as the
// coordinator's, or none.
func openWork(ctx context.Context, q *fleet.Queue, job fleet.Job) (fleet.Work, error) {
	var o order
	if err := json.Unmarshal(job.Settings, &o); err != nil {
		return nil, fleet.Unfit(fmt.Errorf("an order this worker does not read: %w", err))
	}
	dir, load, err := o.writeRules()
	if dir != "" {
		defer func() { _ = os.RemoveAll(dir) }() // loaded or useless by then
	}
	if err != nil {
		return nil, err
	}
	vocabulary, err := rules.Load(load...)
	if err != nil {
		return nil, err // the coordinator has read them: what was written here was not
	}
	engine, err := all.Engine(vocabulary)
	if err != nil {
		return nil, fleet.Unfit(err)
	}
	start.Done()
	f := o.flags()
	version, err := f.version(engine.Version(), vocabulary)
	if err != nil {
		return nil, err
	}
	if version != job.Version {
		return nil, fleet.Unfit(errors.New("another version of ecart or of its rules: use the coordinator's"))
	}
	ocr, err := f.findOCR(ctx)
	if err != nil && ctx.Err() == nil {
		err = fleet.Unfit(err)
	}
	if err != nil {
		return nil, err
	}
	w := &work{flags: f, order: o, options: scanners.Options{Engine: engine, Formats: formatsOCR(ocr), Workers: 1, Each: o.Each, Wanted: code.SourceFile}, opened: map[string]target{}}
	if o.State != "" {
		if w.memory, err = q.Memory(ctx, o.State, job.Version); err != nil {
			return nil, err
		}
		w.options.Memory = w.memory
	}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	return w, nil
}

// flags are those of the scan that decide what is read.
func (o *order) flags() *scanFlags {
	f := &scanFlags{each: o.Each, ocr: o.OCR, full: o.Full, sample: o.Sample, maxRows: o.MaxRows}
	f.git = gitFlags{history: o.History, since: o.Since, diff: o.Diff, staged: o.Staged}
	return f
}

// A work opens the targets of one run as batches ask for them.
type work struct {
	flags   *scanFlags
	order   order
	options scanners.Options
	memory  *fleet.Memory   // nil without --state
	ctx     context.Context // of what is opened
	cancel  func()

	mu     sync.Mutex
	opened map[string]target
}

func (w *work) Options() scanners.Options { return w.options }

// Source opens a target. One that fails is tried again by the next batch.
func (w *work) Source(ctx context.Context, name string) (scanners.Source, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t, ok := w.opened[name]; ok {
		return t.source, nil
	}
	for _, e := range w.order.Targets {
		if e.Name != name {
			continue
		}
		opening, cancel := context.WithCancel(w.ctx) // lives on with what is opened
		release := context.AfterFunc(ctx, cancel)
		e.line = 1 // of ecart.yaml or not, the coordinator has warned
		t, err := w.flags.open(opening, e, &config{Targets: w.order.Targets})
		release()
		if err != nil {
			cancel()
			return nil, err
		}
		watchPast(t.source, w.options.Engine)
		w.opened[name] = t
		return t.source, nil
	}
	return nil, errors.New("no such target in the order")
}

// Close removes what was copied.
func (w *work) Close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cancel()
	if w.memory != nil {
		w.memory.Flush()
	}
	s := settings{}
	for _, t := range w.opened {
		s.targets = append(s.targets, t)
	}
	s.close()
}
