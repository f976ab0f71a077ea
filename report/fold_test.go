package report

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/reconcile"
)

// Gaps of one file that are told together are named by their tables and columns:
// the name of the file, thirty times, says nothing.
func TestFoldedNames(t *testing.T) {
	var gaps []reconcile.Gap
	for i := range 30 {
		at := item.Location{Target: "d", Path: "sql/schema.sql", Place: item.Place{Table: fmt.Sprintf("t%02d", i), Column: "email"}}
		gaps = append(gaps, reconcile.Gap{Kind: reconcile.UndeclaredSystem, Category: "email", At: at, Object: fmt.Sprint(i)})
	}
	kept, _ := fold(gaps)
	if len(kept) != 1 || !slices.Equal(kept[0].Detail.Others, []string{"t00.email", "t01.email", "t02.email", "t03.email", "t04.email"}) {
		t.Errorf("%d gaps, %q", len(kept), kept[0].Detail.Others)
	}
}

// A column in a file that holds several tables is told with its table.
func TestInTable(t *testing.T) {
	for _, c := range []struct{ path, table, want string }{
		{"dump.sql", "client", "client.email"},
		{"client.sql", "client", "email"},
		{"Client.csv", "client", "email"},
		{"a.csv", "", "email"},
		{"b.csv", "(history)", "email"},
	} {
		if got := inTable(item.Location{Path: c.path, Place: item.Place{Table: c.table, Column: "email"}}); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.path, c.table, got, c.want)
		}
	}
}

// The page says why it lists fewer gaps than it counts as open, and a place that no
// system claims is not drawn as declared.
func TestPageCounts(t *testing.T) {
	fr := &texts{lang: "fr"}
	if got := fr.told(0) + "|" + fr.told(1) + "|" + fr.told(4); got != "| (1 autre est dit avec l'un d'eux)| (4 autres sont dits avec l'un d'eux ou regroupés)" {
		t.Error(got)
	}
}
