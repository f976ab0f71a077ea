//go:build nolocalremote

// Package remote is left out of this build.
package remote

import (
	"context"
	"errors"
	"iter"

	"github.com/ecart-rgpd/ecart/item"
)

// A Tree is a folder of a remote share; there is none in this build.
type Tree struct{}

// Open says that this build has no remote shares.
func Open(context.Context, string, string) (*Tree, error) {
	return nil, errors.New("this build was made without remote shares (nolocalremote): mount the share, or use a full build")
}

// Items yields nothing.
func (*Tree) Items(context.Context) iter.Seq2[item.Item, error] {
	return func(func(item.Item, error) bool) {}
}

// Close does nothing.
func (*Tree) Close(context.Context) error { return nil }
