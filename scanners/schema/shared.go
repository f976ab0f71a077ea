package schema

import (
	"context"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// This file lets several processes share the tables of a database: one lists
// them, each reads some, by name. A server sees one connection of each.

// Ready connects and lists the tables, once. The error says that this process
// cannot read the database, where another one may.
func (d *Database) Ready(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.know(ctx)
}

// know lists the tables by name, once.
func (d *Database) know(ctx context.Context) error {
	if d.known != nil {
		return nil
	}
	if err := d.connect(ctx); err != nil {
		return err
	}
	tables, err := d.engine.tables(ctx, d.session)
	if err != nil {
		d.session.close() // who asked goes away, and Rest may never be called
		d.session = nil
		return d.engine.explain(err)
	}
	d.known = make(map[string]*live, len(tables))
	for _, t := range tables {
		d.known[t.title()] = t
	}
	return nil
}

// Rest closes the connection until a table is read again: who waits for work must
// not hold a session of a server that others need.
func (d *Database) Rest() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.session != nil {
		d.session.close()
		d.session = nil
	}
}

// errGone is the reason of a table that was listed and is there no more.
const errGone = document.Reason("gone before it was read")

// Find returns the table that a walk called ref.
func (d *Database) Find(ref string) item.Item { return d.FindIn(context.Background(), ref) }

// FindIn returns the table that a walk called ref; its reading ends with ctx.
func (d *Database) FindIn(ctx context.Context, ref string) item.Item {
	at := item.Location{Path: place(ref)}
	return item.Item{At: at, Ref: ref, Segments: func(yield func(*item.Segment) error) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		if err := d.know(ctx); err != nil {
			return err
		}
		t := d.known[ref]
		if t == nil {
			return errGone
		}
		return d.read(ctx, t, yield)
	}}
}

// bytesARow is what a row is taken to hold where nothing is known of it.
const bytesARow = 200

// size is about how many bytes will be read of a table, for those who share the
// work.
func (d *Database) size(t *live) int64 {
	rows, n := t.rows, int64(d.options.Sample)
	switch {
	case t.virtual || n < 0 && !d.options.Full:
		return 0
	case d.options.Full && t.pages > 0:
		return t.pages * 8192
	case !d.options.Full && (rows < 0 || rows > n):
		rows = n
	}
	return max(0, rows) * bytesARow
}
