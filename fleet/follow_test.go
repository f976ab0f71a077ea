//go:build linux

package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

// announce says that there is a run, and makes nothing of it.
func announce(t *testing.T, q *Queue, job Job) {
	t.Helper()
	runs, err := q.runs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(job)
	if err == nil {
		_, err = runs.Put(t.Context(), job.Run, data)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// works starts a worker in this process whose Open is given.
func works(t *testing.T, q *Queue, open func(context.Context, Job) (Work, error)) *Worker {
	w := &Worker{Queue: q, Name: "w", Slots: 1, Open: open, renewed: time.Second}
	ended := make(chan error, 1)
	go func() { ended <- w.Run(t.Context()) }()
	t.Cleanup(func() {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return w
}

// soon waits for something that must come.
func soon(t *testing.T, what string, f func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !f(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not in 30 s", what)
		}
	}
}

// A worker that cannot join a run yet, because its streams or keys are not there,
// joins it later.
func TestFaultJoinedLater(t *testing.T) {
	q, work := inside(t), &testWork{}
	job := Job{Run: "later", Version: "1"}
	announce(t, q, job)
	w := works(t, q, func(context.Context, Job) (Work, error) { return work, nil })
	time.Sleep(300 * time.Millisecond)
	if w.joinedTo("later") != nil {
		t.Fatal("it joined a run that is not there")
	}
	if _, err := q.prepare(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	soon(t, "joining", func() bool { return w.joinedTo("later") != nil })
}

// An error of Open that passes is forgotten; one that does not is not repeated; a
// run that is over is not asked for again.
func TestFaultOpenedLater(t *testing.T) {
	q := inside(t)
	for _, name := range []string{"passing", "unfit", "over"} {
		begin(t, q, name)
	}
	var passing, unfit, over atomic.Int32
	w := works(t, q, func(_ context.Context, job Job) (Work, error) {
		switch {
		case job.Run == "unfit":
			unfit.Add(1)
			return nil, Unfit(errors.New("another version"))
		case job.Run == "over":
			over.Add(1)
			return nil, errors.New("no room")
		case passing.Add(1) < 3:
			return nil, errors.New("no room")
		}
		return &testWork{}, nil
	})
	soon(t, "a try", func() bool { return over.Load() > 0 })
	if err := q.Forget(t.Context(), "over"); err != nil {
		t.Fatal(err)
	}
	soon(t, "joining", func() bool { return w.joinedTo("passing") != nil })
	if n := over.Load(); n > 2 {
		t.Errorf("%d tries for a run that is over", n)
	}
	if n := unfit.Load(); n != 1 {
		t.Errorf("%d tries for a run of another version", n)
	}
}

// A worker whose list of runs is taken away makes it again, hears of new runs and
// leaves old ones once their batches are gone, not before.
func TestFaultListOfRunsLost(t *testing.T) {
	q := inside(t)
	begin(t, q, "before")
	w := works(t, q, func(context.Context, Job) (Work, error) { return &testWork{}, nil })
	soon(t, "joining", func() bool { return w.joinedTo("before") != nil })
	if err := q.js.DeleteKeyValue(t.Context(), q.o.Prefix+"-runs"); err != nil {
		t.Fatal(err)
	}
	begin(t, q, "after")
	soon(t, "joining", func() bool { return w.joinedTo("after") != nil })
	if w.joinedTo("before") == nil {
		t.Error("a run that goes on was left with the list")
	}
	if err := q.js.DeleteStream(t.Context(), w.joinedTo("before").batches.CachedInfo().Config.Name); err != nil {
		t.Fatal(err)
	}
	soon(t, "leaving", func() bool { return w.joinedTo("before") == nil })
}
