package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Lead opens a run as its coordinator: a new one, or one that was begun under
// the same name with the same settings, which goes on.
func (q *Queue) Lead(ctx context.Context, job Job) (*Run, error) {
	if err := CheckName(job.Run); err != nil {
		return nil, err
	}
	runs, err := q.runs(ctx)
	if err != nil {
		return nil, err
	}
	announced, err := lookup(ctx, runs, job.Run)
	if err != nil {
		return nil, err
	}
	if announced != nil && (announced.Version != job.Version || !bytes.Equal(announced.Settings, job.Settings)) {
		return nil, fmt.Errorf("run %s was begun with another version, other rules, targets or flags: give it another name, or forget it with `ecart status --queue … --forget %s`", job.Run, job.Run)
	}
	r, err := q.prepare(ctx, job)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(job)
	if err != nil {
		return nil, err
	}
	err = persist(ctx, "announcing the run", func(ctx context.Context) error {
		_, err := runs.Put(ctx, job.Run, data)
		return err
	})
	return r, wrap(err)
}

// wrap says of an error that it is the queue's.
func wrap(err error) error {
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	return nil
}

// prepare makes the streams and the keys of a run where they are not yet.
func (q *Queue) prepare(ctx context.Context, job Job) (*Run, error) {
	base, subject := q.base(job.Run), q.o.Prefix+"."+job.Run
	stream := func(kind string, subjects ...string) error {
		return persist(ctx, "making the streams", func(ctx context.Context) error {
			_, err := q.js.CreateStream(ctx, jetstream.StreamConfig{
				Name: base + "-" + kind, Subjects: subjects, Storage: jetstream.FileStorage, Replicas: q.replicas(), AllowDirect: true,
			})
			if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
				return nil
			}
			return err
		})
	}
	if err := stream("batches", subject+".batch.*"); err != nil {
		return nil, wrap(err)
	}
	if err := stream("results", subject+".found.>", subject+".part.>"); err != nil {
		return nil, wrap(err)
	}
	err := persist(ctx, "making the consumer", func(ctx context.Context) error {
		_, err := q.js.CreateOrUpdateConsumer(ctx, base+"-batches", jetstream.ConsumerConfig{
			Durable: "workers", AckPolicy: jetstream.AckExplicitPolicy, AckWait: q.o.Lease, MaxDeliver: -1, MaxAckPending: 20_000,
		})
		return err
	})
	if err != nil {
		return nil, wrap(err)
	}
	if _, err := q.bucket(ctx, base, 0); err != nil {
		return nil, wrap(err)
	}
	return q.join(ctx, job)
}

// join opens what there is of a run.
func (q *Queue) join(ctx context.Context, job Job) (*Run, error) {
	r := &Run{Job: job, q: q, rules: token(job.Version)}
	err := persist(ctx, "opening the run", func(ctx context.Context) (err error) {
		if r.batches, err = q.js.Stream(ctx, q.base(job.Run)+"-batches"); err != nil {
			return err
		}
		if r.results, err = q.js.Stream(ctx, q.base(job.Run)+"-results"); err != nil {
			return err
		}
		r.keys, err = q.js.KeyValue(ctx, q.base(job.Run))
		return err
	})
	return r, wrap(err)
}

// runs is the bucket of all runs of the prefix.
func (q *Queue) runs(ctx context.Context) (jetstream.KeyValue, error) {
	kv, err := q.bucket(ctx, q.o.Prefix+"-runs", 0)
	return kv, wrap(err)
}

// bucket opens a bucket of keys, and makes it when there is none.
func (q *Queue) bucket(ctx context.Context, name string, ttl time.Duration) (kv jetstream.KeyValue, err error) {
	err = persist(ctx, "opening the keys", func(ctx context.Context) error {
		if kv, err = q.js.KeyValue(ctx, name); !errors.Is(err, jetstream.ErrBucketNotFound) {
			return err
		}
		kv, err = q.js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: name, TTL: ttl, Replicas: q.replicas()})
		if errors.Is(err, jetstream.ErrBucketExists) {
			kv, err = q.js.KeyValue(ctx, name)
		}
		return err
	})
	return kv, err
}

// lookup reads what was announced of a run; nil when nothing was.
func lookup(ctx context.Context, runs jetstream.KeyValue, run string) (*Job, error) {
	var entry jetstream.KeyValueEntry
	err := persist(ctx, "looking the run up", func(ctx context.Context) (err error) {
		entry, err = runs.Get(ctx, run)
		return err
	})
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return nil, nil
	case err != nil:
		return nil, wrap(err)
	}
	job := &Job{}
	if err := json.Unmarshal(entry.Value(), job); err != nil {
		return nil, fmt.Errorf("queue: run %s: %w", run, err)
	}
	return job, nil
}

// Forget removes a run and all it left in the queue.
func (q *Queue) Forget(ctx context.Context, run string) error {
	if err := CheckName(run); err != nil {
		return err
	}
	runs, err := q.runs(ctx)
	if err != nil {
		return err
	}
	return wrap(persist(ctx, "removing the run", func(ctx context.Context) error {
		return errors.Join(
			lenient(runs.Purge(ctx, run)),
			lenient(q.js.DeleteStream(ctx, q.base(run)+"-batches")),
			lenient(q.js.DeleteStream(ctx, q.base(run)+"-results")),
			lenient(q.js.DeleteKeyValue(ctx, q.base(run))))
	}))
}

// lenient forgives that a thing to be removed is not there.
func lenient(err error) error {
	if gone(err) || errors.Is(err, jetstream.ErrKeyNotFound) {
		return nil
	}
	return err
}
