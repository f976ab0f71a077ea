package fleet

import (
	"context"
	"errors"
	"iter"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

// strikes is how often an item may be what a worker was reading, alone, when it
// died.
const strikes = 3

// struckOut is the reason of an item that is set aside.
const struckOut = "set aside: its reader died or hung on it three times"

// failed is the source of a target that could not be opened.
type failed struct{ err error }

func (f failed) Items(context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) { yield(item.Item{}, f.err) }
}

// listed returns the source of some items of the batch.
func (r *reading) listed(s scanners.Source, from, to int) scanners.Source {
	finder, ok := s.(scanners.Finder)
	if f, no := s.(failed); no {
		return f
	}
	if !ok {
		return failed{errors.New("this worker sees another kind of target there than the coordinator")}
	}
	return listed{target: r.b.Target, items: r.b.Items[from:to], from: finder}
}

// items reads the items that are left of the batch.
func (r *reading) items(ctx context.Context, s scanners.Source) error {
	for res := range scanners.Serial(ctx, r.target(r.beside(r.listed(s, r.next, len(r.b.Items)))), r.options()) {
		if err := ctx.Err(); err != nil {
			return err // the result may be of an interrupted reading
		}
		if err := r.take(ctx, res); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// each reads the items that are left one by one, each alone in this process, and
// puts what each gave before the next is begun.
func (r *reading) each(ctx context.Context, s scanners.Source) error {
	for r.next < len(r.b.Items) {
		if err := r.apart(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// apart reads the next item while nothing else is read in this process. It is
// noted only once that is so: the death of another's reader must not be laid at
// its door.
func (r *reading) apart(ctx context.Context, s scanners.Source) error {
	r.w.alone.Lock()
	defer r.w.alone.Unlock()
	at := r.next
	n, err := r.j.strike(ctx, r.b.Seq, at)
	if err != nil {
		return err
	}
	one := r.listed(s, at, at+1)
	if n >= strikes {
		one = listed{target: r.b.Target, items: []Ref{r.aside(one, r.b.Items[at].Stretch)}}
	}
	err = r.one(ctx, one)
	if err != nil { // the item did not kill its reader
		short, stop := brief(ctx)
		defer stop()
		return errors.Join(err, r.j.unstrike(short, r.b.Seq, at, n))
	}
	return err
}

// aside makes an item one that is not read.
func (r *reading) aside(one scanners.Source, piece *item.Stretch) Ref {
	for it, err := range one.Items(context.Background()) {
		if err == nil {
			return Ref{Path: it.At.Path, Unread: struckOut, Stretch: piece}
		}
	}
	return Ref{Path: "(item)", Unread: struckOut, Stretch: piece}
}

// one reads one item and puts what it gave.
func (r *reading) one(ctx context.Context, s scanners.Source) error {
	for res := range scanners.Serial(ctx, r.target(timed{s, r, unlocked{}}), r.options()) {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.add(res)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return r.put(ctx, false)
}

func (r *reading) target(s scanners.Source) scanners.Target {
	return scanners.Target{Name: r.b.Target, Source: s}
}

// beside lets items be read beside those of other batches, and not while one is
// read alone.
func (r *reading) beside(s scanners.Source) scanners.Source { return timed{s, r, &r.w.alone} }

// A timed source tells its reading when an item is begun and ended, and holds a
// lock meanwhile.
type timed struct {
	scanners.Source
	r    *reading
	lock rlocker
}

// An rlocker is what of a lock may be held by many.
type rlocker interface {
	RLock()
	RUnlock()
}

// unlocked is a lock for an item whose caller holds the real one.
type unlocked struct{}

func (unlocked) RLock()   {}
func (unlocked) RUnlock() {}

func (s timed) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		for it, err := range s.Source.Items(ctx) {
			if !s.yield(yield, it, err) {
				return
			}
		}
	}
}

func (s timed) yield(yield func(item.Item, error) bool, it item.Item, err error) bool {
	s.lock.RLock()
	defer s.lock.RUnlock()
	if it.Segments == nil { // a table is bounded by limits of its own, and may wait for its connection
		s.r.begin(it.Size)
	}
	defer s.r.end()
	return yield(it, err)
}
