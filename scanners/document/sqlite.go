package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// SQLite reads the tables of SQLite files page by page, without opening them as
// a database: nothing is locked, written or executed.
var SQLite = Format{
	Name:  "sqlite",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("SQLite format 3\x00")) },
	Read:  readSQLite,
}

// Bounds on an SQLite file.
const (
	sqliteDepth   = 20      // of a tree of pages
	sqliteRecord  = 4 << 20 // bytes of one row
	sqliteTables  = 10_000
	sqliteColumns = 2000
)

// A sqliteFile reads pages.
type sqliteFile struct {
	r      io.ReaderAt
	size   int64
	page   int // bytes
	usable int // without what is reserved at the end of each page
	wide   bool
	big    bool
	met    map[uint32]bool // pages of the table at hand
	broken bool
	log    *sqliteLog // nil without
}

func readSQLite(ctx context.Context, f *File, out Out) error {
	r, size, done, err := f.at()
	if err != nil {
		return err
	}
	defer done()
	var h [100]byte
	if _, err := r.ReadAt(h[:], 0); err != nil {
		return Truncated
	}
	s := &sqliteFile{r: r, size: size, page: int(binary.BigEndian.Uint16(h[16:]))}
	if s.page == 1 {
		s.page = 65536
	}
	if s.page < 512 || s.page&(s.page-1) != 0 {
		return Corrupt
	}
	s.usable = s.page - int(h[20])
	if logged := h[19] == 2; logged {
		end, err := s.withLog(f)
		if err != nil {
			return err
		}
		if first, err := s.read(1); err == nil {
			copy(h[:], first)
		}
		if err := s.rows(ctx, f, out, h[:]); err != nil {
			_ = end() // err says more
			return err
		}
		return end()
	}
	return s.rows(ctx, f, out, h[:])
}

// rows hands over all tables; head is the start of the first page.
func (s *sqliteFile) rows(ctx context.Context, f *File, out Out, head []byte) error {
	encoding := binary.BigEndian.Uint32(head[56:])
	s.wide, s.big = encoding > 1, encoding == 3
	tables, err := s.schema()
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := s.table(ctx, f, out, t); err != nil {
			return err
		}
	}
	if s.broken {
		return Reason("some pages are corrupt")
	}
	return nil
}

// A sqliteTable is a table of the file and the page its rows begin at.
type sqliteTable struct {
	name    string
	root    uint32
	columns []string
	types   []string
	rowID   int // column that stands for the row number, -1 without
}

// schema reads the table of tables.
func (s *sqliteFile) schema() ([]sqliteTable, error) {
	var tables []sqliteTable
	s.met = map[uint32]bool{}
	err := s.walk(1, 0, func(_ int64, row []any) error {
		if len(row) < 5 || len(tables) >= sqliteTables {
			return nil
		}
		kind, name, sql := text(row[0]), text(row[1]), text(row[4])
		root, _ := row[3].(int64)
		if kind != "table" || root <= 0 || strings.HasPrefix(name, "sqlite_") {
			return nil
		}
		t := sqliteTable{name: name, root: uint32(root)}
		t.columns, t.types, t.rowID = sqliteColumnsOf(sql)
		tables = append(tables, t)
		return nil
	})
	return tables, err
}

func text(v any) string {
	b, _ := v.([]byte)
	return string(b)
}

// table hands over the rows of one table.
func (s *sqliteFile) table(ctx context.Context, f *File, out Out, t sqliteTable) error {
	at := f.At
	at.Table = t.name
	rows := newTable(out, at, t.name)
	rows.headed = true
	rows.columns = columnsNamed(t.name, t.columns, 0)
	for i := range rows.columns {
		rows.columns[i].Type = t.types[i]
	}
	s.met = map[uint32]bool{}
	n := 0
	err := s.walk(t.root, 0, func(id int64, row []any) error {
		n++
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := rows.row(n); err != nil {
			return err
		}
		for i, v := range row {
			if i == t.rowID && v == nil {
				v = id
			}
			rows.cell(i, sqliteText(v))
		}
		return nil
	})
	if flush := rows.flush(); err == nil {
		err = flush
	}
	return err
}

// sqliteText writes a value; blobs are read when they are text.
func sqliteText(v any) []byte {
	switch v := v.(type) {
	case int64:
		return strconv.AppendInt(nil, v, 10)
	case float64:
		return strconv.AppendFloat(nil, v, 'f', -1, 64)
	case []byte:
		if utf8.Valid(v) {
			return v
		}
	}
	return nil
}

// errSQLite says that a page is not what it should be.
var errSQLite = errors.New("corrupt page")
