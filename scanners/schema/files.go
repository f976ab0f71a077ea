package schema

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
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
			// Opening a named pipe waits for who writes.
			if info, err := os.Stat(path); err == nil && !info.IsDir() && !info.Mode().IsRegular() {
				return nil, fmt.Errorf("schema %s: a pipe or a device: save it to a file and give that", path)
			}
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
