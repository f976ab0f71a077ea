package fleet

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/ecart-rgpd/ecart/scanners"
)

// A Lead is a run with its coordinator at work.
type Lead struct {
	*Run
	targets []scanners.Target
	lister  lister

	mu      sync.Mutex
	wake    chan struct{}
	arrived map[place]bool // results that wait for their turn
	total   int            // batches; -1 while the walk goes on
	err     error
	over    bool // Results came to its end, or nothing more can be had
	tally   *Tally

	alive context.Context // ends when the run is gone from the queue
	last  string          // target of the newest result that was gathered
}

// A place is a batch and the item in it from which on results were put.
type place struct{ seq, item int }

// Coordinate lists the targets of a run and gathers what workers find, until ctx
// ends. o is what the scan of one process would be told.
func (r *Run) Coordinate(ctx context.Context, targets []scanners.Target, o scanners.Options) *Lead {
	l := &Lead{Run: r, targets: targets, lister: lister{run: r, scan: o}, wake: make(chan struct{}, 1), arrived: map[place]bool{}, total: -1, tally: newTally(targets)}
	l.lister.tally = l.tally
	ctx, lost := context.WithCancelCause(ctx)
	l.alive = ctx
	go l.guard(ctx, lost)
	go l.listAll(ctx)
	go l.listen(ctx)
	go l.say(ctx)
	return l
}

// Results yields what was found, in the order of the walk, each item once. What
// cannot be had any more, because ctx or the queue ended, is said of each target
// that lacks it.
func (l *Lead) Results(ctx context.Context) iter.Seq[scanners.Result] {
	return func(yield func(scanners.Result) bool) {
		take, flush := scanners.Placing(ctx, l.targets, l.lister.scan, yield)
		p := &pieces{each: l.lister.scan.Each, yield: take}
		span := l.q.Trace.Run(l.Run.Run)
		ctx, release := l.while(ctx)
		defer release()
		seq, err := l.gather(ctx, p)
		if err != nil && (gone(err) || errors.Is(context.Cause(ctx), errRemoved)) {
			err, l.over = errRemoved, true
		}
		l.tally.trace(span)
		span.End(err == nil)
		wanted := p.flush() && flush()
		switch {
		case err != nil && wanted:
			l.stopped(ctx, seq, err, yield)
		case err == nil:
			l.over = wanted
		}
	}
}

// gather passes on what is put until all was, and tells at which batch it got
// stuck. A receiver who wants no more is no error.
func (l *Lead) gather(ctx context.Context, p *pieces) (seq int, err error) {
	for at := (place{}); ; {
		here, end, err := l.await(ctx, at)
		if err != nil || end {
			return at.seq, err
		}
		f, target, err := l.take(ctx, here)
		if err != nil {
			return at.seq, err
		}
		if l.last = cmp.Or(target, l.last); f.Last {
			at = place{seq: at.seq + 1}
		} else {
			at.item += f.Items
		}
		if target == "" {
			if !p.flush() || !l.nobodys(f.Coverage.Stopped, p.yield) {
				return at.seq, nil
			}
			continue
		}
		if !p.take(scanners.Result{Target: target, Findings: f.Findings, Coverage: f.Coverage, Stretch: f.Stretch, Path: f.Path, Paths: f.Paths}) || !p.past(target, f.Past) {
			return at.seq, nil
		}
	}
}

// nobodys says of every target what became of a batch of which nobody could tell
// whose it was; false when nobody wants more.
func (l *Lead) nobodys(reason string, yield func(scanners.Result) bool) bool {
	for _, t := range l.targets {
		if !yield(scanners.Ended(t.Name, errors.New(reason))) {
			return false
		}
	}
	return true
}

// Interrupted tells whether the run is not over: what is missing can still be
// had.
func (l *Lead) Interrupted() bool { return !l.over }

// stopped says of every target from the one of the batch seq on that it was not
// read to its end.
func (l *Lead) stopped(ctx context.Context, seq int, err error, yield func(scanners.Result) bool) {
	if cause := context.Cause(ctx); cause != nil && !errors.Is(err, errRemoved) {
		err = cause
	}
	from := l.last
	if !errors.Is(err, errRemoved) {
		short, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Second) // somebody waits for the end
		defer stop()
		if b, e := l.batch(short, seq); e == nil {
			from = b.Target
		}
	}
	for _, t := range l.targets {
		if from != "" && t.Name != from && !l.done(t.Name, from) {
			continue
		}
		if !yield(scanners.Ended(t.Name, err)) {
			return
		}
	}
}

