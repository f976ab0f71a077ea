package scanners

import (
	"context"
	"iter"

	"github.com/ecart-rgpd/ecart/item"
)

// Chain is several sources of one target, walked one after the other: a work
// tree, then its past.
type Chain []Source

// Items yields the items of all sources. One that ends with an error ends the
// chain.
func (c Chain) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		for _, s := range c {
			for it, err := range s.Items(ctx) {
				if !yield(it, err) || err != nil && it.At.Path == "" {
					return
				}
			}
		}
	}
}

// Place asks the source that knows history.
func (c Chain) Place(ctx context.Context, blobs []string) (map[string]item.Past, error) {
	for _, s := range c {
		if p, ok := s.(Placer); ok {
			return p.Place(ctx, blobs)
		}
	}
	return nil, nil
}

// A Past is a Source of what was, some of which may be what is.
type Past interface {
	Source
	// PresentItems yields what of the present is in it, and not in another source of
	// its target.
	PresentItems(ctx context.Context) iter.Seq2[item.Item, error]
}

// Present is what of a target's source is of the present.
func Present(s Source) Source {
	switch s := s.(type) {
	case Chain:
		now := make(Chain, 0, len(s))
		for _, part := range s {
			now = append(now, Present(part))
		}
		return now
	case Past:
		return presentOf{s}
	}
	return s
}

// A presentOf is the present of a past.
type presentOf struct{ past Past }

func (p presentOf) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return p.past.PresentItems(ctx)
}
