//go:build linux

package fleet

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
)

// What could not be read beside the items, such as the places of a past, is
// passed on; the end of a batch is not.
func TestUnreadWithoutItem(t *testing.T) {
	var got []scanners.Result
	p := &pieces{yield: func(r scanners.Result) bool { got = append(got, r); return true }}
	p.take(scanners.Result{Target: "past"})
	p.take(scanners.Result{Target: "past", Coverage: item.Coverage{Unread: []item.Unread{{Reason: "no git"}}}})
	if len(got) != 1 || len(got[0].Coverage.Unread) != 1 {
		t.Errorf("%+v", got)
	}
}

// A file of which a stretch is lost, or comes at the end, counts once, and no
// finding behind the hole gets a number of a line.
func TestStretchLost(t *testing.T) {
	stretch := func(n int) scanners.Result {
		f := detectors.Finding{Category: "email", Evidence: detectors.ByValue, Count: 1, Lines: []int{item.FarLine + 4}}
		f.At.Line = item.FarLine + 4
		return scanners.Result{
			Target: "share", Stretch: &item.Stretch{Number: n, Of: 4},
			Findings: []detectors.Finding{f}, Coverage: item.Coverage{Items: 1, Read: 1, Lines: 100},
		}
	}
	ended := scanners.Ended("share", errors.New("it cannot be opened"))
	ended.Stretch = &item.Stretch{Number: 1, Of: 4}
	for name, list := range map[string][]scanners.Result{
		"lost": {stretch(0), stretch(2), stretch(3)}, "first lost, at the end": {stretch(1), stretch(2), stretch(3), stretch(0)},
		"in the middle, at the end": {stretch(0), stretch(2), stretch(3), stretch(1)}, "ended": {stretch(0), ended, stretch(2), stretch(3)},
	} {
		t.Run(name, func(t *testing.T) {
			var all item.Coverage
			p := &pieces{yield: func(r scanners.Result) bool {
				all.Add(r.Coverage)
				for _, f := range r.Findings {
					if f.At.Line > 5 {
						t.Errorf("line %d", f.At.Line)
					}
				}
				return true
			}}
			for _, r := range list {
				p.take(r)
			}
			if p.flush(); all.Items != 1 || all.Read != 0 || (all.Stopped != "") != (name == "ended") {
				t.Errorf("%+v", all)
			}
		})
	}
}

// The result of a stretch whose target cannot be opened is one of the stretch.
func TestStretchOfFailed(t *testing.T) {
	w, err := newTestWork(filepath.Join(t.TempDir(), "none"))
	if err != nil {
		t.Fatal(err)
	}
	piece := &item.Stretch{Number: 1, Of: 4}
	r := &reading{w: &Worker{}, j: &joined{work: w, ctx: t.Context()}, b: &Batch{Target: "share", Items: []Ref{{Ref: "a", Stretch: piece}}}, since: now()}
	if err := r.items(t.Context(), failed{errors.New("away")}); err != nil || r.open.Coverage.Stopped != "away" || r.open.Stretch != piece {
		t.Errorf("%v, %+v", err, r.open)
	}
}

// Pieces of a past that a damaged batch held are listed again; a past that was
// repacked is not gone on with.
func TestPiecesListedAgain(t *testing.T) {
	for _, c := range []struct {
		name     string
		was      string
		damaged  int
		pieces   string
		repacked bool
	}{
		{"nothing yet", "", 0, "a b c", false},
		{"the beginning", "a b", 0, "a b c", false},
		{"a hole", "a c", 1, "a b c", false},
		{"a hole of nobody", "a c", 0, "a b c", true},
		{"filled by the last restart", "a c b", 1, "a b c", false},
		{"another pack", "a x", 1, "a b c", true},
		{"a pack more", "a b loose", 0, "a b c loose", true},
		{"a piece less", "a b c", 0, "a b", true},
	} {
		if got := among(strings.Fields(c.was), strings.Fields(c.pieces), c.damaged); got == c.repacked {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	run := begin(t, inside(t), "again")
	past := divided{"p0", "p1", "p2"}
	targets := []scanners.Target{{Name: "past", Source: past}}
	for seq, b := range []any{Batch{Seq: 0, Target: "past", Whole: true, Piece: "p0"}, "damaged", Batch{Seq: 2, Target: "past", Whole: true, Piece: "p2"}} {
		data, err := encode(b)
		if err == nil {
			err = run.q.put(t.Context(), run.batches, run.batchSubject(seq), nil, data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	l := &lister{run: run, tally: newTally(targets)}
	if err := errors.Join(l.relist(t.Context()), l.list(t.Context(), targets)); err != nil {
		t.Fatal(err)
	}
	if b, err := run.batch(t.Context(), 3); err != nil || b.Piece != "p1" || l.next != 4 {
		t.Errorf("%+v, %v, %d batches", b, err, l.next)
	}
}

// divided is a past in pieces of these names, of nothing.
type divided []string

func (d divided) Pieces(context.Context) []string { return d }
func (divided) Items(context.Context) iter.Seq2[item.Item, error] {
	return func(func(item.Item, error) bool) {}
}

func (d divided) PieceItems(ctx context.Context, _ string) iter.Seq2[item.Item, error] {
	return d.Items(ctx)
}

// A part that cannot be opened at its second reading says why: it is not one that
// changed.
func TestSecondReadingFails(t *testing.T) {
	w, err := newTestWork(filepath.Join(t.TempDir(), "none"))
	if err != nil {
		t.Fatal(err)
	}
	for from := 1; from <= 3; from++ {
		r := &reading{w: &Worker{}, j: &joined{work: w, ctx: t.Context()}, b: &Batch{Target: "base", Whole: true}, since: time.Now(), next: from, walked: "another"}
		if err := r.whole(t.Context(), failed{errors.New("access denied")}, false); err != nil || r.open.Coverage.Stopped != "access denied" {
			t.Errorf("from %d: %v, %q", from, err, r.open.Coverage.Stopped)
		}
	}
}

// The half of a flow is no finding yet.
func TestHalvesAreNoFindings(t *testing.T) {
	f := &found{Findings: []detectors.Finding{{}, {To: &item.Call{}}}}
	if h := f.header("share", "w"); h.Get(headerHits) != "1" || f.size() != 2 {
		t.Errorf("%v", h)
	}
}
