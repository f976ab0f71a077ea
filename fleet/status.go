package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// How often a coordinator says what it knows, and after which silence it is
// taken for lost.
const (
	sayEvery  = 2 * time.Second
	lostAfter = 15 * time.Second
)

// say writes what is known of the run into the queue until ctx ends.
func (l *Lead) say(ctx context.Context) {
	t := time.NewTicker(sayEvery)
	defer t.Stop()
	for {
		s := l.Snapshot()
		if data, err := json.Marshal(s); err == nil {
			short, stop := context.WithTimeout(ctx, sayEvery)
			_, _ = l.keys.Put(short, keyStatus, data) // the next one tries again
			stop()
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// Snapshot returns what the coordinator knows of its run.
func (l *Lead) Snapshot() Status {
	s := l.tally.Snapshot()
	s.Run = l.Run.Run
	return s
}

// Statuses returns what is known of all runs of the queue, by name.
func (q *Queue) Statuses(ctx context.Context) ([]Status, error) {
	runs, err := q.runs(ctx)
	if err != nil {
		return nil, err
	}
	names, err := runs.Keys(ctx)
	if errors.Is(err, jetstream.ErrNoKeysFound) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap(err)
	}
	slices.Sort(names)
	var list []Status
	for _, name := range names {
		s, err := q.status(ctx, name)
		if gone(err) {
			continue // it ended meanwhile
		}
		if err != nil {
			return nil, wrap(err)
		}
		list = append(list, s)
	}
	return list, nil
}

// keyAsked is written by who asks, to see the clock of the queue.
const keyAsked = "asked"

// clock is the time by the clock of the queue, which may be another than ours: it
// is the one that says when a key was written.
func (q *Queue) clock(ctx context.Context, kv jetstream.KeyValue) time.Time {
	if _, err := kv.PutString(ctx, keyAsked, ""); err == nil {
		if e, err := kv.Get(ctx, keyAsked); err == nil {
			return e.Created()
		}
	}
	return now() // as good as can be had
}

// status reads what the coordinator of a run last said, and asks the queue what
// waits.
func (q *Queue) status(ctx context.Context, run string) (Status, error) {
	s := Status{Run: run, ETA: -1, Lost: true}
	kv, err := q.js.KeyValue(ctx, q.base(run))
	if err != nil {
		return s, err
	}
	entry, err := kv.Get(ctx, keyStatus)
	switch {
	case err == nil:
		if err := json.Unmarshal(entry.Value(), &s); err != nil {
			return s, err
		}
		age := q.clock(ctx, kv).Sub(entry.Created())
		s.Age, s.Lost = age.Round(time.Second).Seconds(), age > lostAfter
	case !errors.Is(err, jetstream.ErrKeyNotFound):
		return s, err
	}
	c, err := q.js.Consumer(ctx, q.base(run)+"-batches", "workers")
	if err != nil {
		return s, err
	}
	info, err := c.Info(ctx)
	if err == nil {
		s.Waiting, s.Taken, s.Again = info.NumPending, info.NumAckPending, info.NumRedelivered
	}
	return s, err
}
