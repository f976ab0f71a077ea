package code

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// Every way a third party shows up in a project is seen, and nothing else is.
func TestWays(t *testing.T) {
	labelled(t, "ways.txt", func(path, text string, want map[string]bool) {
		got := map[string]bool{}
		for _, th := range readText(t, path, text).Thirds {
			if !th.Aside && th.Clue != "own" {
				got["to "+th.ID] = true
			}
		}
		for _, w := range slices.Sorted(maps.Keys(want)) {
			if strings.HasPrefix(w, "to ") && !got[w] {
				t.Errorf("%s: missed %s", path, w)
			}
		}
		for _, g := range slices.Sorted(maps.Keys(got)) {
			if !want[g] {
				t.Errorf("%s: wrong %s", path, g)
			}
		}
	})
}
