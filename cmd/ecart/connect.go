package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/fleet"
)

// open connects to the queue, or starts the one inside this process, which server
// is then. stops are in the order of starting, also of what an error left started.
func (q *queueFlags) open() (queue *fleet.Queue, server *fleet.Embedded, stops []func(), err error) {
	if !q.inside() {
		if queue, err = q.dial(); err == nil {
			stops = append(stops, queue.Close)
		}
		return queue, nil, stops, err
	}
	_, dir, _ := strings.Cut(q.url, ":")
	if dir != "" {
		unlock, err := claimQueue(dir)
		if err != nil {
			return nil, nil, nil, err
		}
		stops = append(stops, unlock)
	}
	if server, err = fleet.Embed(dir, q.processes > 0); err != nil {
		return nil, nil, stops, err
	}
	stops = append(stops, server.Close)
	if queue, err = server.Dial(q.prefix, q.lease); err == nil {
		stops = append(stops, queue.Close)
	}
	return queue, server, stops, err
}

// claimQueue makes the folder of a queue and keeps other processes out of it: two
// servers on one store would destroy it.
func claimQueue(dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("--queue embedded:%s: no folder for the queue can be made there: %w: give one that you may write", dir, err)
	}
	file := filepath.Join(dir, "ecart.lock")
	if unlock, err = claim(file); err != nil {
		return nil, fmt.Errorf("--queue embedded:%s: another process uses this queue, or %s cannot be written (%w): wait for its end, or give another folder", dir, file, err)
	}
	return unlock, nil
}

// stopAll stops what was started, the last first.
func stopAll(stops []func()) {
	for _, stop := range slices.Backward(stops) {
		stop()
	}
}
