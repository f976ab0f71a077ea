package repo

import (
	"context"
	"encoding/hex"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// A lineage is which commits a log names and what their parents are. To ask git what
// HEAD leads to would walk all commits again.
type lineage struct {
	number  map[string]int32 // by raw id
	parents []int32          // of all commits, one after the other
	ends    []int32          // of the parents of each commit
}

// add notes a commit whose parents, of those that are here, were added before.
func (l *lineage) add(commit string, parents string) {
	if l.number == nil {
		l.number = map[string]int32{}
	}
	l.number[raw(commit)] = int32(len(l.ends))
	for parent := range strings.FieldsSeq(parents) {
		if n, here := l.number[raw(parent)]; here {
			l.parents = append(l.parents, n)
		}
	}
	l.ends = append(l.ends, int32(len(l.parents)))
}

// raw is an id as bytes, which take half the room.
func raw(id string) string {
	b, err := hex.DecodeString(id)
	if err != nil {
		return id
	}
	return string(b)
}

// from tells of each commit whether one of them leads to it.
func (l *lineage) from(commit string) func(commit string) bool {
	led := make([]bool, len(l.ends))
	var stack []int32
	if n, here := l.number[raw(commit)]; here {
		led[n], stack = true, append(stack, n)
	}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		first := int32(0)
		if n > 0 {
			first = l.ends[n-1]
		}
		for _, p := range l.parents[first:l.ends[n]] {
			if !led[p] {
				led[p], stack = true, append(stack, p)
			}
		}
	}
	return func(commit string) bool {
		n, here := l.number[raw(commit)]
		return here && led[n]
	}
}

// reachable marks the places whose commit the current branch leads to.
func (p program) reachable(ctx context.Context, l *lineage, places map[string]item.Past) {
	out, err := p.command(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").Output()
	if err != nil {
		return // no HEAD: nothing is reachable from it
	}
	led := l.from(strings.TrimSpace(string(out)))
	for id, place := range places {
		place.Reachable = led(place.Commit)
		places[id] = place
	}
}
