package repo

import "sync"

// A spare keeps room for large blobs. They are few, and a buffer made anew for each
// would be most of what a sweep allocates.
type spare struct {
	mu   sync.Mutex
	list [][]byte
	size int // of all, in bytes
}

const (
	maxKept  = 256 << 10 // bytes; a larger blob is a large one
	maxSpare = 6 << 20   // bytes kept for large blobs
)

// take returns n bytes of room: the smallest kept that is large enough, or a new one.
func (s *spare) take(n int) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	best := -1
	for i, b := range s.list {
		if cap(b) >= n && (best < 0 || cap(b) < cap(s.list[best])) {
			best = i
		}
	}
	if best < 0 {
		return make([]byte, n, n+n/8)
	}
	b := s.list[best]
	last := len(s.list) - 1
	s.list[best], s.list[last] = s.list[last], nil
	s.list = s.list[:last]
	s.size -= cap(b)
	return b[:n]
}

// give takes room back. When there is too much of it, the smallest goes first: a
// larger one serves more blobs.
func (s *spare) give(b []byte) {
	if cap(b) > maxSpare {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, b)
	s.size += cap(b)
	for s.size > maxSpare {
		least := 0
		for i, b := range s.list {
			if cap(b) < cap(s.list[least]) {
				least = i
			}
		}
		s.size -= cap(s.list[least])
		last := len(s.list) - 1
		s.list[least], s.list[last] = s.list[last], nil
		s.list = s.list[:last]
	}
}
