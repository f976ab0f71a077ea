package repo

import "sync"

// A lender bounds how much of what a sweep made waits for workers: many may wait when
// they are small, few when they are large.
type lender struct {
	mu   sync.Mutex
	back sync.Cond
	out  int64 // bytes
}

// mostLent is how many bytes may wait. A larger blob is lent when no other is.
const mostLent = 4 << 20

// lend waits until there is room for n more bytes, and returns what gives them back.
func (l *lender) lend(n int64) (done func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.back.L = &l.mu
	for l.out > 0 && l.out+n > mostLent {
		l.back.Wait()
	}
	l.out += n
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.out -= n
		l.back.Signal() // one sweep lends
	}
}
