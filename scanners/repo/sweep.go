package repo

import "errors"

var errMissing = errors.New("an object it rests on is not here")

// sweep calls blob for every blob of the pack that want asks for, once, in the
// order of the pack's delta trees: each base is at hand when its deltas are made,
// so every entry is inflated once and nothing is cached. content is valid until
// blob returns. base finds blobs of other packs; it tells whether it knows the
// object at all.
//
// An object that cannot be made is told to lost, with all that rests on it.
func (p *pack) sweep(want func(id []byte) bool, base func(id []byte) ([]byte, bool), blob func(id, content []byte) error, lost func(id []byte, err error)) error {
	s := &sweeper{pack: p, want: want, blob: blob, lost: lost}
	for i, kind := range p.kinds {
		if kind != typeBlob {
			continue // commits, trees and tags are never inflated
		}
		if err := s.root(i); err != nil {
			return err
		}
	}
	for _, i := range p.foreign {
		content, known := base(p.bases[i])
		switch {
		case content != nil:
			if err := s.child(int(i), content, 0); err != nil {
				return err
			}
		case !known: // a base that is known and no blob makes no blob either
			s.giveUp(int(i), errMissing)
		}
	}
	return nil
}

// A sweeper holds one buffer for each depth of a delta chain.
type sweeper struct {
	*pack
	want    func(id []byte) bool
	blob    func(id, content []byte) error
	lost    func(id []byte, err error)
	f       inflater
	delta   []byte
	buffers [][]byte
}

// root inflates a whole blob and walks the deltas that rest on it. A blob nobody
// wants and nothing rests on is not inflated.
func (s *sweeper) root(i int) error {
	id := s.x.id(s.x.order[i])
	wanted := s.want(id)
	if !wanted && s.firsts[i] < 0 {
		return nil
	}
	content, err := s.f.inflate(s.pack, i, s.buffer(0))
	if err != nil {
		s.giveUp(i, err)
		return nil
	}
	s.buffers[0] = content
	if wanted {
		if err := s.blob(id, content); err != nil {
			return err
		}
	}
	return s.children(i, content, 1)
}

// children walks the deltas against entry i, depth first. Chains are at most
// 4,095 long (git's own bound), so recursion is bounded too.
func (s *sweeper) children(i int, content []byte, depth int) error {
	for c := s.firsts[i]; c >= 0; c = s.nexts[c] {
		if depth > 5000 {
			s.giveUp(int(c), errPack)
			continue
		}
		if err := s.child(int(c), content, depth); err != nil {
			return err
		}
	}
	return nil
}

func (s *sweeper) child(i int, base []byte, depth int) error {
	id := s.x.id(s.x.order[i])
	wanted := s.want(id)
	if !wanted && s.firsts[i] < 0 {
		return nil
	}
	delta, err := s.f.inflate(s.pack, i, s.delta)
	if err == nil {
		s.delta = delta
		var content []byte
		if content, err = apply(base, delta, s.buffer(depth)); err == nil {
			s.buffers[depth] = content
			if wanted {
				if err := s.blob(id, content); err != nil {
					return err
				}
			}
			return s.children(i, content, depth+1)
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

func (s *sweeper) buffer(depth int) []byte {
	for len(s.buffers) <= depth {
		s.buffers = append(s.buffers, nil)
	}
	return s.buffers[depth]
}
