package schema

import (
	"context"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// Dated returns the formats so that each also tells, once it has read a file, how
// old the rows of the tables in it are: a segment without text, with Oldest and
// Newest, for each table that has a column of dates. Dumps, CSV, workbooks and
// files of SQLite in a folder are so held to the retention of their rows, and not
// to the date somebody last copied the file.
func Dated(formats []document.Format) []document.Format {
	list := make([]document.Format, len(formats))
	for i, f := range formats {
		list[i] = f
		read := f.Read
		list[i].Read = func(ctx context.Context, file *document.File, out document.Out) error {
			d := &datedOut{Out: out}
			if err := read(ctx, file, d); err != nil {
				return err
			}
			return d.tell(file.At)
		}
	}
	return list
}

// A datedOut passes on what a format reads, and notes the dates of rows.
type datedOut struct {
	document.Out
	tables []*datedTable

	last *item.Column // of the segment before: most have the columns of the last one
	of   *datedTable
	best int
}

// A datedTable is a table of a file.
type datedTable struct {
	sheet, name string
	span
}

// Segment implements document.Out. The dates are read last: the room a segment
// takes is its format's again when Segment returns.
func (d *datedOut) Segment(seg *item.Segment) error {
	columns, text, grid, sheet := seg.Columns, seg.Text, seg.Grid, seg.At.Sheet
	rows := seg.Kind == item.Table && grid != nil && len(columns) > 0
	if err := d.Out.Segment(seg); err != nil || !rows {
		return err
	}
	if d.last != &columns[0] || d.best >= len(columns) {
		d.turn(columns, sheet)
	}
	if d.best >= 0 {
		d.of.column(d.best, len(columns), text, grid)
	}
	return nil
}

// turn looks for the column of dates of a table.
func (d *datedOut) turn(columns []item.Column, sheet string) {
	d.last = &columns[0]
	said := make([]column, len(columns))
	for i := range columns {
		said[i] = column{name: columns[i].Name, typ: columns[i].Type, comment: columns[i].Comment}
	}
	if d.best = bestDate(said); d.best < 0 {
		return
	}
	name := columns[d.best].Container
	for _, t := range d.tables {
		if t.sheet == sheet && t.name == name {
			d.of = t
			return
		}
	}
	d.of = &datedTable{sheet: sheet, name: name, span: span{begun: begins(said[d.best])}}
	d.tables = append(d.tables, d.of)
}

// tell hands over what is known of each table.
func (d *datedOut) tell(at item.Location) error {
	for _, t := range d.tables {
		at.Sheet, at.Table = t.sheet, t.name
		if err := t.span.tell(at, d.Out.Segment); err != nil {
			return err
		}
	}
	return nil
}

// column notes the dates in one column of a block of rows.
func (s *span) column(i, columns int, text []byte, grid item.Grid) {
	note := func(c item.Cell) bool {
		if c.Start >= 0 && c.End <= len(text) && c.Start <= c.End {
			s.dated(text[c.Start:c.End])
		}
		return true
	}
	switch g := grid.(type) {
	case interface {
		Walk(wanted []bool, yield func(item.Cell) bool)
	}:
		wanted := make([]bool, columns)
		wanted[i] = true
		g.Walk(wanted, note)
	case interface {
		Column(column int, yield func(item.Cell) bool)
	}:
		g.Column(i, note)
	case item.Cells:
		for _, c := range g {
			if c.Column == i {
				note(c)
			}
		}
	}
}
