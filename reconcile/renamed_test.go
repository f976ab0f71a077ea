package reconcile

import (
	"testing"

	"github.com/ecart-rgpd/ecart/item"
)

func gapAt(category, path string, count int) Gap {
	at := item.Location{Target: "repo", Path: path}
	return Gap{Kind: UndeclaredSystem, Category: category, At: at, Object: at.String(), Level: Warning, Count: count}
}

// TestRenamedIsUnchanged moves, renames and replaces files between two runs.
func TestRenamedIsUnchanged(t *testing.T) {
	for _, c := range []struct {
		name        string
		before, now []Gap
		states      map[State]int
	}{
		{"moved", []Gap{gapAt("email", "a/x.csv", 3)}, []Gap{gapAt("email", "b/x.csv", 3)}, map[State]int{Unchanged: 1}},
		{"renamed", []Gap{gapAt("email", "a/x.csv", 3), gapAt("nir", "a/x.csv", 2)}, []Gap{gapAt("email", "a/y.csv", 3), gapAt("nir", "a/y.csv", 2)}, map[State]int{Unchanged: 2}},
		{"another category", []Gap{gapAt("email", "a/x.csv", 3)}, []Gap{gapAt("nir", "a/y.csv", 3)}, map[State]int{New: 1, Gone: 1}},
		{"another count", []Gap{gapAt("email", "a/x.csv", 3)}, []Gap{gapAt("email", "a/y.csv", 30)}, map[State]int{New: 1, Gone: 1}},
		{"copied", []Gap{gapAt("email", "a/x.csv", 3)}, []Gap{gapAt("email", "a/x.csv", 3), gapAt("email", "b/x.csv", 3)}, map[State]int{Unchanged: 1, New: 1}},
		{
			"two alike",
			[]Gap{gapAt("email", "a/x.csv", 3), gapAt("email", "a/y.csv", 3)},
			[]Gap{gapAt("email", "b/x.csv", 3), gapAt("email", "b/y.csv", 3)},
			map[State]int{Unchanged: 2},
		},
	} {
		var known []Known
		for i := range c.before {
			g := &c.before[i]
			known = append(known, Known{Rule: g.RuleID(), Fingerprint: g.Fingerprint(), Gap: g})
		}
		got := map[State]int{}
		for _, g := range Compare(c.now, known, Renamed(c.now, known)) {
			got[g.State]++
		}
		for _, s := range []State{New, Unchanged, Gone} {
			if got[s] != c.states[s] {
				t.Errorf("%s: %d %s, want %d", c.name, got[s], s, c.states[s])
			}
		}
	}
}
