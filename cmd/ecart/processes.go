package main

import (
	"context"
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

// workers runs n workers of this machine in processes of their own until stop is
// called, and replaces those that die. The address goes by the environment,
// where other users do not see the password in it.
func workers(ctx context.Context, n int, address string, q *queueFlags) (stop func(), err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			for ctx.Err() == nil {
				cmd := exec.CommandContext(ctx, self, "worker", "--workers", "1", "--name", "local-"+strconv.Itoa(i), "--queue-prefix", q.prefix)
				cmd.Env = append(os.Environ(), "ECART_QUEUE="+address, childVariable+"=1")
				cmd.Stderr = os.Stderr
				parent, err := cmd.StdinPipe() // closes when this process dies, however it dies
				if err != nil {
					slog.Error("a worker cannot be started", "reason", err)
					return
				}
				cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
				cmd.WaitDelay = shutdown
				if err := cmd.Run(); err != nil && ctx.Err() == nil {
					slog.Warn("a worker died and is replaced", "worker", i, "reason", err)
				}
				_ = parent.Close()
				select {
				case <-ctx.Done():
				case <-time.After(restartAfter):
				}
			}
		})
	}
	return func() { cancel(); all.Wait() }, nil
}

// childVariable tells a worker that its standard input ends with its parent.
const childVariable = "ECART_CHILD"

// withParent ends ctx when the parent of a worker it started is gone: its queue
// went with it.
func withParent(ctx context.Context, in io.Reader) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if os.Getenv(childVariable) != "" {
		go func() {
			_, _ = io.Copy(io.Discard, in) // to its end, whatever ends it
			cancel()
		}()
	}
	return ctx, cancel
}
