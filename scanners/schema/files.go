package schema

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// Files is a database made of SQL files and migrations, read in order: its
// items are tables, as in a live one. It is a scanners.Source.
type Files struct {
	paths   []string
	catalog *catalog
	lost    []lost1
	others  []int // files that hold text beside rows
}

// lost1 is a statement, or a file, that could not be read.
type lost1 struct {
	file   int
	line   int
	reason string
}

// A Line is a place in a file.
type Line struct {
	File string // as found, '/' separated
	Line int
}

// New returns the database that the files of the patterns make, in the order of
// the patterns and, within one, of the names. `**` crosses folders. A pattern
// that fits no file is an error.
func New(patterns []string) (*Files, error) {
	f := &Files{}
	seen := map[string]bool{}
	for _, p := range patterns {
		paths, err := expand(p)
		if err != nil {
			return nil, fmt.Errorf("schema %s: %w", p, err)
		}
		if len(paths) == 0 {
			return nil, fmt.Errorf("schema %s: no such file: check the path", p)
		}
		for _, path := range paths {
			if !seen[path] {
				seen[path] = true
				f.paths = append(f.paths, path)
			}
		}
	}
	return f, nil
}

// expand returns the files a pattern fits, sorted.
func expand(pattern string) ([]string, error) {
	root, _, deep := strings.Cut(filepath.ToSlash(pattern), "**")
	if !deep {
		paths, err := filepath.Glob(pattern)
		sort.Strings(paths)
		return paths, err
	}
	root = filepath.FromSlash(strings.TrimSuffix(root, "/"))
	if root == "" {
		root = "."
	}
	g := item.Glob{Pattern: "/" + filepath.ToSlash(filepath.Clean(pattern))}
	var paths []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && g.MatchFile(strings.TrimPrefix(filepath.ToSlash(path), "/")) {
			paths = append(paths, path)
		}
		return err
	})
	return paths, err
}

// Paths returns the files, in the order they are read.
func (f *Files) Paths() []string { return f.paths }

// Anchor returns where a column, or with an empty name its table, is declared.
// path is `schema.table` as in the items; case and a missing schema do not
// matter.
func (f *Files) Anchor(path, col string) (Line, bool) {
	if f.catalog == nil && f.load(context.Background()) != nil {
		return Line{}, false
	}
	n := name{table: path}
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		n = name{path[:i], path[i+1:]}
	}
	t := f.catalog.get(n)
	if t == nil {
		t = f.catalog.get(name{table: n.table})
	}
	if t == nil || t.file == "" {
		return Line{}, false
	}
	l := Line{filepath.ToSlash(t.file), max(t.line, 1)}
	if i := t.find(col); i >= 0 {
		if c := t.columns[i]; c.file != "" {
			l.File = filepath.ToSlash(c.file)
		}
		l.Line = max(t.columns[i].line, 1)
	}
	return l, true
}

// Items yields the tables by name, then what the files hold beside them, then
// what could not be read.
func (f *Files) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		if err := f.load(ctx); err != nil {
			yield(item.Item{}, err)
			return
		}
		tables := append([]*table(nil), f.catalog.tables...)
		sort.SliceStable(tables, func(i, j int) bool { return tables[i].title() < tables[j].title() })
		for _, t := range tables {
			if len(t.columns)+len(t.blocks) > 0 && !yield(f.table(ctx, t), nil) {
				return
			}
		}
		for _, i := range f.others {
			if !yield(f.rest(ctx, i), nil) {
				return
			}
		}
		for _, l := range f.lost {
			at := item.Location{Path: filepath.ToSlash(f.paths[l.file])}
			at.Line = l.line
			if !yield(item.Item{At: at, Unread: l.reason}, nil) {
				return
			}
		}
	}
}

// load reads all files once: what they declare, and where the rows are.
func (f *Files) load(ctx context.Context) error {
	f.catalog, f.lost, f.others = newCatalog(), nil, nil
	for i, path := range f.paths {
		s := &indexSink{files: f, file: i}
		err := f.readFile(ctx, path, f.catalog, s)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			f.lost = append(f.lost, lost1{i, 0, reason(err)})
		}
		if s.text {
			f.others = append(f.others, i)
		}
		f.settle(s.dialect)
	}
	return nil
}

// reason tells an error of the file system without the path, which stands
// beside it.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// settle gives the tables of a file that named no schema the default one.
func (f *Files) settle(d dialect) {
	f.catalog.schema = ""
	for _, t := range f.catalog.tables {
		if t.schema == "" && d.schema() != "" {
			f.catalog.rename(name{"", t.name}, name{schema: d.schema()}, t.line)
		}
	}
}

// readFile reads one file into a catalogue, by what its name and head say it
// is: SQL unless a migration's format knows it.
func (f *Files) readFile(ctx context.Context, path string, c *catalog, out indexer) error {
	r, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	d := decoded(r)
	head, _ := d.Peek(4096)
	for _, m := range migrations {
		if m.match(strings.ToLower(filepath.ToSlash(path)), head) {
			return m.readAll(ctx, d, filepath.ToSlash(path), c, out)
		}
	}
	out.from(d)
	return read(ctx, d, byPath(path), path, c, out)
}

// An indexer is a sink that must know where the bytes come from.
type indexer interface {
	sink
	from(d *decoding)
}

// An indexSink notes where rows are, and leaves them.
type indexSink struct {
	files   *Files
	file    int
	source  *decoding
	dialect dialect
	text    bool
}

func (s *indexSink) from(d *decoding) { s.source = d }
func (s *indexSink) speaks(d dialect) { s.dialect = d }

func (s *indexSink) other(text []byte, _ int) error {
	s.text = s.text || len(text) > 0
	return nil
}

func (s *indexSink) rows(n name, b block, _ []byte, _ func(int) item.Grid) error {
	t := s.files.catalog.altered(n, b.line)
	b.file, b.plain = s.file, s.source.plain()
	b.offset += s.source.mark * int64(b2i(b.plain))
	if b.header == nil && !t.partial {
		b.header = t.header() // as it is now: a later statement may change it
	}
	t.blocks = append(t.blocks, b)
	return nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *indexSink) unread(line int, reason string) {
	s.files.lost = append(s.files.lost, lost1{s.file, line, reason})
}

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
		for _, b := range t.blocks {
			if err := ctx.Err(); err != nil {
				return err
			}
			text, err := o.read(b)
			if err != nil {
				return fmt.Errorf("%s, line %d: %s", filepath.ToSlash(f.paths[b.file]), b.line, reason(err))
			}
			columns := rowColumns(t, name{t.schema, t.name}, b, text)
			if err := yield(&item.Segment{At: at, Kind: item.Table, Text: text, Columns: columns, Grid: b.grid(text, len(columns))}); err != nil {
				return err
			}
		}
		return nil
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

// A migration reads a file that declares tables in another language than SQL.
type migration struct {
	name  string
	match func(path string, head []byte) bool // path in lower case
	read  func(text string, path string, c *catalog, unread func(line int, reason string)) error
}

// maxMigration bounds a file that is read whole.
const maxMigration = 16 << 20

// readAll reads the whole file, then hands its text over.
func (m migration) readAll(ctx context.Context, r io.Reader, path string, c *catalog, out sink) error {
	text, err := io.ReadAll(io.LimitReader(r, maxMigration+1))
	if err != nil {
		return err
	}
	if len(text) > maxMigration {
		return fmt.Errorf("larger than %d MiB", maxMigration>>20)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := m.read(string(text), path, c, out.unread); err != nil {
		out.unread(1, err.Error())
	}
	return out.other(text, 1)
}
