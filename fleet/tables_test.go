//go:build linux

package fleet

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/schema"
)

// base makes a database of n tables and returns a target of it.
func base(t *testing.T, n int) scanners.Target {
	t.Helper()
	file := filepath.Join(t.TempDir(), "base.db")
	tables(t, file, n)
	return scanners.Target{Name: "base", Source: open(t, "sqlite:"+file)}
}

// tables makes a database of n tables of one row.
func tables(t *testing.T, file string, n int) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	script.WriteString("BEGIN;")
	for i := range n {
		fmt.Fprintf(&script, "CREATE TABLE t%04d (id INTEGER PRIMARY KEY, nom TEXT, courriel TEXT); INSERT INTO t%04d (nom, courriel) VALUES ('Vauclair', 'odette.%d@boite-perso.example');", i, i, i)
	}
	script.WriteString("COMMIT;")
	if _, err := db.Exec(script.String()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, dsn string) *schema.Database {
	t.Helper()
	d, err := schema.Open(dsn, schema.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The tables of a database are shared out, and the report is that of one process.
func TestTablesShared(t *testing.T) {
	w, err := newTestWork(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w.targets = []scanners.Target{base(t, 700)}
	want := render(scanners.Scan(t.Context(), w.targets, w.options))
	q := inside(t)
	lead := begin(t, q, "tables").Coordinate(t.Context(), w.targets, w.options)
	startInside(t, q, w)
	if got := render(lead.Results(t.Context())); !bytes.Equal(got, want) {
		t.Error(differing(got, want))
	}
	if s := lead.Snapshot(); s.Batches < 3 || s.Targets[0].Items != 700 {
		t.Errorf("%d batches, %d tables", s.Batches, s.Targets[0].Items)
	}
}

// A database that the coordinator cannot reach is left to one worker who can.
func TestDatabaseOutOfReach(t *testing.T) {
	w, err := newTestWork(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w.targets = []scanners.Target{base(t, 5)}
	want := render(scanners.Scan(t.Context(), w.targets, w.options))
	q := inside(t)
	far := unreachable{w.targets[0].Source.(*schema.Database)}
	lead := begin(t, q, "far").Coordinate(t.Context(), []scanners.Target{{Name: "base", Source: far}}, w.options)
	startInside(t, q, w)
	if got := render(lead.Results(t.Context())); !bytes.Equal(got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

type unreachable struct{ *schema.Database }

func (unreachable) Ready(context.Context) error { return errors.New("not from here") }

// A table that is dropped between the listing and the reading is said.
func TestTableGone(t *testing.T) {
	d := base(t, 1).Source.(*schema.Database)
	it := d.Find("other")
	if err := it.Segments(func(*item.Segment) error { return nil }); err == nil || !strings.Contains(err.Error(), "gone") {
		t.Errorf("got %v", err)
	}
	d.Rest()
	if err := d.Find("main.t0000").Segments(func(*item.Segment) error { return nil }); err != nil {
		t.Errorf("after a rest: %v", err)
	}
	d.Rest()
}
