package item

import (
	"io"
	"time"
)

// An Item is one object of a target: a file, a file at a commit, a table.
// Exactly one of Open and Segments is set.
type Item struct {
	At   Location
	Size int64 // bytes; 0 when not known

	// Open returns the bytes of a file. It may be called more than once.
	Open func() (io.ReadCloser, error)
	// Segments hands over what is no file: the columns and rows of a table.
	// It stops at the first error of yield and returns it.
	Segments func(yield func(*Segment) error) error

	// Date is the newest credible date of the object; zero when unknown. It is
	// never a file time of a work tree, which a clone resets.
	Date time.Time
	// Everyone is what all accounts that reach the share may do with the object:
	// "read" or "write"; empty when they may not, or when nobody knows.
	Everyone string
	// History says the item is a blob of a repository's past; Blob is its id. Its
	// commit and path are asked for once the walk is over, and only when
	// something is found in it.
	History bool
	Blob    string
	// Quiet says that the item was looked at, and that there is nothing in it to be
	// found: it counts as read.
	Quiet bool
	// Close, when set, is called once the item is read.
	Close func()
	// Skip, when set, says why the item is counted but not read.
	Skip string
	// Unread, when set, says why the item could not be read.
	Unread string
	// Added limits findings to these lines (pull requests); nil means all.
	Added []Lines
	// Identity changes when the content may have: etag, blob id, size and time.
	Identity string
	// Stretch, when set, is the piece of a large file that this item stands for.
	Stretch *Stretch
	// Ref is what its source finds it by again, in another process; empty when it
	// cannot. It is a name of the system, not masked: it enters no report.
	Ref string
}

// A Stretch is a piece of a large file, read by itself.
type Stretch struct {
	Number, Of int   // counted from 0; and how many there are
	From, To   int64 // bytes of the file; of an archive, of its directory
	Kind       StretchKind
}

// A StretchKind tells what the stretches of a file are made of.
type StretchKind int

// The kinds of stretches. What was found in lines is of one document; members of an
// archive and messages of a box are documents of their own.
const (
	OfLines StretchKind = iota
	OfMembers
	OfMessages // called by their number
)

// FarMessage begins the name of a message of a box in a stretch that is not the
// first one: how many messages stand before it is known once all before it were
// read. No message has this name otherwise.
const FarMessage = "message-~"

// FarLine is the number of the first line of a stretch that is not the first one:
// how many lines stand before it is known once all before it were read.
const FarLine = 1 << 30

// Lines is a range of lines, both ends included.
type Lines struct{ First, Last int }

// Past says where a blob stands in history.
type Past struct {
	Commit    string // first commit that has the blob
	Removed   string // commit that took it away; empty when still reachable at HEAD
	Path      string // path at Commit
	Date      time.Time
	Reachable bool // from the current branch
}
