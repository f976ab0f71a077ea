package fleet

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"strconv"
)

// known holds a hash of everything the batches of a run list: eight bytes an
// item, for as long as a coordinator that was restarted walks again.
type known map[uint64]bool

var seed = maphash.MakeSeed()

// keyOf names an item among those of a run, within this process.
func keyOf(b *Batch, r Ref) uint64 {
	return maphash.String(seed, b.Target+"\x00"+strconv.Itoa(b.Part)+"\x00"+r.Ref+"\x00"+r.Path+"\x00"+strconv.FormatBool(r.Ended != "")+r.piece())
}

// partOf names the part of a target that a batch is about.
func partOf(b *Batch) string { return b.Target + "\x00" + strconv.Itoa(b.Part) }

// piece tells the pieces of one file apart.
func (r *Ref) piece() string {
	if r.Stretch == nil {
		return ""
	}
	return fmt.Sprintf("\x00%d of %d", r.Stretch.Number, r.Stretch.Of)
}

// relist reads the batches that an earlier coordinator put into the queue, and
// goes on behind them.
func (l *lister) relist(ctx context.Context) error {
	total, err := l.run.listedBatches(ctx)
	if err != nil || total == 0 {
		return err
	}
	l.known, l.begun, l.pieces = known{}, map[string]bool{}, map[string][]string{}
	for ; l.next < total; l.next++ {
		b, err := l.run.batch(ctx, l.next)
		var damaged *errDamaged
		if errors.As(err, &damaged) {
			l.damaged++
			continue // what it listed is not known, and is listed again
		}
		if err != nil {
			return err
		}
		if b.Whole {
			l.known[keyOf(b, Ref{Ref: b.Piece})] = true
		}
		l.begun[partOf(b)] = !b.Whole
		if b.Piece != "" {
			l.pieces[partOf(b)] = append(l.pieces[partOf(b)], b.Piece)
		}
		for _, ref := range b.Items {
			l.known[keyOf(b, ref)] = true
		}
		l.tally.listed(b, 0)
	}
	return nil
}

// listedBatches asks the leader of the stream, which knows, how many there are.
func (r *Run) listedBatches(ctx context.Context) (n int, err error) {
	err = persist(ctx, "batches", func(ctx context.Context) error {
		info, err := r.batches.Info(ctx)
		if err == nil {
			n = int(info.State.Msgs)
		}
		return err
	})
	return n, err
}

// batch reads one batch that is there.
func (r *Run) batch(ctx context.Context, seq int) (*Batch, error) {
	m, err := r.stored(ctx, r.batches, r.batchSubject(seq))
	if err != nil {
		return nil, err
	}
	b := &Batch{}
	if err := decode(m.Data, b); err != nil {
		return nil, &errDamaged{err}
	}
	return b, nil
}

// An errDamaged is a batch that cannot be read.
type errDamaged struct{ error }
