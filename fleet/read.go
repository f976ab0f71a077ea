package fleet

import (
	"context"
	"errors"
	"hash"
	"log/slog"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

// When results are put into the queue before their batch is over: so many
// findings, or so long after the last.
const (
	manyFindings = 2000
	aWhile       = 2 * time.Second
)

// A reading is one batch at work.
type reading struct {
	w      *Worker
	j      *joined
	b      *Batch
	quit   context.Context // ends when the worker is told to stop
	next   int             // item from which on nothing was put
	open   found           // read and not yet put
	since  time.Time
	until  atomic.Int64 // when the item that is read is taken for hanging, as of sinceStart; 0 for none
	grace  atomic.Int64 // how long it may show no sign of life, ns
	rest   func()       // closes what the batch had opened; nil for nothing
	names  hash.Hash64  // of a part walked whole: of what was walked so far
	walked string       // the same, when the batch was given up before
	gave   gave
}

// gave counts what this delivery of a batch put.
type gave struct{ bytes, findings, unread int64 }

// batch reads one batch and acknowledges it once all it gave is stored. ctx ends
// with the run or the worker, quit with the worker alone.
func (w *Worker) batch(ctx, quit context.Context, j *joined, m jetstream.Msg) {
	b := &Batch{}
	meta, err := m.Metadata()
	if err == nil {
		err = decode(m.Data(), b)
	}
	if err != nil {
		slog.Error("queue: a message that is no batch", "run", j.Run.Run, "error", err)
		w.noBatch(ctx, j, m)
		return
	}
	r := &reading{w: w, j: j, b: b, quit: quit, since: now()}
	lease := j.lease(w.Queue.o.Lease)
	stop := r.renew(m, lease)
	delivery := int(meta.NumDelivered)
	span := w.Queue.Trace.Begin(j.Run.Run, "batch")
	err = r.run(ctx, delivery)
	stop()
	r.trace(span, delivery, err)
	if r.rest != nil {
		r.rest()
	}
	switch {
	case err == nil:
		_ = m.Ack() // one that is lost is delivered again, and found done
	case errors.Is(err, errNotHere):
		r.giveBack(m, delivery, lease/4)
	case quit.Err() != nil && j.ctx.Err() == nil:
		r.giveBack(m, delivery, 0)
	case j.ctx.Err() == nil && !errors.Is(err, errTaken):
		slog.Warn("queue: a batch was not finished; it is delivered again", "run", j.Run.Run, "batch", b.Seq, "error", err)
	}
}

// trace ends the span of the batch.
func (r *reading) trace(s *Span, delivery int, err error) {
	s.Set("batch", int64(r.b.Seq))
	s.Set("listed", int64(len(r.b.Items)))
	s.Set("delivery", int64(delivery))
	s.Set("items", int64(r.next))
	s.Set("bytes", r.gave.bytes)
	s.Set("findings", r.gave.findings)
	s.Set("unread", r.gave.unread)
	s.End(err == nil)
}

// unreadable is the reason of what a batch held that nobody can read.
const unreadable = "a message of the queue was damaged: what it listed was not read"

// noBatch puts in the place of a damaged batch that it was not read: nothing can
// be made of it, by anyone, and the coordinator waits for its place.
func (w *Worker) noBatch(ctx context.Context, j *joined, m jetstream.Msg) {
	subject := m.Subject()
	seq, err := strconv.Atoi(subject[strings.LastIndexByte(subject, '.')+1:])
	if err == nil {
		lost := &found{Last: true, Coverage: item.Coverage{Stopped: unreadable}}
		err = j.publish(ctx, &Batch{Seq: seq}, 0, lost, w.Name)
	}
	if err == nil || errors.Is(err, errTaken) {
		_ = m.Term()
	} // else it is delivered again
}

// lease is after which silence a reader of the run is taken for dead. The
// coordinator says so; a worker's own setting may be another.
func (j *joined) lease(own time.Duration) time.Duration {
	if info := j.consumer.CachedInfo(); info != nil && info.Config.AckWait > 0 {
		return info.Config.AckWait
	}
	return own
}

// renew keeps a batch ours until it is stopped, or its reading hangs.
func (r *reading) renew(m jetstream.Msg, lease time.Duration) (stop func()) {
	done := make(chan struct{})
	go func() {
		t := time.NewTicker(lease / 4)
		defer t.Stop()
		for {
			select {
			case <-done:
				return
			case <-t.C:
				if until := r.until.Load(); until != 0 && sinceStart() > until {
					r.w.Stalled(r.j.Run.Run, r.b.Target)
					return
				}
				_ = m.InProgress() // the next one tries again
			}
		}
	}()
	return func() { close(done) }
}

// A reading this slow hangs: slower than any share that is worth scanning.
const (
	defaultStall = 30 * time.Minute
	slowest      = 256 << 10 // bytes a second
)

// begin notes when the item that is begun will be taken for hanging. A table of a
// database, of no known size, is bounded by its own limits.
func (r *reading) begin(size int64) {
	if r.w.Stalled == nil || r.b.Whole {
		return
	}
	stall := r.w.Stall
	if stall == 0 {
		stall = defaultStall
	}
	r.grace.Store(int64(stall + time.Duration(size/slowest)*time.Second))
	r.until.Store(sinceStart() + r.grace.Load())
}

// progress is a sign of life of the item that is read: one that gives segments
// does not hang, however long it takes.
func (r *reading) progress() {
	if r.until.Load() != 0 {
		r.until.Store(sinceStart() + r.grace.Load())
	}
}

// options are those of the run's scan, for this reading.
func (r *reading) options() scanners.Options {
	o := r.j.work.Options()
	o.Progress = r.progress
	return o
}

var started = time.Now()

// sinceStart is a clock in nanoseconds that nobody sets: that of the machine may
// jump by hours.
func sinceStart() int64 { return int64(time.Since(started)) }

func (r *reading) end() { r.until.Store(0) }

// run reads what is not read yet. After a death it reads item by item.
func (r *reading) run(ctx context.Context, delivery int) error {
	died := false
	if delivery > 1 {
		at, err := r.j.reached(ctx, r.b.Seq)
		if err != nil || at.done {
			return err
		}
		calm, err := r.j.number(ctx, calmKey(r.b.Seq))
		if err != nil {
			return err
		}
		r.next, r.walked, died = at.next, at.walk, calm != delivery-1
	}
	source, err := r.source(ctx, delivery)
	if err != nil {
		return err
	}
	switch {
	case r.b.Whole:
		err = r.whole(ctx, source, died)
	case died:
		err = r.each(ctx, source)
	default:
		err = r.items(ctx, source)
	}
	if err != nil {
		return errors.Join(r.keep(), err)
	}
	return r.put(ctx, true)
}

// keep puts what was read before the worker was told to stop.
func (r *reading) keep() error {
	if r.open.Items == 0 || r.j.ctx.Err() != nil {
		return nil
	}
	ctx, stop := brief(r.j.ctx)
	defer stop()
	return r.put(ctx, false)
}

// giveBack lets another worker have the batch at once.
func (r *reading) giveBack(m jetstream.Msg, delivery int, after time.Duration) {
	ctx, stop := brief(r.j.ctx)
	defer stop()
	if err := r.j.setCalm(ctx, r.b.Seq, delivery); err == nil {
		_ = m.NakWithDelay(after)
	}
}

// notHere is how many deliveries a target that cannot be opened is left to
// workers that can, such as those that have the share mounted.
const notHere = 12

var errNotHere = errors.New("this worker cannot open the target")

// source opens the part of the target that the batch is about. When nobody can,
// that is said of the target.
func (r *reading) source(ctx context.Context, delivery int) (scanners.Source, error) {
	s, err := r.j.work.Source(ctx, r.b.Target)
	if err != nil {
		return r.notHere(ctx, delivery, err)
	}
	list := parts(s)
	if r.b.Part >= len(list) {
		return failed{errors.New("this worker sees another kind of target there than the coordinator")}, nil
	}
	part := list[r.b.Part]
	if r.b.Piece != "" {
		d, ok := part.(scanners.Divided)
		if !ok {
			return failed{errors.New("this worker sees another kind of target there than the coordinator")}, nil
		}
		return pieceOf{d, r.b.Piece}, nil
	}
	if d, ok := part.(distant); ok && !r.b.Whole {
		if err := d.Ready(ctx); err != nil {
			return r.notHere(ctx, delivery, err)
		}
		r.rest = d.Rest
	}
	return part, nil
}

// notHere leaves a target that this worker cannot open to others; when nobody can,
// that is said of the target.
func (r *reading) notHere(ctx context.Context, delivery int, err error) (scanners.Source, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if delivery >= notHere {
		return failed{err}, nil
	}
	level := slog.LevelDebug
	if delivery == 1 {
		level = slog.LevelWarn
	}
	slog.Log(ctx, level, "this worker leaves a target to others", "run", r.j.Run.Run, "target", r.b.Target, "reason", err)
	return nil, errNotHere
}

// take adds one result, and puts what there is when it is much or long ago.
func (r *reading) take(ctx context.Context, res scanners.Result) error {
	r.add(res)
	if r.open.size() < manyFindings && now().Sub(r.since) < aWhile {
		return nil
	}
	return r.put(ctx, false)
}

// add adds one result. One that tells why a stretch was not read is that of the
// stretch: the others of its file are put together around it.
func (r *reading) add(res scanners.Result) {
	if res.Stretch == nil && len(r.b.Items) == 1 {
		res.Stretch = r.b.Items[0].Stretch
	}
	r.open.add(res)
	if wanted := r.j.work.Options().Wanted; wanted != nil && res.Coverage.Read+res.Coverage.Unchanged > 0 && wanted(res.Path) {
		r.open.Paths = append(r.open.Paths, res.Path)
	}
}

// put stores the open results.
func (r *reading) put(ctx context.Context, last bool) error {
	if r.open.Items == 0 && !last {
		return nil
	}
	r.open.Last, r.open.walk = last, r.sum()
	if err := r.j.publish(ctx, r.b, r.next, &r.open, r.w.Name); err != nil {
		return err
	}
	r.next += r.open.Items
	r.gave.bytes += r.open.Coverage.Bytes
	r.gave.findings += int64(r.open.hits())
	r.gave.unread += int64(len(r.open.Coverage.Unread))
	r.open, r.since = found{}, now()
	return nil
}
