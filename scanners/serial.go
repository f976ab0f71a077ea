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
		r := &reader{options: o}
		p := &placer{ctx: ctx, targets: []Target{t}, yield: yield, mask: r.scanner().Mask}
		for it, err := range t.Source.Items(ctx) {
			if it.At.Target == "" {
				it.At.Target = t.Name
			}
			if err != nil && it.At.Path == "" {
				p.take(ended(t.Name, why(ctx, err)))
				break
			}
			if err != nil {
				it.Unread = err.Error()
			}
			if !p.take(r.whole(ctx, t.Name, it)) || ctx.Err() != nil {
				break
			}
		}
		if err := context.Cause(ctx); err != nil {
			p.take(ended(t.Name, err))
		}
		p.flush()
	}
}

// Ended is the result that says that a target was not walked to its end.
func Ended(target string, err error) Result { return ended(target, err) }
