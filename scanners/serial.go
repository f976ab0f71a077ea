package scanners

import (
	"context"
	"iter"

	"github.com/ecart-rgpd/ecart/item"
)

// A Finder is a Source that finds an item again by what its walk called it, in
// another process or on another machine that sees the same place.
type Finder interface {
	Source
	// Find returns the item with this item.Ref. One that is gone is found too: its
	// Open says so.
	Find(ref string) item.Item
}

// Serial reads the items of one target one after the other, in the goroutine of
// its caller: an item is asked of the source only when the result before it was
// taken, so that who counts results knows what is being read. The results are
// those of Scan.
func Serial(ctx context.Context, t Target, o Options) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		take, flush := Placing(ctx, []Target{t}, o, yield)
		serial(ctx, t, o, take)
		flush()
	}
}

// Unplaced is Serial for a piece of a past: results keep their Blob, and who has
// all pieces places them.
func Unplaced(ctx context.Context, t Target, o Options) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		ended := false // once yield has refused, it must not be called again
		serial(ctx, t, o, func(r Result) bool {
			ended = ended || !yield(r)
			return !ended
		})
	}
}

// serial hands over what items give, until take wants no more.
func serial(ctx context.Context, t Target, o Options, take func(Result) bool) {
	r := &reader{options: o}
	for it, err := range t.Source.Items(ctx) {
		if it.At.Target == "" {
			it.At.Target = t.Name
		}
		if err != nil && it.At.Path == "" {
			take(ended(t.Name, why(ctx, err)))
			break
		}
		if err != nil {
			it.Unread = err.Error()
		}
		if !take(r.whole(ctx, t.Name, it)) || ctx.Err() != nil {
			break
		}
	}
	if err := context.Cause(ctx); err != nil {
		take(ended(t.Name, err))
	}
}

// A Divided is a Source whose walk can be shared out in pieces: together, in
// order, they yield what Items does.
type Divided interface {
	Source
	// Pieces names the pieces, in order; nil says that it is walked whole.
	Pieces(ctx context.Context) []string
	// PieceItems yields the items of one piece, in this or another process.
	PieceItems(ctx context.Context, piece string) iter.Seq2[item.Item, error]
}

// Ended is the result that says that a target was not walked to its end.
func Ended(target string, err error) Result { return ended(target, err) }
