package repo

import (
	"io"
	"math/bits"
	"sync"
	"sync/atomic"

	"github.com/ecart-rgpd/ecart/detectors"
)

// A version is one blob on the way through a tree of deltas. Once it is made
// nothing changes what it holds: deltas are made against it and a worker reads it at
// the same time.
type version struct {
	content []byte
	base    *version           // nil for a whole blob, and when the base is let go
	copies  []detectors.Copied // what content has of base
	note    note               // of who reads the sweep; zero for a new version

	// A blob that is too large to be held has no content: it is streamed.
	size   int64
	stream func() (io.ReadCloser, error)
	file   *packFile // it is streamed from; nil for a loose object

	from  *versions // nil for a version that is not lent
	users atomic.Int32
}

// versions lends versions and takes them back: a sweep makes millions, and few live
// at once.
type versions struct {
	mu    sync.Mutex
	free  []*version
	large spare
	small sync.Pool // of *[]byte, for blobs of up to maxKept
}

// take returns a version with room for size bytes and what lies behind.
func (p *versions) take(size int64) *version {
	v := p.bare()
	size = min(max(size, 0), maxObject) + slack // no object that is larger is made
	if size > maxKept {
		v.content = p.large.take(int(size))[:0]
		return v
	}
	if b, _ := p.small.Get().(*[]byte); b != nil && cap(*b) >= int(size) { // nil when the pool is empty
		v.content = (*b)[:0]
		return v
	}
	v.content = make([]byte, 0, 1<<bits.Len64(uint64(size))) // the next may be larger
	return v
}

// bare returns a version without room.
func (p *versions) bare() *version {
	p.mu.Lock()
	defer p.mu.Unlock()
	v := &version{}
	if last := len(p.free) - 1; last >= 0 {
		v, p.free = p.free[last], p.free[:last]
	}
	v.from = p
	v.users.Store(1)
	return v
}

// copy returns a version of its own with what v holds now.
func (p *versions) copy(v *version) *version {
	c := p.take(int64(len(v.content)))
	c.content = append(c.content, v.content...)
	seen := &c.note.seen
	c.note = note{v.note.state, v.note.kind, *seen}
	v.note.seen.CopyTo(seen)
	return c
}

// hold keeps a version from being taken back until done has been called once more.
func (v *version) hold() { v.users.Add(1) }

// done gives a version back when nobody needs it any more.
func (v *version) done() {
	if p := v.from; p != nil && v.users.Add(-1) == 0 {
		p.give(v)
	}
}

// mostFree is how many versions wait to be used again. Few are more at once.
const mostFree = 64

func (p *versions) give(v *version) {
	content := v.content
	if cap(content) > maxKept {
		p.large.give(content)
	} else {
		p.small.Put(&content)
	}
	seen := v.note.seen
	seen.Reset()
	v.content, v.base, v.copies, v.note = nil, nil, v.copies[:0], note{seen: seen}
	if seen.Large() || cap(v.copies) > maxKept/64 {
		return // what is known of a large blob is large too
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.free) < mostFree {
		p.free = append(p.free, v)
	}
}

// alone makes a version forget its base, which is about to be used for another blob.
func (v *version) alone() {
	v.base, v.copies = nil, v.copies[:0]
}
