package fleet

import (
	"context"
	"hash/maphash"
	"strconv"

	"github.com/nats-io/nats.go/jetstream"
)

// known holds a hash of everything the batches of a run list: eight bytes an
// item, for as long as a coordinator that was restarted walks again.
type known map[uint64]bool

var seed = maphash.MakeSeed()

// keyOf names an item among those of a run, within this process.
func keyOf(b *Batch, r Ref) uint64 {
	return maphash.String(seed, b.Target+"\x00"+strconv.Itoa(b.Part)+"\x00"+r.Ref+"\x00"+r.Path+"\x00"+strconv.FormatBool(r.Ended != ""))
}

// relist reads the batches that an earlier coordinator put into the queue.
func (r *Run) relist(ctx context.Context) (next int, items int64, k known, err error) {
	k = known{}
	for ; ; next++ {
		b, err := r.batch(ctx, next)
		if final(err) {
			return next, items, k, nil
		}
		if err != nil {
			return 0, 0, nil, err
		}
		if b.Whole {
			k[keyOf(b, Ref{})] = true
		}
		for _, ref := range b.Items {
			k[keyOf(b, ref)] = true
		}
		items += int64(len(b.Items))
	}
}

// batch reads one batch; the error is final when there is none.
func (r *Run) batch(ctx context.Context, seq int) (*Batch, error) {
	var m *jetstream.RawStreamMsg
	err := persist(ctx, "batch", func(ctx context.Context) (err error) {
		m, err = r.batches.GetLastMsgForSubject(ctx, r.batchSubject(seq))
		return err
	})
	if err != nil {
		return nil, err
	}
	b := &Batch{}
	return b, decode(m.Data, b)
}
