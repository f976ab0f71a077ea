package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/report"
)

// A heartbeat is what --heartbeat writes for monitoring: that a run ended, when,
// and how. A file that is not renewed tells that no run did.
type heartbeat struct {
	Status  string               `json:"status"` // complete, incomplete, failed
	Exit    int                  `json:"exit"`
	Ended   time.Time            `json:"ended"`
	Seconds float64              `json:"seconds"`
	Version string               `json:"version"`
	Gaps    *heartGaps           `json:"gaps,omitempty"` // none of a run that failed
	Targets map[string]heartRead `json:"targets,omitempty"`
}

type heartGaps struct {
	Errors    int `json:"errors"`
	Warnings  int `json:"warnings"`
	Notes     int `json:"notes"`
	Accepted  int `json:"accepted"`
	New       int `json:"new"`
	Unchanged int `json:"unchanged"`
	Gone      int `json:"gone"`
}

type heartRead struct {
	Items     int   `json:"items"`
	Read      int   `json:"read"`
	Unchanged int   `json:"unchanged"`
	Unread    int   `json:"unread"`
	Bytes     int64 `json:"bytes"`
	Stopped   bool  `json:"stopped,omitempty"`
}

// An ending is what a run came to; empty when it failed before.
type ending struct {
	result *reconcile.Result
	since  *lastRun
}

// beat writes the heartbeat of a run that ended with err. What it cannot write
// fails the run: monitoring must not be told by an old file that all is well.
func (f *scanFlags) beat(start time.Time, err error) error {
	if f.heartbeat == "" {
		return err
	}
	h := heartbeat{Status: "complete", Ended: time.Now().UTC().Truncate(time.Second), Version: buildVersion()}
	h.Seconds = float64(time.Since(start).Round(10*time.Millisecond)) / float64(time.Second)
	var s status
	switch {
	case err == nil:
	case errors.As(err, &s):
		h.Exit = int(s)
	default:
		h.Exit = exitFailed
	}
	switch {
	case h.Exit == exitFailed:
		h.Status = "failed"
	case h.Exit == exitIncomplete:
		h.Status = "incomplete"
	}
	if f.ended.result != nil {
		h.tell(f.ended.result, f.ended.since)
	}
	if fault := f.free(aim{"heartbeat", f.heartbeat}); fault != nil {
		if err != nil { // which says it already
			return err
		}
		return fault
	}
	b, fault := json.MarshalIndent(h, "", "  ")
	if fault == nil {
		fault = replace(f.heartbeat, append(b, '\n'))
	}
	if fault != nil {
		return errors.Join(err, fmt.Errorf("heartbeat %s: %w", f.heartbeat, cause(fault)))
	}
	return err
}

// tell counts what was found and read.
func (h *heartbeat) tell(r *reconcile.Result, since *lastRun) {
	n := report.Count(r)
	h.Gaps = &heartGaps{n.Levels[reconcile.Error], n.Levels[reconcile.Warning], n.Levels[reconcile.Note], n.Accepted, n.New, n.Unchanged, n.Gone}
	if since != nil {
		h.Gaps.New, h.Gaps.Unchanged, h.Gaps.Gone = since.new, since.unchanged, since.gone
	}
	h.Targets = map[string]heartRead{}
	for name, c := range r.Coverage {
		h.Targets[name] = heartRead{c.Items, c.Read, c.Unchanged, len(c.Unread), c.Bytes, c.Stopped != ""}
	}
}
