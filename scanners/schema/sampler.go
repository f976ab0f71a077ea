package schema

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// maxCell bounds what is read of one cell, in bytes.
const maxCell = 8 << 20

// maxBlobs bounds the documents opened in one column of a sample.
const maxBlobs = 20

// A sampler turns rows of a live table into segments: the cells as a table,
// objects of JSON and tables of attributes as tables of their own, documents by
// the formats that know them.
type sampler struct {
	ctx     context.Context
	db      *Database
	t       *live
	columns []column
	yield   func(*item.Segment) error
	at      item.Location

	declared []item.Column
	text     []byte
	cells    item.Cells
	rows     int
	inBlock  int
	sampled  bool
	spread   *spread // JSON and attributes
	key, val int     // of a table of attributes; -1
	date     int     // the best date column; -1
	span
	blobs map[int]int
	start time.Time
}

func newSampler(ctx context.Context, db *Database, t *live, columns []column, yield func(*item.Segment) error) *sampler {
	s := &sampler{ctx: ctx, db: db, t: t, columns: columns, yield: yield, at: item.Location{Path: place(t.title())}, start: time.Now(), blobs: map[int]int{}}
	part := table{schema: t.schema, name: t.name, columns: columns}
	s.declared = part.items()
	s.spread = &spread{container: t.title()}
	s.date = bestDate(columns)
	s.key, s.val = -1, -1
	if key, val, ok := attributes(columns); ok {
		s.key, s.val = key, val
	}
	return s
}

// row takes one row.
func (s *sampler) row(cells [][]byte) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	attribute := s.key >= 0 && len(cells) > s.val && len(cells[s.key]) > 0 && cells[s.val] != nil
	if attribute {
		s.spread.add(string(cells[s.key]), cells[s.val])
	}
	for i, cell := range cells {
		if i < len(s.columns) && cell != nil && (!attribute || i != s.val) {
			if err := s.cell(i, cell); err != nil {
				return err
			}
		}
	}
	s.text = append(s.text, '\n')
	s.rows++
	s.inBlock++
	if err := s.pace(); err != nil {
		return err
	}
	if len(s.text) >= window || s.spread.size >= window {
		return s.flush()
	}
	return nil
}

