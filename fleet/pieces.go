package fleet

import (
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

// pieces passes results on, those of the stretches of one file as one.
type pieces struct {
	each  bool // one finding per occurrence
	yield func(scanners.Result) bool
	open  *scanners.Joiner // of the file at hand; nil for none
	next  int              // stretch that is to come
	ended bool             // nobody wants more
}

// take passes a result on, or keeps it until the file is whole; false when nobody
// wants more.
func (p *pieces) take(r scanners.Result) bool {
	switch {
	case r.Stretch == nil && len(r.Findings) == 0 && nothing(&r.Coverage):
		return !p.ended // the end of a batch and no more
	case r.Stretch == nil:
		return p.flush() && p.pass(r)
	case r.Stretch.Number != p.next && !p.flush():
		return false
	}
	if p.open == nil {
		p.open = &scanners.Joiner{Each: p.each}
	}
	p.open.Add(r)
	if p.next = r.Stretch.Number + 1; p.open.Full() {
		return p.flush()
	}
	if ready, ok := p.open.Ready(); ok {
		return p.pass(ready)
	}
	return true
}

// nothing tells whether a coverage says nothing: not even what could not be read
// beside the items, such as the places of a past.
func nothing(c *item.Coverage) bool {
	return c.Items == 0 && c.Stopped == "" && len(c.Unread)+len(c.Skipped)+len(c.Sampled) == 0
}

// past passes on what blobs of a piece of history gave.
func (p *pieces) past(target string, list []held) bool {
	for _, h := range list {
		if !p.pass(scanners.Result{Target: target, Path: h.Path, Findings: h.Findings, Blob: h.Blob}) {
			return false
		}
	}
	return !p.ended
}

// flush passes on what there is of the file at hand.
func (p *pieces) flush() bool {
	j := p.open
	if p.open, p.next = nil, 0; j == nil {
		return !p.ended
	}
	return p.pass(j.Result())
}

func (p *pieces) pass(r scanners.Result) bool {
	p.ended = p.ended || !p.yield(r)
	return !p.ended
}
