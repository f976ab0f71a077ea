package all

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

func engine(t testing.TB) *detectors.Engine {
	t.Helper()
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	e, err := Engine(r)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// lines returns the lines of all test data: every value and its look-alikes.
func lines(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../*/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data: ", err)
	}
	var list []string
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, strings.SplitAfter(string(text), "\n")...)
	}
	return list
}

// TestChunks cuts texts of all values at random: with 4 KiB of the neighbours
// around each chunk, the same is found at the same lines.
func TestChunks(t *testing.T) {
	const margin = 4 << 10
	s, all, rnd := engine(t).Scanner(), lines(t), rand.New(rand.NewPCG(7, 8))
	for round := range 30 {
		var b strings.Builder
		for b.Len() < 40<<10 {
			b.WriteString(all[rnd.IntN(len(all))])
		}
		text := []byte(b.String())
		kind := item.Kind(round % 5)
		find := func(cuts ...int) string {
			s.Begin(item.Location{Path: "f"}, detectors.Options{})
			from := 0
			for _, to := range append(cuts, len(text)) {
				lo, hi := max(from-margin, 0), min(to+margin, len(text))
				seg := &item.Segment{Kind: kind, Text: text[lo:hi], From: from - lo, To: to - lo}
				seg.At.Line = 1 + strings.Count(string(text[:lo]), "\n")
				if err := s.Add(seg); err != nil {
					t.Fatal(err)
				}
				from = to
			}
			var out strings.Builder
			for _, f := range s.End() {
				fmt.Fprintln(&out, f.Category, f.Detector, f.At.Column, f.Confidence, f.Count, f.Lines)
			}
			return out.String()
		}
		whole := find()
		cut := 10<<10 + rnd.IntN(20<<10)
		if got := find(cut); got != whole {
			t.Fatalf("kind %d cut at %d: got\n%swant\n%s", kind, cut, got, whole)
		}
	}
}

// FuzzScan asks all detectors of any text: no panic, and no finding twice.
func FuzzScan(f *testing.F) {
	for _, l := range lines(f) {
		f.Add([]byte(l))
	}
	s := engine(f).Scanner()
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, kind := range []item.Kind{item.Prose, item.Code, item.Data, item.Log} {
			s.Begin(item.Location{Path: "f"}, detectors.Options{})
			if err := s.Add(&item.Segment{Kind: kind, Text: text}); err != nil {
				t.Fatal(err)
			}
			for _, found := range s.End() {
				if found.Count <= 0 || found.Confidence <= 0 || found.Confidence > 1 {
					t.Errorf("%+v", found)
				}
			}
		}
	})
}