// pace waits as long as the limit of rows a second asks for.
func (s *sampler) pace() error {
	limit := s.db.options.MaxRowsPerSecond
	if limit <= 0 {
		return nil
	}
	due := s.start.Add(time.Duration(s.rows) * time.Second / time.Duration(limit))
	wait := time.Until(due)
	if wait <= 0 {
		return nil
	}
	select {
	case <-time.After(wait):
		return nil
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

// cell takes one value: text as it is, an array element by element, bytes as
// the document they may be.
func (s *sampler) cell(i int, cell []byte) error {
	c := s.columns[i]
	if i == s.date {
		s.dated(cell)
	}
	if len(cell) > maxCell {
		cell = cell[:maxCell]
	}
	if strings.HasPrefix(c.typ, "bytea") && bytes.HasPrefix(cell, []byte(`\x`)) {
		raw := make([]byte, hex.DecodedLen(len(cell)-2))
		if n, err := hex.Decode(raw, cell[2:]); err == nil {
			cell = raw[:n]
		}
	}
	if bytes.IndexByte(cell, 0) >= 0 || holdsBytes(c.typ) && (!utf8.Valid(cell) || len(cell) > 512 && s.db.options.Formats != nil) {
		return s.blob(i, cell)
	}
	if !utf8.Valid(cell) {
		cell = mend(cell)
	}
	switch {
	case strings.HasSuffix(c.typ, "[]") && len(cell) > 1 && cell[0] == '{':
		for _, e := range elements(cell) {
			s.put(i, e)
		}
	case len(cell) > 1 && (cell[0] == '{' || cell[0] == '[') && s.spread.json(c.name, cell):
	default:
		s.put(i, cell)
	}
	return nil
}

func (s *sampler) put(i int, cell []byte) {
	start := len(s.text)
	s.text = append(s.text, cell...)
	s.cells = append(s.cells, item.Cell{Column: i, Start: start, End: len(s.text)})
	s.text = append(s.text, '\t')
}

// day returns the date a cell starts with, empty when it is none or none that
// is credible.
func day(cell []byte) string {
	cell = bytes.Trim(cell, " \"'")
	if len(cell) < 10 {
		return ""
	}
	d := ""
	switch {
	case cell[4] == '-' && cell[7] == '-':
		d = string(cell[:10])
	case cell[2] == '/' && cell[5] == '/':
		d = french(string(cell[:10]))
	default:
		return ""
	}
	if _, err := time.Parse(time.DateOnly, d); err != nil || d < "1950" || d > "2200" {
		return ""
	}
	return d
}

// french turns 31/12/2016 round; a date whose month comes first, which the day
// tells where it is past the 12th, too.
func french(s string) string {
	d, m, y := s[:2], s[3:5], s[6:10]
	if m > "12" {
		d, m = m, d
	}
	return y + "-" + m + "-" + d
}

// holdsBytes tells whether a column is one for bytes.
func holdsBytes(typ string) bool {
	for _, w := range []string{"blob", "binary", "bytea", "image", "raw", "bfile"} {
		if strings.Contains(typ, w) {
			return true
		}
	}
	return false
}

// blob reads bytes as a document.
func (s *sampler) blob(i int, data []byte) error {
	if s.db.options.Formats == nil || s.blobs[i] >= maxBlobs {
		return nil
	}
	s.blobs[i]++
	at := s.at
	at.Table, at.Column = s.t.title(), s.columns[i].name
	data = bytes.Clone(data)
	f := &document.File{At: at, Size: int64(len(data)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
	out := &blobOut{sampler: s, at: at}
	err := document.Read(s.ctx, s.db.options.Formats, f, out)
	var own errYield
	if errors.As(err, &own) || s.ctx.Err() != nil {
		return err
	}
	return nil // bytes of no known document
}

// A blobOut takes what a document in a column holds, as parts of the column.
type blobOut struct {
	sampler *sampler
	at      item.Location
	depth   int
}

func (o *blobOut) Segment(seg *item.Segment) error {
	if seg.Oldest != "" {
		return nil // of a table in a document, not of the rows it is a cell of
	}
	seg.At = o.at
	if err := o.sampler.yield(seg); err != nil {
		return errYield{err}
	}
	return nil
}

func (o *blobOut) Part(f *document.File) error {
	if o.depth >= 4 {
		return nil
	}
	inner := &blobOut{sampler: o.sampler, at: o.at, depth: o.depth + 1}
	err := document.Read(o.sampler.ctx, o.sampler.db.options.Formats, f, inner)
	var own errYield
	if errors.As(err, &own) {
		return err
	}
	return o.sampler.ctx.Err()
}

func (o *blobOut) Unread(item.Location, string) {}
func (o *blobOut) Skipped(string)               {}
func (o *blobOut) Dated(string)                 {}

// flush hands over the block of rows in hand, then what was spread out of it.
func (s *sampler) flush() error {
	if s.inBlock == 0 {
		return nil
	}
	seg := &item.Segment{At: s.at, Kind: item.Table, Text: s.text, Columns: s.declared, Grid: cellGrid{s.cells, s.inBlock}, Sampled: s.sampled}
	if err := s.yield(seg); err != nil {
		return errYield{err}
	}
	s.text, s.cells, s.inBlock = s.text[:0], s.cells[:0], 0
	for _, seg := range s.spread.segments(s.at) {
		if err := s.yield(seg); err != nil {
			return errYield{err}
		}
	}
	return nil
}

// A cellGrid is cells of a number of rows: a row may have none.
type cellGrid struct {
	item.Cells
	rows int
}

// Rows returns the number of rows.
func (g cellGrid) Rows() int { return g.rows }

// Column yields the cells of one column.
func (g cellGrid) Column(column int, yield func(item.Cell) bool) {
	for _, c := range g.Cells {
		if c.Column == column && !yield(c) {
			return
		}
	}
}

// elements cuts a PostgreSQL array into its elements.
func elements(cell []byte) [][]byte {
	var list [][]byte
	var b []byte
	quoted, any := false, false
	end := func() {
		if any && string(b) != "NULL" {
			list = append(list, b)
		}
		b, any = nil, false
	}
	for i := 0; i < len(cell); i++ {
		switch c := cell[i]; {
		case c == '\\' && i+1 < len(cell):
			i++
			b, any = append(b, cell[i]), true
		case c == '"':
			quoted = !quoted
		case !quoted && (c == '{' || c == '}' || c == ','):
			end()
		default:
			b, any = append(b, c), true
		}
	}
	end()
	return list
}
