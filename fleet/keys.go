package fleet

import (
	"context"
	"errors"
	"strconv"

	"github.com/nats-io/nats.go/jetstream"
)

// Keys of a run's bucket.
const (
	keyListed = "listed" // number of batches, once the walk is over
	keyStatus = "status" // what the coordinator last knew
)

// strikeKey counts how often an item was being read, alone, when its worker died.
func strikeKey(seq, item int) string {
	return "strike." + strconv.Itoa(seq) + "." + strconv.Itoa(item)
}

// calmKey holds the number of the delivery after which a batch was given back
// on purpose: the next one follows no death.
func calmKey(seq int) string { return "calm." + strconv.Itoa(seq) }

// key reads a key; the error is jetstream.ErrKeyNotFound when it is not set.
func (r *Run) key(ctx context.Context, name string) (value []byte, err error) {
	err = persist(ctx, name, func(ctx context.Context) error {
		e, err := r.keys.Get(ctx, name)
		if err == nil {
			value = e.Value()
		}
		return err
	})
	return value, err
}

func (r *Run) setKey(ctx context.Context, name, value string) error {
	return persist(ctx, name, func(ctx context.Context) error {
		_, err := r.keys.PutString(ctx, name, value)
		return err
	})
}

// number reads a key that holds a number; 0 when it is not set.
func (r *Run) number(ctx context.Context, name string) (int, error) {
	v, err := r.key(ctx, name)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(v))
}

// strike notes that an item is about to be read alone, and returns how often
// that was noted and not taken back.
func (r *Run) strike(ctx context.Context, seq, item int) (int, error) {
	n, err := r.number(ctx, strikeKey(seq, item))
	if err != nil {
		return 0, err
	}
	return n, r.setKey(ctx, strikeKey(seq, item), strconv.Itoa(n+1))
}

// unstrike takes it back: the item was read, or given back on purpose.
func (r *Run) unstrike(ctx context.Context, seq, item, n int) error {
	return r.setKey(ctx, strikeKey(seq, item), strconv.Itoa(n))
}

// setCalm notes that a delivery of a batch was given back on purpose.
func (r *Run) setCalm(ctx context.Context, seq, delivery int) error {
	return r.setKey(ctx, calmKey(seq), strconv.Itoa(delivery))
}
