package fleet

import (
	"github.com/nats-io/nats.go"

	"github.com/ecart-rgpd/ecart/scanners"
)

// A Tally counts what a run has done.
type Tally struct{}

func newTally([]scanners.Target) *Tally { return &Tally{} }

func (t *Tally) listed(int64, bool)  {}
func (t *Tally) arrived(nats.Header) {}
