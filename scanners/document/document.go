// Package document turns the bytes of a file into segments: one file per format.
package document

import (
	"context"
	"errors"
	"io"

	"github.com/ecart-rgpd/ecart/item"
)

// A Format reads one kind of file. The first format of the list whose Match
// says yes reads the file; a Format that finds out that the file is not its own
// returns ErrNotMine, and the next one is asked.
type Format struct {
	Name string // "csv"; appears in coverage and in the help
	// Match looks at the file's name (lower case) and its first 4 KiB.
	Match func(name string, head []byte) bool
	// Read hands over the segments of f, its parts, and what it could not read.
	Read func(ctx context.Context, f *File, out Out) error
	// Aside says that the format only adds to what another one reads, of files that have
	// a name: it has nothing to say of the past.
	Aside bool
}

// ErrNotMine says that a format does not know the file after all.
var ErrNotMine = errors.New("not this format")

// A File is the bytes of one item, or of a part of one.
type File struct {
	At   item.Location
	Size int64 // bytes; -1 when not known
	Head []byte
	// Open returns the bytes from the start; more than once if need be.
	Open  func() (io.ReadCloser, error)
	Depth int // containers around this file

	// parsed reads a part that is a structure of its container, in place of Open.
	parsed  func(ctx context.Context, f *File, out Out) error
	in      *input   // the bytes already read; set by Read
	stretch *Stretch // the piece of a large file that this one stands for; nil for a whole file
	budget  *budget  // shared with the file that this one is a part of
}

// Out receives what a format reads. An error of any method stops the reading
// and is returned by Read as it is.
type Out interface {
	// Segment takes text, a block of rows, or declarations.
	Segment(*item.Segment) error
	// Part takes a file inside this one; At must be f.At.Inside(name). Its Open
	// is good until Part returns.
	Part(*File) error
	// Unread notes something that could not be read; reason quotes no content.
	Unread(at item.Location, reason string)
	// Skipped notes something that holds no text by nature.
	Skipped(reason string)
	// Dated offers a credible date of the document (YYYY-MM-DD); the newest wins.
	Dated(date string)
}
