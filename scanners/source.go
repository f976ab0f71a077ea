// Package scanners walks targets and runs the detectors over what it finds.
package scanners

import (
	"context"
	"iter"

	"github.com/ecart-rgpd/ecart/item"
)

// A Source is a place to crawl: a folder, a repository, a database.
type Source interface {
	// Items yields every object once, in a stable order. An error beside an item
	// is about that item and the walk goes on; an error with a zero Item ends it.
	Items(ctx context.Context) iter.Seq2[item.Item, error]
}

// A Target is one thing to scan, with its name.
type Target struct {
	Name   string
	Source Source
}
