package repo

import (
	"errors"

	"github.com/ecart-rgpd/ecart/detectors"
)

var errMissing = errors.New("an object it rests on is not here")

// sweep calls blob for every blob of the pack that want asks for, once, in the
// order of the pack's delta trees: each base is at hand when its deltas are made,
// so every entry is inflated once and nothing is cached. base finds blobs of other packs; it tells whether it knows the
// object at all.
//
// An object that cannot be made is told to lost, with all that rests on it.
func (p *pack) sweep(want func(id []byte) bool, base func(id []byte) ([]byte, bool), blob func(id []byte, v *version) error, lost func(id []byte, err error)) error {
	return p.sweepRange(0, len(p.kinds), want, base, blob, lost)
}

// sweepRange is sweep for the trees whose root is one of entries from to to. What
// has no root in the pack belongs to the last range.
func (p *pack) sweepRange(from, to int, want func(id []byte) bool, base func(id []byte) ([]byte, bool), blob func(id []byte, v *version) error, lost func(id []byte, err error)) error {
	s := &sweeper{pack: p, want: want, blob: blob, lost: lost}
	for i := from; i < to; i++ {
		if p.kinds[i] != typeBlob {
			continue // commits, trees and tags are never inflated
		}
		if err := s.root(i); err != nil {
			return err
		}
	}
	if to < len(p.kinds) {
		return nil
	}
	for _, i := range p.bad {
		s.giveUp(int(i), errPack)
	}
	for _, i := range p.foreign {
		content, known := base(p.bases[i])
		switch {
		case content != nil:
			if err := s.child(int(i), &version{content: content}, 0); err != nil {
				return err
			}
		case !known: // a base that is known and no blob makes no blob either
			s.giveUp(int(i), errMissing)
		}
	}
	return nil
}

// A sweeper walks the trees of deltas of one pack.
type sweeper struct {
	*pack
	want  func(id []byte) bool
	blob  func(id []byte, v *version) error
	lost  func(id []byte, err error)
	f     inflater
	delta []byte
	chain []*version // one for each depth of a delta chain
	spare spare
}

// A version is one blob on the way through a tree of deltas. It is valid until
// the sweep goes on.
type version struct {
	content []byte
	base    *version           // nil for a whole blob
	copies  []detectors.Copied // what content has of base
	note    note               // of who reads the sweep; zero for a new version
}

// root inflates a whole blob and walks the deltas that rest on it. A blob nobody
// wants and nothing rests on is not inflated.
func (s *sweeper) root(i int) error {
	id := s.x.id(s.x.order[i])
	wanted := s.want(id)
	if !wanted && s.firsts[i] < 0 {
		return nil
	}
	v := s.version(0)
	_, size := s.body(i)
	v.content = s.room(v.content, size)
	var err error
	if v.content, err = s.inflate(&s.f, i, v.content); err != nil {
		s.giveUp(i, err)
		return nil
	}
	if wanted {
		if err := s.blob(id, v); err != nil {
			return err
		}
	}
	err = s.children(i, v, 1)
	s.trim()
	return err
}

// trim lets go of the room that few blobs need, so that a tree of large ones
// does not stay in memory for the rest of the pack.
func (s *sweeper) trim() {
	for _, v := range s.chain {
		if cap(v.content) > maxKept {
			s.spare.give(v.content)
			*v = version{} // what is known of a large blob is large too
		}
	}
}

// room returns content, or other room when it is too small for a large blob.
func (s *sweeper) room(content []byte, size int64) []byte {
	if size <= maxKept || size <= int64(cap(content)) || size > maxObject {
		return content
	}
	if cap(content) > maxKept {
		s.spare.give(content)
	}
	return s.spare.take(int(size))
}

// children walks the deltas against entry i, depth first. Chains are at most
// 4,095 long (git's own bound), so recursion is bounded too.
func (s *sweeper) children(i int, base *version, depth int) error {
	for c := s.firsts[i]; c >= 0; c = s.nexts[c] {
		if depth > 5000 {
			s.giveUp(int(c), errPack)
			continue
		}
		if err := s.child(int(c), base, depth); err != nil {
			return err
		}
	}
	return nil
}

func (s *sweeper) child(i int, base *version, depth int) error {
	id := s.x.id(s.x.order[i])
	wanted := s.want(id)
	if !wanted && s.firsts[i] < 0 {
		return nil
	}
	delta, err := s.inflate(&s.f, i, s.delta)
	if err == nil {
		s.delta = delta
		v := s.version(depth)
		v.base = base
		v.content = s.room(v.content, made(delta))
		var content []byte
		if content, err = apply(base.content, delta, v.content, &v.copies); err == nil {
			v.content = content
			if wanted {
				if err := s.blob(id, v); err != nil {
					return err
				}
			}
			return s.children(i, v, depth+1)
		}
	}
	s.giveUp(i, err)
	return nil
}

// giveUp tells that an entry, and all that rests on it, could not be made.
func (s *sweeper) giveUp(i int, err error) {
	stack := []int32{int32(i)}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if id := s.x.id(s.x.order[n]); s.want(id) {
			s.lost(id, err)
		}
		for c := s.firsts[n]; c >= 0; c = s.nexts[c] {
			stack = append(stack, c)
		}
	}
}

// version returns the room for a new version at a depth.
func (s *sweeper) version(depth int) *version {
	for len(s.chain) <= depth {
		s.chain = append(s.chain, &version{})
	}
	v := s.chain[depth]
	*v = version{content: v.content, copies: v.copies[:0], note: note{seen: v.note.seen}}
	return v
}