// done tells whether target comes after from.
func (l *Lead) done(target, from string) bool {
	seen := false
	for _, t := range l.targets {
		if t.Name == target {
			return seen
		}
		seen = seen || t.Name == from
	}
	return false
}

// await waits for the results at a place; end says that there are no more.
func (l *Lead) await(ctx context.Context, at place) (here place, end bool, err error) {
	for {
		l.mu.Lock()
		ready, total, err := l.arrived[at], l.total, l.err
		if ready {
			delete(l.arrived, at)
		}
		l.mu.Unlock()
		switch {
		case ready:
			return at, false, nil
		case err != nil:
			return at, false, err
		case total >= 0 && at.seq >= total:
			return at, true, nil
		}
		select {
		case <-ctx.Done():
			return at, false, ctx.Err()
		case <-l.wake:
		}
	}
}

// take reads the results at a place, and the name of their target.
func (l *Lead) take(ctx context.Context, at place) (*found, string, error) {
	m, err := l.stored(ctx, l.results, l.foundSubject(at.seq, at.item))
	if err != nil {
		return nil, "", err
	}
	f, err := l.read(ctx, m)
	return f, m.Header.Get(headerTarget), err
}

// listAll walks the targets, from where an earlier coordinator got to.
func (l *Lead) listAll(ctx context.Context) {
	total, err := l.listRest(ctx)
	l.tell(func() {
		if err != nil && l.err == nil {
			l.err = err
		} else if err == nil {
			l.total = total
		}
	})
}

func (l *Lead) listRest(ctx context.Context) (int, error) {
	entry, err := l.key(ctx, keyListed)
	if err == nil {
		if total, err := strconv.Atoi(string(entry)); err == nil {
			l.tally.walkedAll(total)
			return total, nil
		}
	}
	if err := l.lister.relist(ctx); err != nil {
		return 0, err
	}
	if err := l.lister.list(ctx, l.targets); err != nil {
		return 0, err
	}
	l.tally.walkedAll(l.lister.next)
	return l.lister.next, l.setKey(ctx, keyListed, strconv.Itoa(l.lister.next))
}

// tell changes what Results waits for, and wakes it.
func (l *Lead) tell(change func()) {
	l.mu.Lock()
	change()
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// listen notes what workers put, by the headers alone, each message once: a
// subscription that broke goes on behind what was heard.
func (l *Lead) listen(ctx context.Context) {
	before, err := l.put(ctx) // by workers of an earlier coordinator: no measure of speed
	heard := uint64(0)
	if err == nil {
		err = persist(ctx, "listening", func(ctx context.Context) error { return l.hear(ctx, before, &heard) })
	}
	if err != nil && ctx.Err() == nil {
		l.tell(func() { l.err = errors.Join(l.err, wrap(err)) })
	}
}

// put is the sequence number of the newest message of results.
func (l *Lead) put(ctx context.Context) (last uint64, err error) {
	err = persist(ctx, "results", func(ctx context.Context) error {
		info, err := l.results.Info(ctx)
		if err == nil {
			last = info.State.LastSeq
		}
		return err
	})
	return last, err
}

// hear takes messages behind the one called heard until the subscription ends.
func (l *Lead) hear(ctx context.Context, before uint64, heard *uint64) error {
	o := jetstream.OrderedConsumerConfig{
		HeadersOnly: true, FilterSubjects: []string{l.q.o.Prefix + "." + l.Run.Run + ".found." + l.rules + ".>"},
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: *heard + 1,
	}
	c, err := l.results.OrderedConsumer(ctx, o)
	if err != nil {
		return err
	}
	it, err := c.Messages()
	if err != nil {
		return err
	}
	defer it.Stop()
	stop := context.AfterFunc(ctx, it.Stop)
	defer stop()
	for {
		m, err := it.Next()
		if err != nil {
			return err
		}
		meta, err := m.Metadata()
		if err != nil {
			return err
		}
		if meta.Sequence.Stream <= *heard {
			continue
		}
		*heard = meta.Sequence.Stream
		if at, ok := placeOf(m.Subject()); ok {
			l.tally.arrived(m.Headers(), *heard <= before)
			l.tell(func() { l.arrived[at] = true })
		}
	}
}

// placeOf reads the end of a subject of results.
func placeOf(subject string) (place, bool) {
	p := strings.Split(subject, ".")
	if len(p) < 2 {
		return place{}, false
	}
	seq, err := strconv.Atoi(p[len(p)-2])
	if err != nil {
		return place{}, false
	}
	from, err := strconv.Atoi(p[len(p)-1])
	return place{seq, from}, err == nil
}
