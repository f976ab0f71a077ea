package fleet

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"strconv"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

// whole walks the part itself. What was put before is walked again and dropped:
// a past is placed when all of it was read.
func (r *reading) whole(ctx context.Context, s scanners.Source, died bool) error {
	w := &walk{Source: s, r: r, died: died, noted: -1}
	at := r.next
	r.names = fnv.New64a()
	read := scanners.Serial
	if r.b.Piece != "" {
		read = scanners.Unplaced // the coordinator has all pieces
	}
	o := r.options()
	past, err := r.compare(ctx, s)
	if err != nil {
		return err
	}
	if past != nil {
		o = r.marking(o)
	}
	for res := range read(ctx, r.target(w), o) {
		if err := errors.Join(ctx.Err(), w.err); err != nil {
			return err
		}
		if past != nil {
			if err := past.take(ctx, &res); err != nil {
				return err
			}
		}
		here := w.index
		w.index++
		r.name(&res)
		switch {
		case here >= at:
		case here == at-1 && r.sum() == r.walked:
			continue
		case res.Coverage.Stopped != "": // this walk cannot get to where the first one was: it says why
			r.open.add(res)
			return ctx.Err()
		case here == at-1:
			return r.differs(ctx)
		default:
			continue
		}
		if err := r.take(ctx, res); err != nil {
			return err
		}
		if died {
			if err := r.put(ctx, false); err != nil {
				return err
			}
		}
	}
	if w.index < at && ctx.Err() == nil && w.err == nil {
		return r.differs(ctx)
	}
	return errors.Join(ctx.Err(), w.err)
}

// name adds a result to what was walked.
func (r *reading) name(res *scanners.Result) {
	fmt.Fprintf(r.names, "%s\x00%d\x00%d\x00", res.Path, len(res.Findings), res.Coverage.Bytes) // a hash returns no error
}

// sum tells what was walked so far from any other walk.
func (r *reading) sum() string {
	if r.names == nil {
		return ""
	}
	return strconv.FormatUint(r.names.Sum64(), 36)
}

// otherWalk is the reason of a target that changed while it was read twice: which
// of its objects were put already cannot be told any more.
const otherWalk = "the target changed while it was read, and the reading was broken off: what was found until then is here, scan it again for the rest"

// differs says that the walk is not the one whose beginning was put.
func (r *reading) differs(ctx context.Context) error {
	r.open.add(scanners.Ended(r.b.Target, errors.New(otherWalk)))
	return ctx.Err()
}

// A walk is the source of a whole part. After a death it notes before every item
// that it is about to be walked to and read, and sets aside what killed its
// reader.
type walk struct {
	scanners.Source
	r     *reading
	died  bool
	index int // of the result that comes next
	noted int // item that is noted; -1 none
	count int // times it was noted before
	err   error
}

func (w *walk) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		if w.died {
			w.r.w.alone.Lock()
			defer w.r.w.alone.Unlock()
		}
		if !w.note(ctx, yield) {
			return
		}
		for it, err := range w.Source.Items(ctx) {
			if w.count >= strikes && err == nil {
				if it.Close != nil {
					it.Close()
				}
				it = item.Item{At: it.At, Unread: struckOut}
			}
			if !w.yield(yield, it, err) || !w.note(ctx, yield) {
				break
			}
		}
		w.forgive(ctx)
	}
}

// yield hands an item over, beside others unless it is read alone.
func (w *walk) yield(yield func(item.Item, error) bool, it item.Item, err error) bool {
	if !w.died {
		w.r.w.alone.RLock()
		defer w.r.w.alone.RUnlock()
	}
	return yield(it, err)
}

// Place asks the source that knows history.
func (w *walk) Place(ctx context.Context, blobs []string) (map[string]item.Past, error) {
	if p, ok := w.Source.(scanners.Placer); ok {
		return p.Place(ctx, blobs)
	}
	return nil, nil
}

// note says what is about to be walked to. Where even the walk to an item kills,
// the part ends.
func (w *walk) note(ctx context.Context, yield func(item.Item, error) bool) bool {
	if !w.died {
		return true
	}
	w.forgive(ctx)
	if w.err == nil {
		w.count, w.err = w.r.j.strike(ctx, w.r.b.Seq, w.index)
	}
	w.noted = w.index
	if w.err != nil {
		return false
	}
	if w.count > strikes {
		yield(item.Item{}, errors.New("set aside from item "+strconv.Itoa(w.index+1)+" on: its reader died there "+strconv.Itoa(strikes)+" times and once more on the way"))
		return false
	}
	return true
}

// forgive takes back what was noted: it was read, or the worker is told to stop.
func (w *walk) forgive(ctx context.Context) {
	if w.noted >= 0 && w.err == nil {
		ctx, stop := brief(ctx)
		defer stop()
		w.err = w.r.j.unstrike(ctx, w.r.b.Seq, w.noted, w.count)
	}
	w.noted = -1
}
