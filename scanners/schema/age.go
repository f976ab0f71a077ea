package schema

import (
	"context"
	"fmt"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// exactAge is the number of rows up to which the dates of a whole table are
// asked for without an index to answer from.
const exactAge = 2_000_000

// dates tells the oldest and newest date of a table: of all its rows when the
// server can answer without reading a big table through, else of the sample.
func (d *Database) dates(ctx context.Context, t *live, columns []column, whole bool, s *sampler) error {
	if s.date < 0 {
		return nil
	}
	c := columns[s.date]
	s.begun = begins(c)
	if !whole && (t.rows <= exactAge || t.indexed[c.name]) {
		col := d.engine.quote(c.name)
		q := fmt.Sprintf("SELECT min(%s), max(%s) FROM %s", col, col, d.qualified(t))
		err := d.session.query(ctx, q, func(cells [][]byte) error {
			for _, cell := range cells {
				s.dated(cell)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := s.tell(s.at, s.yield); err != nil {
		return errYield{err}
	}
	return nil
}

// A span is the oldest and newest date of the rows of a table, YYYY-MM-DD; empty
// when no row has one.
type span struct {
	oldest, newest string
	begun          bool // the dates are when something began that may last
}

// dated notes the date of a row.
func (s *span) dated(cell []byte) {
	d := day(cell)
	if d == "" {
		return
	}
	if s.oldest == "" || d < s.oldest {
		s.oldest = d
	}
	s.newest = max(s.newest, d)
}

// rows notes the dates of the rows of a dump: those of the column of the table
// that says best how old a row is.
func (s *span) rows(declared []column, columns []item.Column, text []byte, grid item.Grid) {
	best := bestDate(declared)
	if best < 0 {
		return
	}
	s.begun = begins(declared[best])
	for i := range columns {
		if strings.EqualFold(columns[i].Name, declared[best].name) {
			s.column(i, len(columns), text, grid)
		}
	}
}

// tell hands over the span, if there is one.
func (s *span) tell(at item.Location, yield func(*item.Segment) error) error {
	if s.oldest == "" {
		return nil
	}
	return yield(&item.Segment{At: at, Kind: item.Meta, Oldest: s.oldest, Newest: s.newest, Begun: s.begun})
}

// qualified writes the name of a table with its schema.
func (d *Database) qualified(t *live) string {
	if t.schema == "" {
		return d.engine.quote(t.name)
	}
	return d.engine.quote(t.schema) + "." + d.engine.quote(t.name)
}

// Older returns how many rows of a table are older than date (YYYY-MM-DD), by
// its best date column; -1 when it has none.
func (d *Database) Older(ctx context.Context, path, date string) (int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if day([]byte(date)) == "" {
		return 0, fmt.Errorf("%q is no date: write YYYY-MM-DD", date)
	}
	if err := d.connect(ctx); err != nil {
		return 0, err
	}
	tables, err := d.engine.tables(ctx, d.session)
	if err != nil {
		return 0, d.engine.explain(err)
	}
	for _, t := range tables {
		if t.title() != path {
			continue
		}
		columns := t.readable()
		i := bestDate(columns)
		if i < 0 {
			return -1, nil
		}
		n := int64(-1)
		q := fmt.Sprintf("SELECT count(*) FROM %s WHERE %s < '%s'", d.qualified(t), d.engine.quote(columns[i].name), date)
		err := d.session.query(ctx, q, func(cells [][]byte) error {
			_, err := fmt.Sscan(string(cells[0]), &n)
			return err
		})
		return n, d.engine.explain(err)
	}
	return 0, fmt.Errorf("no table %s", path)
}
