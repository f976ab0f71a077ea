//go:build linux

package fleet

import (
	"context"
	"iter"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

// A batch that was damaged in the queue is said of every target, since nobody can
// tell whose it was, and holds nothing up.
func TestDamagedBatch(t *testing.T) {
	data := t.TempDir()
	write(t, data, "share/a.txt", "odette@boite-perso.example\n")
	write(t, data, "base/b.txt", "odette@boite-perso.example\n")
	q := inside(t)
	w, err := newTestWork(data)
	if err != nil {
		t.Fatal(err)
	}
	run := begin(t, q, "damaged")
	if err := q.put(t.Context(), run.batches, run.batchSubject(0), nil, []byte("no batch")); err != nil {
		t.Fatal(err)
	}
	lead := run.Coordinate(t.Context(), w.targets, w.options) // as after a restart: batch 0 is there
	startInside(t, q, w)
	stopped, findings := map[string]string{}, 0
	for r := range lead.Results(t.Context()) {
		stopped[r.Target] += r.Coverage.Stopped
		findings += len(r.Findings)
	}
	if stopped["share"] != unreadable || stopped["base"] != unreadable || findings != 2 {
		t.Errorf("%v, %d findings", stopped, findings)
	}
}

// A slot that has a run in its list when the run ends does not work on what is
// closed.
func TestLeftRun(t *testing.T) {
	work := &closing{}
	j := &joined{work: work, idle: make(chan struct{}), cancel: func() {}}
	var slots sync.WaitGroup
	for range 8 {
		slots.Go(func() {
			for j.enter() {
				work.use(t)
				j.exit()
			}
		})
	}
	time.Sleep(5 * time.Millisecond)
	j.close()
	slots.Wait()
}

type closing struct {
	testWork
	mu     sync.Mutex
	closed bool
}

func (c *closing) use(t *testing.T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		t.Error("it is used after it was closed")
	}
}

func (c *closing) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
}

// A part walked whole that is another at its second reading is not gone on with
// by number: that would lose one object and count another twice.
func TestOtherWalk(t *testing.T) {
	for _, c := range []struct {
		name          string
		first, second []string
		differs       bool
	}{
		{"the same", []string{"a", "b", "c"}, []string{"a", "b", "c"}, false},
		{"one more before", []string{"b", "c"}, []string{"a", "b", "c"}, true},
		{"shorter", []string{"a", "b", "c"}, []string{"a"}, true},
		{"one more behind", []string{"a", "b"}, []string{"a", "b", "c"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, err := newTestWork(filepath.Join(t.TempDir(), "none"))
			if err != nil {
				t.Fatal(err)
			}
			j := &joined{Run: begin(t, inside(t), "walk"), work: w, ctx: t.Context()}
			read := func(names []string, from int, walked string) *reading {
				r := &reading{w: &Worker{}, j: j, b: &Batch{Target: "base", Whole: true}, since: time.Now(), next: from, walked: walked}
				if err := r.whole(t.Context(), named(names), false); err != nil {
					t.Fatal(err)
				}
				return r
			}
			sum := read(c.first[:len(c.first)], 0, "").sum()
			got := read(c.second, len(c.first), sum).open.Coverage.Stopped
			if (got == otherWalk) != c.differs {
				t.Errorf("said %q", got)
			}
		})
	}
}

// named is a source of empty files of these names.
type named []string

func (n named) Items(context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		for _, name := range n {
			if !yield(item.Item{At: item.Location{Path: name}, Skip: "test"}, nil) {
				return
			}
		}
	}
}

// What an earlier coordinator had done says nothing of how fast this one gets on.
func TestTimeLeftAfterResume(t *testing.T) {
	tally := newTally([]scanners.Target{{Name: "share"}})
	tally.walkedAll(100)
	done := &found{Last: true}
	for range 50 {
		tally.arrived(done.header("share", "w"), true)
	}
	if s := tally.Snapshot(); s.ETA != -1 {
		t.Errorf("%g s left, of which nothing is known", s.ETA)
	}
	tally.begun = time.Now().Add(-10 * time.Second)
	tally.arrived(done.header("share", "w"), false)
	if s := tally.Snapshot(); s.ETA < 480 || s.ETA > 500 {
		t.Errorf("%g s left, not 49 times 10", s.ETA)
	}
}

// A reading that gives segments does not hang, and the clock of the machine has
// no say in it.
func TestProgress(t *testing.T) {
	r := &reading{w: &Worker{Stalled: func(string, string) {}, Stall: time.Minute}, b: &Batch{}}
	r.progress()
	if r.until.Load() != 0 {
		t.Error("an item that was not begun is watched")
	}
	r.begin(0)
	first := r.until.Load()
	time.Sleep(2 * time.Millisecond)
	r.progress()
	if r.until.Load() <= first {
		t.Error("a sign of life gives no time")
	}
	r.end()
}

// A coordinator whose subscription broke does not count anything twice.
func TestHeardOnce(t *testing.T) {
	r := begin(t, inside(t), "heard")
	l := &Lead{Run: r, wake: make(chan struct{}, 1), arrived: map[place]bool{}, total: -1, tally: newTally([]scanners.Target{{Name: "share"}})}
	if err := r.publish(t.Context(), &Batch{Target: "share"}, 0, some(3, "x"), "a"); err != nil {
		t.Fatal(err)
	}
	heard := uint64(0)
	for range 2 {
		ctx, stop := context.WithTimeout(t.Context(), 500*time.Millisecond)
		err := l.hear(ctx, 0, &heard)
		stop()
		if err == nil || strings.Contains(err.Error(), "not found") {
			t.Fatal(err)
		}
	}
	if s := l.tally.Snapshot(); s.Targets[0].Items != 3 || len(l.arrived) != 1 {
		t.Errorf("%d items, %d places", s.Targets[0].Items, len(l.arrived))
	}
}
