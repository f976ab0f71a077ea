package all

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// TestSeen makes versions of texts of all values out of pieces of the version
// before and new lines, at any byte, and wants the same findings whether a text
// is searched, looked at whole, or carried over from version to version.
func TestSeen(t *testing.T) {
	e, all, rnd := engine(t), lines(t), rand.New(rand.NewPCG(9, 10))
	s, looker := e.Scanner(), e.Looker()
	find := func(text []byte, kind item.Kind, seen any) string {
		s.Begin(item.Location{Path: "(history)"}, detectors.Options{History: true})
		seg := &item.Segment{Kind: kind, Text: text, Seen: seen}
		seg.At.Line = 1
		if err := s.Add(seg); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		for _, f := range s.End() {
			fmt.Fprintln(&out, f.Category, f.Detector, f.At.Column, f.Confidence, f.Count, f.Lines)
		}
		return out.String()
	}
	fresh := func(n int) (b []byte) {
		for len(b) < n {
			b = append(b, all[rnd.IntN(len(all))]...)
		}
		return b
	}
	for chain := range 12 {
		base, seen, kind := fresh(20<<10), &detectors.Seen{}, item.Kind(chain%5)
		looker.Look(base, seen)
		for version := range 8 {
			text, copies := edit(base, rnd, fresh)
			next := &detectors.Seen{}
			looker.Again(text, len(base), seen, copies, next, func(from, to int) {
				if from >= to || to > len(text) {
					t.Fatal("a stretch beyond the text", from, to)
				}
			})
			want := find(text, kind, nil)
			if got := find(text, kind, next); got != want {
				t.Fatalf("chain %d version %d: carried\n%swant\n%s", chain, version, got, want)
			}
			if next.Quiet() && want != "" {
				t.Fatal("quiet, and something is found")
			}
			base, seen = text, next
		}
	}
}

// edit makes a text of some stretches of base, not always in order, and of new
// bytes between them.
func edit(base []byte, rnd *rand.Rand, fresh func(int) []byte) (text []byte, copies []detectors.Copied) {
	if rnd.IntN(3) > 0 {
		n := 1 + rnd.IntN(len(base)-1)
		text, copies = append(text, base[:n]...), append(copies, detectors.Copied{Len: n})
	}
	for range 1 + rnd.IntN(6) {
		if b := fresh(1 + rnd.IntN(300)); rnd.IntN(3) > 0 {
			text = append(text, b[rnd.IntN(len(b)):]...)
		}
		from := rnd.IntN(len(base))
		n := 1 + rnd.IntN(len(base)-from)
		copies = append(copies, detectors.Copied{From: from, At: len(text), Len: n})
		text = append(text, base[from:from+n]...)
	}
	if rnd.IntN(2) == 0 {
		text = append(text, fresh(1)...)
	}
	return text[:min(len(text), 60<<10)], cut(copies, 60<<10)
}

// cut drops what is copied beyond size.
func cut(copies []detectors.Copied, size int) (kept []detectors.Copied) {
	for _, c := range copies {
		if c.At < size {
			c.Len = min(c.Len, size-c.At)
			kept = append(kept, c)
		}
	}
	return kept
}
