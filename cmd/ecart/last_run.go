package main

import (
	"encoding/hex"
	"fmt"
	"io"

	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/scanners/state"
)

// A lastRun compares the open gaps with those of the last complete run with the
// same --state.
type lastRun struct {
	new, unchanged, gone int
	complete             bool // else what is gone is not known
}

// since compares with what the state knows, and has it know this run when that
// is complete; nil without a state or an earlier run.
func since(s *state.Store, r *reconcile.Result) (*lastRun, error) {
	if s == nil {
		return nil, nil
	}
	now := map[state.Gap]bool{}
	for i := range r.Gaps {
		if g := &r.Gaps[i]; g.Accepted == nil && g.State != reconcile.Gone {
			now[gapID(g)] = true
		}
	}
	before, known, err := s.Gaps()
	if err != nil {
		return nil, err
	}
	var last *lastRun
	if known {
		last = &lastRun{complete: r.Complete}
		for id := range now {
			if before[id] {
				last.unchanged++
			} else {
				last.new++
			}
		}
		if r.Complete {
			last.gone = len(before) - last.unchanged
		}
	}
	if r.Complete {
		err = s.KeepGaps(now)
	}
	return last, err
}

// gapID is the fingerprint of a gap as a number of bytes.
func gapID(g *reconcile.Gap) (id state.Gap) {
	_, _ = hex.Decode(id[:], []byte(g.Fingerprint())[:2*len(id)]) // hex by construction
	return id
}

// print writes the summary as one line.
func (l *lastRun) print(w io.Writer, lang string) error {
	if l == nil {
		return nil
	}
	gone := fmt.Sprint(l.gone)
	say := "Since the last complete run: %d new, %s gone, %d unchanged.\n"
	if lang == "fr" {
		say = "Depuis la dernière exécution complète : %d nouveaux, %s disparus, %d inchangés.\n"
	}
	if !l.complete {
		gone = "?"
	}
	_, err := fmt.Fprintf(w, say, l.new, gone, l.unchanged)
	return err
}
