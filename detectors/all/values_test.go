package all

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// TestValuesHold compares a past with a present by more values than a finding has
// lines, and by more than it has marks.
func TestValuesHold(t *testing.T) {
	s := engine(t).Scanner()
	find := func(values []string) *detectors.Finding {
		s.Begin(item.Location{Path: "a.txt"}, detectors.Options{Marks: true})
		seg := &item.Segment{Kind: item.Prose, Text: []byte(strings.Join(values, "\n") + "\n")}
		seg.At.Line = 1
		if err := s.Add(seg); err != nil {
			t.Fatal(err)
		}
		found := s.End()
		if len(found) != 1 || found[0].Count != len(values) {
			t.Fatalf("%d findings of %d values: the test tests nothing", len(found), len(values))
		}
		return &found[0]
	}
	rows := func(n int) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprintf("odette.%d@boite-perso.example", i))
		}
		return list
	}
	without := func(n, gone int) []string {
		list := rows(n)
		list[gone] = "remplacante@boite-perso.example"
		return list
	}
	twice := append(rows(4000), rows(4000)...)
	for _, c := range []struct {
		name          string
		past, present []string
		want          bool
	}{
		{"all of 60", rows(60), rows(60), true},
		{"row 55 of 60 is gone", rows(60), without(60, 54), false},
		{"one that stands at line 60 now", rows(60)[59:], rows(60), true},
		{"row 4000 is gone", rows(4096), without(4096, 3999), false},
		{"the same again costs no mark", twice, rows(4000), true},
		{"more values than marks are not known", rows(4097), rows(4097), false},
		{"values behind the marks of the present neither", rows(5000)[4999:], rows(5000), false},
	} {
		present := detectors.Values{}
		present.Add(find(c.present))
		if got := present.Hold(find(c.past)); got != c.want {
			t.Errorf("%s: %t, want %t", c.name, got, c.want)
		}
	}
}
