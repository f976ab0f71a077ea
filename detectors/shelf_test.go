package detectors

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
)

// What is taken from a shelf is what was put there, field by field: a field that
// Finding gets and a shelf forgets fails here.
func TestShelfKeepsAll(t *testing.T) {
	var full Finding
	v := reflect.ValueOf(&full).Elem()
	for i := range v.NumField() {
		f := v.Field(i)
		switch name := v.Type().Field(i).Name; {
		case name == "Flow" || name == "Third" || name == "To" || name == "Past": // kept whole below
		case name == "At":
			full.At = item.Location{Target: "x", Path: "(history)!/a", Place: item.Place{Line: 7, Page: 2, Sheet: "s", Table: "t", Column: "c"}}
		case name == "marks":
			full.marks = &marks{list: []uint64{1, 2}, cut: true}
		case f.Kind() == reflect.Slice:
			full.Lines = []int{7, 9, 3}
		case f.Kind() == reflect.Bool:
			f.SetBool(true)
		case f.Kind() == reflect.Int:
			f.SetInt(12)
		case f.Kind() == reflect.Float64:
			f.SetFloat(0.75)
		case f.Kind() == reflect.String:
			f.SetString(name)
		default:
			t.Fatalf("%s: a kind of field this test does not know", name)
		}
	}
	other := full
	other.At.Line, other.Lines, other.Count, other.marks = 0, nil, 1<<40, nil
	flow := full
	flow.Past = &item.Past{Commit: "c"}
	var s Shelf
	var held []Shelved
	want := [][]Finding{{full}, {other, full, full}, {flow, other}, {other}}
	for range 20_000 { // over many pages
		want = append(want, []Finding{other, {At: item.Location{Path: "b"}, Lines: []int{rand.IntN(1 << 30)}, Category: "nir"}})
	}
	for _, list := range want {
		held = append(held, s.Put(list))
	}
	for i := range want {
		if got := s.Take(held[i]); !reflect.DeepEqual(got, want[i]) {
			t.Fatalf("object %d:\n got %+v\nwant %+v", i, got, want[i])
		}
	}
	if len(s.pages) < 2 || len(s.values) != 1 || len(s.whole) != 1 {
		t.Errorf("%d pages, %d lists of marks, %d kept whole", len(s.pages), len(s.values), len(s.whole))
	}
}
