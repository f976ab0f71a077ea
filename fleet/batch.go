package fleet

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"iter"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

// A Batch is a stretch of the walk, read by one worker.
type Batch struct {
	Seq    int // its place in the walk
	Target string
	Part   int    // of the target's sources: a work tree, then its past
	Whole  bool   // the worker walks the part itself: a database, a past
	Piece  string // of the part, when it is walked by several
	Items  []Ref  // else these
}

// A Ref is an item of a batch, as its source finds it again, or what the walk
// said of it.
type Ref struct {
	Ref          string
	Path         string // of an item that is not opened
	Skip, Unread string
	Ended        string // why the walk ended here
	// Stretch is the piece of a large file that is meant, and Identity that of the
	// file when it was cut; nil for a whole item.
	Stretch  *item.Stretch
	Identity string
}

// find returns the item, as its source has it now.
func (r *Ref) find(ctx context.Context, target string, from scanners.Finder) item.Item {
	it := item.Item{At: item.Location{Target: target, Path: r.Path}, Skip: r.Skip, Unread: r.Unread, Stretch: r.Stretch}
	if r.Skip != "" || r.Unread != "" {
		return it
	}
	now := findIn(ctx, from, r.Ref)
	switch {
	case r.Stretch == nil:
		return now
	case now.Identity != r.Identity: // it would be cut at other places
		it.At, it.Unread = now.At, scanners.Changed
		return it
	}
	return scanners.Piece(now, *r.Stretch)
}

// A pieceOf is a piece of a source.
type pieceOf struct {
	scanners.Divided
	name string
}

func (p pieceOf) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return p.PieceItems(ctx, p.name)
}

// findIn finds an item whose reading ends with ctx, where its source can do that.
func findIn(ctx context.Context, from scanners.Finder, ref string) item.Item {
	if f, ok := from.(interface {
		FindIn(ctx context.Context, ref string) item.Item
	}); ok {
		return f.FindIn(ctx, ref)
	}
	return from.Find(ref)
}

// A distant is a source that is asked over the network, and that others need too:
// who cannot connect leaves it to those who can, and nobody holds a connection
// while he waits.
type distant interface {
	Ready(ctx context.Context) error
	Rest()
}

// encode writes bytes of names as they are, which JSON would not.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(v)
	return b.Bytes(), err
}

func decode(data []byte, v any) error { return gob.NewDecoder(bytes.NewReader(data)).Decode(v) }

// parts returns the sources of a target that are walked one after the other.
func parts(s scanners.Source) []scanners.Source {
	if c, ok := s.(scanners.Chain); ok {
		return c
	}
	return []scanners.Source{s}
}

// listed is a Source of some items of a batch, found again one by one.
type listed struct {
	target string
	items  []Ref
	from   scanners.Finder
}

func (l listed) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		for _, r := range l.items {
			if r.Ended != "" {
				yield(item.Item{}, errors.New(r.Ended))
				return
			}
			if !yield(r.find(ctx, l.target, l.from), nil) {
				return
			}
		}
	}
}
