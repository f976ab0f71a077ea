package schema

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// pgCustom reads a dump that pg_dump wrote in its custom format: declarations
// come from its table of contents, rows from its blocks of COPY or INSERT. Both
// are put together as the text that pg_restore would write, and read as such.
// The `toc.dat` of the tar and folder formats has no blocks: its rows are in
// files of their own.
var pgCustom = document.Format{
	Name:  "pg_dump custom",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("PGDMP")) },
	Read:  readCustom,
}

func readCustom(ctx context.Context, f *document.File, out document.Out) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	a := &archive{r: bufio.NewReaderSize(r, 64<<10), left: unpackable(f.Size)}
	if err := a.head(); err != nil {
		return err
	}
	if err := a.contents(); err != nil {
		return err
	}
	s := &lineless{fileSink{at: f.At, out: out, catalog: newCatalog()}}
	if err := read(ctx, decoded(a), postgres, f.At.Path, s.catalog, s); err != nil {
		return err
	}
	for _, t := range s.catalog.tables {
		for i := range t.columns {
			t.columns[i].line = 0
		}
	}
	if a.lost != nil {
		out.Unread(f.At, a.lost.Error())
	}
	return s.declared()
}

// lineless is a sink for a file that has no lines.
type lineless struct{ fileSink }

func (s *lineless) rows(n name, b block, text []byte, grid func(int) item.Grid) error {
	b.line = 0
	return s.fileSink.rows(n, b, text, func(columns int) item.Grid { return noLines{grid(columns)} })
}

func (s *lineless) other(text []byte, _ int) error { return s.fileSink.other(text, 0) }
func (s *lineless) unread(_ int, reason string)    { s.fileSink.unread(0, reason) }

// noLines is a grid whose cells are on no line.
type noLines struct{ item.Grid }

func (g noLines) Cell(offset int) (item.Cell, bool) {
	c, ok := g.Grid.Cell(offset)
	c.Line = 0
	return c, ok
}

// Column goes through one column, as the grids of rows do.
func (g noLines) Column(column int, yield func(item.Cell) bool) {
	if w, ok := g.Grid.(interface {
		Column(column int, yield func(item.Cell) bool)
	}); ok {
		w.Column(column, func(c item.Cell) bool {
			c.Line = 0
			return yield(c)
		})
	}
}

// Rows counts the rows, as the grids of rows do.
func (g noLines) Rows() int {
	if r, ok := g.Grid.(interface{ Rows() int }); ok {
		return r.Rows()
	}
	return 0
}

// The formats that share a table of contents.
const (
	formatCustom = 1
	formatTar    = 3
	formatFolder = 5
)

// An archive is the file of pg_dump, as a text: declarations, then rows.
type archive struct {
	r        *bufio.Reader
	version  int // 1.14 is 114
	ints     int // bytes of an integer
	offsets  int // bytes of an offset
	format   byte
	packing  byte // of the blocks
	left     int64
	declared bytes.Buffer
	copies   map[int64]string // dump id → the statement that loads its rows
	block    io.Reader        // rows at hand; nil between blocks
	lost     error            // why the rows end early
	ended    bool
}

// The packings of blocks, by their number since version 1.15.
const (
	packedNone = iota
	packedZlib
	packedLZ4
	packedZstd
)

var errArchive = errors.New("an archive of pg_dump cut short or of an unknown version")

// head reads what stands before the table of contents.
func (a *archive) head() error {
	var b [11]byte
	if _, err := io.ReadFull(a.r, b[:]); err != nil {
		return document.Truncated
	}
	a.version = int(b[5])*100 + int(b[6])
	a.ints, a.offsets, a.format = int(b[8]), int(b[9]), b[10]
	if a.version < 110 || a.version > 199 || a.ints < 1 || a.ints > 8 || a.offsets < 1 || a.offsets > 8 {
		return document.Reason(errArchive.Error())
	}
	if a.version >= 115 {
		packing, err := a.r.ReadByte()
		if err != nil {
			return document.Truncated
		}
		a.packing = packing
	} else if level, err := a.int(); err != nil {
		return err
	} else if level != 0 {
		a.packing = packedZlib
	}
	for range 7 { // when it was made
		if _, err := a.int(); err != nil {
			return err
		}
	}
	for range 3 { // of which database, by what
		if _, err := a.string(); err != nil {
			return err
		}
	}
	return nil
}

// contents reads the table of contents.
func (a *archive) contents() error {
	n, err := a.int()
	if err != nil {
		return err
	}
	a.copies = map[int64]string{}
	for range n {
		if err := a.entry(); err != nil {
			return err
		}
	}
	return nil
}

// entry reads one entry: names, declaration, and how its rows are loaded.
func (a *archive) entry() error {
	id, err := a.int()
	if err != nil {
		return err
	}
	var what, declared, load string
	fields := []func() error{a.skipInt, a.skipString, a.skipString, a.skipString, a.text(&what)}
	if a.version >= 111 {
		fields = append(fields, a.skipInt) // section
	}
	fields = append(fields, a.text(&declared), a.skipString, a.text(&load), a.skipString, a.skipString)
	if a.version >= 114 {
		fields = append(fields, a.skipString) // access method
	}
	if a.version >= 116 {
		fields = append(fields, a.skipInt) // kind of relation
	}
	fields = append(fields, a.skipString, a.skipString, a.dependencies, a.place)
	for _, read := range fields {
		if err := read(); err != nil {
			return err
		}
	}
	if strings.HasPrefix(what, "TABLE DATA") {
		a.copies[id] = load
		return nil
	}
	if a.declared.Len()+len(declared) < maxContents {
		a.declared.WriteString(declared)
		a.declared.WriteString("\n")
	}
	return nil
}

// dependencies ends with a string that is none.
func (a *archive) dependencies() error {
	for {
		if s, err := a.string(); err != nil || s == nil {
			return err
		}
	}
}

// place is where the rows of an entry are.
func (a *archive) place() error {
	if a.format == formatTar || a.format == formatFolder {
		return a.skipString() // in a file
	}
	_, err := a.r.Discard(1 + a.offsets)
	return cutShort(err)
}

// maxContents bounds the table of contents, in bytes.
const maxContents = 64 << 20

// int reads an integer: a sign, then its bytes.
func (a *archive) int() (int64, error) {
	var b [9]byte
	if _, err := io.ReadFull(a.r, b[:1+a.ints]); err != nil {
		return 0, document.Truncated
	}
	n := int64(0)
	for i := a.ints; i > 0; i-- {
		n = n<<8 | int64(b[i])
	}
	if b[0] != 0 {
		n = -n
	}
	return n, nil
}

// string reads a string; nil for none.
func (a *archive) string() ([]byte, error) {
	n, err := a.int()
	switch {
	case err != nil || n < 0:
		return nil, err
	case n > maxContents:
		return nil, document.Corrupt
	}
	var b bytes.Buffer // grows as bytes come, not as a broken length says
	if _, err := io.CopyN(&b, a.r, n); err != nil {
		return nil, document.Truncated
	}
	if n == 0 {
		return []byte{}, nil
	}
	return b.Bytes(), nil
}

func (a *archive) skipInt() error    { _, err := a.int(); return err }
func (a *archive) skipString() error { _, err := a.string(); return err }

// text reads a string into s.
func (a *archive) text(s *string) func() error {
	return func() error {
		b, err := a.string()
		*s = string(b)
		return err
	}
}

func cutShort(err error) error {
	if err != nil {
		return document.Truncated
	}
	return nil
}
