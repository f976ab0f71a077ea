package repo

import "errors"

// maxHeld is the size in bytes from which a blob that nothing rests on is not held whole.
const maxHeld = 16 << 20

// maxChain is longer than any chain of deltas that git makes (4,095).
const maxChain = 5000

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
			if err := s.foreignChild(int(i), &version{content: content}); err != nil {
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
	want     func(id []byte) bool
	blob     func(id []byte, v *version) error
	lost     func(id []byte, err error)
	f        inflater
	w        window
	delta    []byte
	versions versions
}

// root inflates a whole blob and walks the deltas that rest on it. A blob nobody
// wants and nothing rests on is not inflated.
func (s *sweeper) root(i int) error {
	id := s.x.id(s.x.order[i])
	wanted := s.want(id)
	if !wanted && s.firsts[i] < 0 {
		return nil
	}
	if _, size := s.head(i, &s.w); size > maxHeld && s.firsts[i] < 0 {
		return s.blob(id, &version{size: size, stream: s.stream(i), file: s.file})
	}
	compressed, size, err := s.body(i, &s.w)
	if err != nil {
		s.giveUp(i, err)
		return nil
	}
	v := s.versions.take(size)
	if v.content, _, err = s.f.inflate(compressed, int(size), v.content); err != nil {
		s.giveUp(i, err)
		return nil
	}
	if wanted {
		if err := s.blob(id, v); err != nil {
			return err
		}
	}
	return s.children(i, v, 1)
}

// children walks the deltas against entry i, depth first, and lets base go with the
// last: in a chain two versions live at once, however long it is. Chains are at
// most 4,095 long (git's own bound), so recursion is bounded too.
func (s *sweeper) children(i int, base *version, depth int) error {
	if s.firsts[i] < 0 {
		base.done()
		return nil
	}
	for c := s.firsts[i]; c >= 0; c = s.nexts[c] {
		v, err := s.child(int(c), base, depth)
		if err != nil {
			return err
		}
		if v != nil && s.nexts[c] < 0 {
			v.alone()
		}
		if s.nexts[c] < 0 {
			base.done()
		}
		if v == nil {
			continue
		}
		if err := s.children(int(c), v, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// foreignChild walks the tree of a delta whose base is not of this pack.
func (s *sweeper) foreignChild(i int, base *version) error {
	v, err := s.child(i, base, 0)
	if v == nil || err != nil {
		return err
	}
	return s.children(i, v, 1)
}

// child makes the version of a delta against base; nil when it is not needed or
// cannot be made.
func (s *sweeper) child(i int, base *version, depth int) (*version, error) {
	id := s.x.id(s.x.order[i])
	wanted := s.want(id)
	if !wanted && s.firsts[i] < 0 {
		return nil, nil
	}
	if depth > maxChain {
		s.giveUp(i, errPack)
		return nil, nil
	}
	delta, err := s.inflate(&s.f, &s.w, i, s.delta)
	if err != nil {
		s.giveUp(i, err)
		return nil, nil
	}
	s.delta = delta
	size, err := made(delta)
	if err != nil {
		s.giveUp(i, err)
		return nil, nil
	}
	v := s.versions.take(size)
	v.base = base
	content, err := apply(base.content, delta, v.content, &v.copies)
	if err != nil {
		s.giveUp(i, err)
		return nil, nil
	}
	v.content = content
	if wanted {
		if err := s.blob(id, v); err != nil {
			return nil, err
		}
	}
	return v, nil
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
