package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"
)

// restartAfter is how long a worker that died stays so: a file that kills its
// readers must not keep the machine busy with starting them.
const restartAfter = 200 * time.Millisecond

// manyStillborn is how many workers in a row may end in one place before they
// were ready to read: one more would not fare better.
const manyStillborn = 5

// workers runs n workers of this machine in processes of their own until stop is
// called, and replaces those that die. The address goes by the environment,
// where other users do not see the password in it. give is told when nothing will
// be read any more: each worker, or the first while none was ever ready, ended
// over and over before it had begun.
func workers(ctx context.Context, n int, address string, q *queueFlags, give func(error)) (stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	var list []*child
	for i := range n {
		list = append(list, &child{self: self, name: "local-" + strconv.Itoa(i), address: address, prefix: q.prefix})
	}
	wait := keepAll(ctx, list, give)
	return func() { cancel(); wait() }, nil
}

// keepAll keeps workers running; wait returns once all have ended.
func keepAll(ctx context.Context, list []*child, give func(error)) (wait func()) {
	var all sync.WaitGroup
	h := &hands{left: len(list)}
	for _, c := range list {
		c.began = h.began
		all.Go(func() {
			if err := c.keep(ctx); err != nil {
				slog.Warn("a worker is not replaced any more", "worker", c.name, "reason", err)
				if h.lost() {
					give(err)
				}
			}
		})
	}
	return all.Wait
}

// Hands are the workers of this machine: while one of them reads, the run goes on.
type hands struct {
	mu    sync.Mutex
	left  int  // not given up
	ready bool // one of them came to read
}

// began notes that a worker is ready to read.
func (h *hands) began() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ready = true
}

// lost notes that a worker is given up, and tells whether nobody will read.
func (h *hands) lost() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.left--
	return h.left == 0 || !h.ready
}

// A child is a worker process of this machine, with those that take its place.
type child struct {
	self, name, address, prefix string
	began                       func() // called when one is ready to read; may be nil
}

// keep runs the worker and replaces it when it dies, until ctx ends. The error
// says that it dies before it has begun.
func (c *child) keep(ctx context.Context) error {
	for stillborn := 0; ctx.Err() == nil; {
		ready, err := c.run(ctx)
		if stillborn++; ready {
			stillborn = 0
		}
		if ctx.Err() != nil {
			return nil //nolint:nilerr // it ends because it was told to
		}
		if stillborn >= manyStillborn {
			return fmt.Errorf("workers end before they can read (%d in a row, the last: %w): their own words are above", stillborn, err)
		}
		slog.Warn("a worker died and is replaced", "worker", c.name, "reason", err)
		select {
		case <-ctx.Done():
		case <-time.After(restartAfter):
		}
	}
	return nil
}

// run runs one process to its end; ready tells whether it came to read.
func (c *child) run(ctx context.Context) (ready bool, err error) {
	cmd := exec.CommandContext(ctx, c.self, "worker", "--workers", "1", "--name", c.name, "--queue-prefix", c.prefix)
	cmd.Env = append(os.Environ(), "ECART_QUEUE="+c.address, childVariable+"=1")
	said := &heard{began: c.began}
	cmd.Stdout, cmd.Stderr = said, os.Stderr
	parent, err := cmd.StdinPipe() // closes when this process dies, however it dies
	if err != nil {
		return false, err
	}
	defer func() { _ = parent.Close() }() // closed already once the process has ended
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = shutdown
	if err = cmd.Run(); err == nil {
		err = errors.New("it ended by itself")
	}
	return said.anything, err
}

// heard notes that something was written: a child says that it is ready.
type heard struct {
	anything bool
	began    func() // may be nil
}

func (h *heard) Write(p []byte) (int, error) {
	if !h.anything && len(p) > 0 && h.began != nil {
		h.began()
	}
	h.anything = h.anything || len(p) > 0
	return len(p), nil
}

// isChild tells whether this process is a worker that another one started.
func isChild() bool { return os.Getenv(childVariable) != "" }

// childVariable tells a worker that its standard input ends with its parent.
const childVariable = "ECART_CHILD"

// withParent ends ctx when the parent of a worker it started is gone: its queue
// went with it.
func withParent(ctx context.Context, in io.Reader) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if isChild() {
		go func() {
			_, _ = io.Copy(io.Discard, in) // to its end, whatever ends it
			cancel()
		}()
	}
	return ctx, cancel
}
