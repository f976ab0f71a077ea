//go:build linux

package fleet

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/scanners"
)

// A large file is read by all workers at once, and its report is that of one.
func TestLargeFileInPieces(t *testing.T) {
	data := t.TempDir()
	var rows strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&rows, "%d;Vauclair;odette.%d@boite-perso.example\n", i, i)
	}
	write(t, data, "share/large.csv", "numero;nom;courriel\n"+rows.String())
	write(t, data, "share/large.log", strings.ReplaceAll(rows.String(), ";", " user="))
	write(t, data, "base/b.txt", "rien")
	w, err := newTestWork(data)
	if err != nil {
		t.Fatal(err)
	}
	q := inside(t)
	lead := begin(t, q, "large").Coordinate(t.Context(), w.targets, w.options)
	startInside(t, q, w)
	got := render(lead.Results(t.Context()))
	if want := reference(t, data); !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if n := lead.Snapshot().Batches; n < 50 {
		t.Errorf("only %d batches: the files were not cut", n)
	}
}

// A large file that changed since it was cut is not read in wrong pieces.
func TestLargeFileChanged(t *testing.T) {
	data := t.TempDir()
	write(t, data, "share/large.log", strings.Repeat("odette@boite-perso.example\n", 4000))
	write(t, data, "base/b.txt", "rien")
	w, err := newTestWork(data)
	if err != nil {
		t.Fatal(err)
	}
	q := inside(t)
	lead := begin(t, q, "changed").Coordinate(t.Context(), w.targets, w.options)
	for !lead.Snapshot().Walked {
		continue
	}
	write(t, data, "share/large.log", strings.Repeat("odette@boite-perso.example\n", 5000))
	startInside(t, q, w)
	var all []scanners.Result
	for r := range lead.Results(t.Context()) {
		all = append(all, r)
	}
	if c := all[0].Coverage; c.Items != 1 || c.Read != 0 || len(c.Unread) < 2 || !strings.Contains(c.Unread[0].Reason, "changed") {
		t.Errorf("%+v", c)
	}
}
