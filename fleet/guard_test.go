//go:build linux

package fleet

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ecart-rgpd/ecart/scanners"
)

// A coordinator whose run is removed under it ends, with one reason that says so,
// and one that is told to end meanwhile ends at once.
func TestRunRemoved(t *testing.T) {
	for _, c := range []struct {
		name   string
		work   bool // some batches were read
		remove func(q *Queue) error
		cancel bool
	}{
		{"before any result", false, func(q *Queue) error { return q.Forget(t.Context(), "removed") }, false},
		{"after some", true, func(q *Queue) error { return q.Forget(t.Context(), "removed") }, false},
		{"its results alone", true, func(q *Queue) error { return q.js.DeleteStream(t.Context(), q.base("removed")+"-results") }, false},
		{"its keys alone", false, func(q *Queue) error { return q.js.DeleteKeyValue(t.Context(), q.base("removed")) }, false},
		{"and told to end", true, func(q *Queue) error { return q.Forget(t.Context(), "removed") }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			for i := range 100 {
				write(t, data, fmt.Sprintf("share/%03d.txt", i), "odette@boite-perso.example\n")
			}
			write(t, data, "base/b.txt", "rien")
			w, err := newTestWork(data)
			if err != nil {
				t.Fatal(err)
			}
			q := inside(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			lead := begin(t, q, "removed").Coordinate(ctx, w.targets, w.options)
			if c.work {
				startInside(t, q, w)
			}
			for s := lead.Snapshot(); !s.Walked || c.work && s.Done < s.Batches; s = lead.Snapshot() {
				time.Sleep(10 * time.Millisecond)
			}
			if err := c.remove(q); err != nil {
				t.Fatal(err)
			}
			begun := time.Now()
			if c.cancel {
				time.AfterFunc(100*time.Millisecond, cancel)
			}
			said := map[string]int{}
			for r := range lead.Results(ctx) {
				if r.Coverage.Stopped != "" {
					said[r.Coverage.Stopped]++
				}
			}
			took, limit, want := time.Since(begun), 20*time.Second, errRemoved.Error()
			if c.cancel {
				limit, want = 3*time.Second, "interrupted"
			}
			if len(said) != 1 || said[want] == 0 || took > limit || lead.Interrupted() != c.cancel {
				t.Errorf("said %v after %s, to be gone on with: %v", said, took, lead.Interrupted())
			}
		})
	}
}

// What was gathered whole before the run was removed is not said to lack anything.
func TestRemovedBehind(t *testing.T) {
	l := &Lead{targets: []scanners.Target{{Name: "a"}, {Name: "b"}, {Name: "c"}}, last: "b"}
	var got []string
	l.stopped(t.Context(), 7, errRemoved, func(r scanners.Result) bool {
		got = append(got, r.Target)
		return true
	})
	if strings.Join(got, " ") != "b c" {
		t.Errorf("said of %v", got)
	}
}
