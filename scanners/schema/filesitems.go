package schema

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"github.com/ecart-rgpd/ecart/item"
)

// table is the item of one table: its columns, then its rows.
func (f *Files) table(ctx context.Context, t *table) item.Item {
	at := item.Location{Path: place(t.title())}
	return item.Item{At: at, Segments: func(yield func(*item.Segment) error) error {
		if len(t.columns) > 0 {
			if err := yield(&item.Segment{At: at, Kind: item.Declare, Columns: t.items()}); err != nil {
				return err
			}
		}
		o := &openFiles{paths: f.paths}
		defer o.close()
		var age span
		for _, b := range t.blocks {
			if err := ctx.Err(); err != nil {
				return err
			}
			text, err := o.read(b)
			if err != nil {
				return fmt.Errorf("%s, line %d: %s", filepath.ToSlash(f.paths[b.file]), b.line, reason(err))
			}
			columns := rowColumns(t, name{t.schema, t.name}, b, text)
			grid := b.grid(text, len(columns))
			age.rows(t.columns, columns, text, grid)
			if err := yield(&item.Segment{At: at, Kind: item.Table, Text: text, Columns: columns, Grid: grid}); err != nil {
				return err
			}
		}
		return age.tell(at, yield)
	}}
}

// grid finds the rows of a block again.
func (b block) grid(text []byte, columns int) item.Grid {
	if b.copied != 0 {
		return &copyGrid{text: text, line: b.line, columns: columns, delimiter: b.copied}
	}
	g := &rowGrid{text: text, line: b.line, columns: columns, dialect: b.d, row: -1}
	x := &reading{stream: &stream{buf: text, eof: true, line: b.line}, dialect: b.d, catalog: newCatalog(), sink: nowhere{}, hold: math.MaxInt}
	x.bound.dialect = b.d
	if x.header() < 0 {
		return g
	}
	x.at = len(x.head)
	for {
		if more, err := x.tuples(); !more || err != nil || !x.again() {
			break
		}
	}
	g.rows = x.start
	return g
}

// nowhere takes what has been said before.
type nowhere struct{}

func (nowhere) other([]byte, int) error                             { return nil }
func (nowhere) rows(name, block, []byte, func(int) item.Grid) error { return nil }
func (nowhere) unread(int, string)                                  {}
func (nowhere) from(*decoding)                                      {}

// rest is the item of what a file holds beside rows: comments and statements
// may hold values too.
func (f *Files) rest(ctx context.Context, i int) item.Item {
	path := f.paths[i]
	at := item.Location{Path: filepath.ToSlash(path)}
	return item.Item{At: at, Segments: func(yield func(*item.Segment) error) error {
		return f.readFile(ctx, path, newCatalog(), &restSink{at: at, yield: yield})
	}}
}

// A restSink hands over what is no row.
type restSink struct {
	nowhere
	at    item.Location
	yield func(*item.Segment) error
}

func (s *restSink) other(text []byte, line int) error {
	at := s.at
	at.Line = line
	return s.yield(&item.Segment{At: at, Kind: item.Code, Text: text})
}

// openFiles keeps the file of the last block open.
type openFiles struct {
	paths []string
	index int
	file  *os.File
	text  *decoding // when offsets are not those of the bytes
	at    int64     // in text
}

func (o *openFiles) close() {
	if o.file != nil {
		_ = o.file.Close()
		o.file = nil
	}
}

// read returns the text of a block.
func (o *openFiles) read(b block) ([]byte, error) {
	if o.file == nil || o.index != b.file || !b.plain && b.offset < o.at {
		o.close()
		file, err := os.Open(o.paths[b.file])
		if err != nil {
			return nil, err
		}
		o.file, o.index, o.text, o.at = file, b.file, nil, 0
	}
	text := make([]byte, b.length)
	if b.plain {
		_, err := o.file.ReadAt(text, b.offset)
		return text, err
	}
	if o.text == nil {
		o.text = decoded(o.file)
	}
	if _, err := io.CopyN(io.Discard, o.text, b.offset-o.at); err != nil {
		return nil, err
	}
	n, err := io.ReadFull(o.text, text)
	o.at = b.offset + int64(n)
	return text, err
}
