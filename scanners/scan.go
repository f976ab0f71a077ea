package scanners

import (
	"context"
	"errors"
	"iter"
	"sync"
	"time"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// Options of a scan.
type Options struct {
	Engine  *detectors.Engine
	Formats []document.Format
	Workers int             // at least 1
	Each    bool            // one finding per occurrence
	Marks   map[string]bool // targets whose past is compared with their present
	// Memory of earlier runs; nil reads everything.
	Memory Memory
	// Stretch is about how many bytes of a large file of lines are read as one piece;
	// 0 is 64 MiB. All who share a scan must have the same.
	Stretch int64
	// Progress, when set, is called with every segment that was read: what calls it
	// does not hang.
	Progress func()
	// Wanted tells the paths that who gathers a fleet's results wants to know of the
	// files that were read; nil wants none. One process knows all of them.
	Wanted func(path string) bool
	// Budget ends the walk when it is used up; what was begun is finished. 0 is no
	// limit.
	Budget time.Duration
}

// errBudget is why a walk ended before everything was read.
var errBudget = errors.New("the time given by --budget is used up; the next run with the same --state goes on from here")

// A Result is what one item gave.
type Result struct {
	Target   string
	Path     string // masked
	Findings []detectors.Finding
	Coverage item.Coverage // of this item alone
	Stretch  *item.Stretch // when it is of a piece of the item
	Blob     string        // of history, where it has findings: to be placed
	Paths    []string      // of a result that stands for several items: those of files read that were Wanted
}

// inFlight bounds the items between the walk and the reader of results, so that
// one slow item cannot let finished ones pile up.
const inFlight = 256

// A job is an item on its way to a worker and back to its turn.
type job struct {
	target string
	item   item.Item
	done   chan Result
}

// idle are jobs that were taken, for the next items.
var idle = sync.Pool{New: func() any { return &job{done: make(chan Result, 1)} }}

// newJob is a job of one item.
func newJob(target string, it item.Item) *job {
	j := idle.Get().(*job)
	j.target, j.item = target, it
	return j
}

// taken returns what came of a job, which then serves again.
func (j *job) taken() Result {
	r := <-j.done
	j.item = item.Item{}
	idle.Put(j)
	return r
}

// Scan reads every item of the targets and yields one Result an item, in the
// order of the walk whatever the number of workers. When ctx ends, what was
// read is yielded and the coverage of the target says that it stopped.
func Scan(ctx context.Context, targets []Target, o Options) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		walk, stop := context.WithCancel(ctx)
		defer stop()
		if o.Budget > 0 {
			limited, done := context.WithTimeoutCause(walk, o.Budget, errBudget)
			defer done()
			walk = limited
		}
		turns := make(chan *job, inFlight)
		jobs := make(chan *job, inFlight/4) // so that neither side waits for the other at each item
		var workers sync.WaitGroup
		for range max(o.Workers, 1) {
			workers.Go(func() { work(ctx, o, jobs) })
		}
		go func() {
			defer close(turns)
			defer close(jobs)
			for _, t := range targets {
				feed(walk, t, jobs, turns)
			}
		}()
		p := &placer{ctx: ctx, targets: targets, yield: yield, mask: o.Engine.Scanner().Mask}
		for j := range turns {
			if !p.take(j.taken()) {
				stop() // the rest is drained, not yielded
			}
		}
		p.flush()
		workers.Wait()
	}
}

// work reads items until there are no more. Each worker keeps its buffers.
func work(ctx context.Context, o Options, jobs <-chan *job) {
	r := &reader{options: o}
	for j := range jobs {
		j.done <- r.whole(ctx, j.target, j.item)
	}
}

// feed walks one target. Every job takes its turn before it goes to a worker, so
// results come out in the order of the walk.
func feed(ctx context.Context, t Target, jobs, turns chan<- *job) {
	quiet := Result{Target: t.Name}
	for it, err := range t.Source.Items(ctx) {
		if it.Quiet && err == nil && quiet.Coverage.Items < mostQuiet && ctx.Err() == nil {
			quiet.Coverage.Add(item.Coverage{Items: 1, Read: 1, Bytes: it.Size})
			continue
		}
		quiet = tell(quiet, turns)
		if it.At.Target == "" {
			it.At.Target = t.Name
		}
		j := newJob(t.Name, it)
		switch {
		case err != nil && it.At.Path == "":
			j.done <- ended(t.Name, why(ctx, err))
			turns <- j
			return
		case err != nil:
			j.item.Unread = err.Error()
		}
		turns <- j
		jobs <- j
		if ctx.Err() != nil {
			break
		}
	}
	tell(quiet, turns)
	if err := context.Cause(ctx); err != nil {
		j := newJob(t.Name, item.Item{})
		j.done <- ended(t.Name, err)
		turns <- j
	}
}

// mostQuiet is of how many items a result tells at most: who shows how far a scan is
// waits for results.
const mostQuiet = 1000

// tell passes on what was read of items in which nothing is to be found: no worker
// has anything to do with them, and to wake one costs more than to look at most.
func tell(quiet Result, turns chan<- *job) (next Result) {
	if quiet.Coverage.Items > 0 {
		j := newJob(quiet.Target, item.Item{})
		j.done <- quiet
		turns <- j
	}
	return Result{Target: quiet.Target}
}

// why is what ended a walk: the reason ctx was given, where a source only says
// that ctx is over.
func why(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return context.Cause(ctx)
	}
	return err
}

// ended says that a walk did not reach its end.
func ended(target string, err error) Result {
	reason := err.Error()
	if errors.Is(err, context.Canceled) {
		reason = "interrupted"
	}
	return Result{Target: target, Coverage: item.Coverage{Stopped: reason}}
}
