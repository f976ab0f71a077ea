package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
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
	encoding := binary.BigEndian.Uint32(h[56:])
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

// walk calls take for every row of the tree at page n.
func (s *sqliteFile) walk(n uint32, depth int, take func(int64, []any) error) error {
	if depth > sqliteDepth || s.met[n] {
		s.broken = true
		return nil
	}
	s.met[n] = true
	b, err := s.read(n)
	if err != nil {
		s.broken = true
		return nil //nolint:nilerr // broken says it, and the other pages are read
	}
	h := b
	if n == 1 {
		h = b[100:]
	}
	cells := int(binary.BigEndian.Uint16(h[3:]))
	switch h[0] {
	case 13:
		return s.leaf(b, h[8:], cells, take)
	case 5:
		for i := range cells {
			at := s.pointer(b, h[12:], i)
			if at < 0 || at+4 > len(b) {
				s.broken = true
				continue
			}
			if err := s.walk(binary.BigEndian.Uint32(b[at:]), depth+1, take); err != nil {
				return err
			}
		}
		return s.walk(binary.BigEndian.Uint32(h[8:]), depth+1, take)
	case 10, 2:
		return s.index(b, h, cells, depth, take) // a table without row numbers
	}
	s.broken = true
	return nil
}

func (s *sqliteFile) read(n uint32) ([]byte, error) {
	at := int64(n-1) * int64(s.page)
	if n == 0 || at+int64(s.page) > s.size {
		return nil, errSQLite
	}
	b := make([]byte, s.page)
	if _, err := s.r.ReadAt(b, at); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b, nil
}

// pointer returns where cell i stands on its page; -1 outside.
func (s *sqliteFile) pointer(b, pointers []byte, i int) int {
	if 2*i+2 > len(pointers) {
		return -1
	}
	at := int(binary.BigEndian.Uint16(pointers[2*i:]))
	if at >= len(b) {
		return -1
	}
	return at
}

// leaf reads the rows of a page of rows.
func (s *sqliteFile) leaf(b, pointers []byte, cells int, take func(int64, []any) error) error {
	for i := range cells {
		at := s.pointer(b, pointers, i)
		if at < 0 {
			s.broken = true
			continue
		}
		size, n1 := varint(b[at:])
		id, n2 := varint(b[min(at+n1, len(b)):])
		record, err := s.payload(b, at+n1+n2, int64(size), s.usable-35)
		if err != nil {
			s.broken = true
			continue
		}
		if err := take(int64(id), s.row(record)); err != nil {
			return err
		}
	}
	return nil
}

// index reads the rows of a table that is its own index.
func (s *sqliteFile) index(b, h []byte, cells, depth int, take func(int64, []any) error) error {
	head := 8
	if h[0] == 2 {
		head = 12
	}
	for i := range cells {
		at := s.pointer(b, h[head:], i)
		if at < 0 || at+5 > len(b) {
			s.broken = true
			continue
		}
		if h[0] == 2 {
			if err := s.walk(binary.BigEndian.Uint32(b[at:]), depth+1, take); err != nil {
				return err
			}
			at += 4
		}
		size, n := varint(b[at:])
		record, err := s.payload(b, at+n, int64(size), (s.usable-12)*64/255-23)
		if err != nil {
			s.broken = true
			continue
		}
		if err := take(0, s.row(record)); err != nil {
			return err
		}
	}
	if h[0] == 2 {
		return s.walk(binary.BigEndian.Uint32(h[8:]), depth+1, take)
	}
	return nil
}

// payload gathers a record that may go on in other pages. most is what a page
// keeps of one.
func (s *sqliteFile) payload(b []byte, at int, size int64, most int) ([]byte, error) {
	if size < 0 || size > sqliteRecord || at > len(b) {
		return nil, errSQLite
	}
	if size <= int64(most) {
		if at+int(size) > len(b) {
			return nil, errSQLite
		}
		return b[at : at+int(size)], nil
	}
	least := (s.usable-12)*32/255 - 23
	local := least + (int(size)-least)%(s.usable-4)
	if local > most {
		local = least
	}
	if at+local+4 > len(b) {
		return nil, errSQLite
	}
	record := append(make([]byte, 0, size), b[at:at+local]...)
	next := binary.BigEndian.Uint32(b[at+local:])
	for int64(len(record)) < size {
		more, err := s.read(next)
		if err != nil {
			return nil, err
		}
		next = binary.BigEndian.Uint32(more)
		record = append(record, more[4:min(s.usable, 4+int(size)-len(record))]...)
	}
	return record, nil
}

// row reads the values of a record.
func (s *sqliteFile) row(b []byte) []any {
	head, n := varint(b)
	if head > uint64(len(b)) {
		s.broken = true
		return nil
	}
	var row []any
	at := int(head)
	for i := n; i < int(head) && len(row) < sqliteColumns; {
		kind, k := varint(b[i:])
		i += k
		v, size := s.value(kind, b[min(at, len(b)):])
		row = append(row, v)
		at += size
	}
	return row
}

// value reads one value by its type and returns its size too.
func (s *sqliteFile) value(kind uint64, b []byte) (any, int) {
	sizes := [...]int{0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0}
	if kind < 12 {
		n := sizes[kind]
		if n > len(b) {
			return nil, n
		}
		switch kind {
		case 0, 10, 11:
			return nil, 0
		case 7:
			return math.Float64frombits(binary.BigEndian.Uint64(b)), 8
		case 8, 9:
			return int64(kind - 8), 0
		}
		v := int64(int8(b[0]))
		for _, c := range b[1:n] {
			v = v<<8 | int64(c)
		}
		return v, n
	}
	n := int(min((kind-12)/2, sqliteRecord))
	if n > len(b) {
		return nil, n
	}
	if kind%2 == 1 && s.wide {
		return s.decode(b[:n]), n
	}
	return b[:n], n
}

// decode turns UTF-16 text into UTF-8.
func (s *sqliteFile) decode(b []byte) []byte {
	c := charset{unit: 2, big: s.big}
	out := make([]byte, 2*len(b)+utf8.UTFMax)
	_, n := c.decode(out, b, true)
	return out[:n]
}

// varint reads a number of one to nine bytes.
func varint(b []byte) (v uint64, n int) {
	for n < len(b) && n < 8 {
		v = v<<7 | uint64(b[n]&0x7F)
		n++
		if b[n-1] < 0x80 {
			return v, n
		}
	}
	if n < len(b) {
		return v<<8 | uint64(b[n]), n + 1
	}
	return v, n
}

// sqliteColumnsOf reads the names and types of the columns from a CREATE TABLE
// as SQLite keeps it.
func sqliteColumnsOf(sql string) (names, types []string, rowID int) {
	rowID = -1
	_, body, ok := strings.Cut(sql, "(")
	if !ok {
		return nil, nil, rowID
	}
	for _, part := range splitTop(body) {
		name, rest := sqlName(strings.TrimSpace(part))
		switch strings.ToLower(name) {
		case "", "primary", "unique", "check", "foreign", "constraint":
			continue
		}
		kind, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		kind, _, _ = strings.Cut(strings.ToLower(kind), "(")
		if kind == "integer" && strings.Contains(strings.ToLower(rest), "primary key") {
			rowID = len(names)
		}
		names, types = append(names, name), append(types, kind)
	}
	return names, types, rowID
}

// splitTop cuts at the commas outside brackets, up to the bracket that closes.
func splitTop(s string) []string {
	var parts []string
	depth, start, quote := 0, 0, byte(0)
	for i := range len(s) {
		c := s[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c == '[':
			quote = ']'
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return append(parts, s[start:i])
			}
		case c == ',' && depth == 0:
			parts = append(parts, s[start:i])
			start = i + 1
		}
	}
	return append(parts, s[start:])
}

// sqlName reads a name, quoted or not, and returns what follows it.
func sqlName(s string) (name, rest string) {
	if s == "" {
		return "", ""
	}
	if i := strings.IndexByte("\"`['", s[0]); i >= 0 {
		end := strings.IndexByte(s[1:], "\"`]'"[i])
		if end < 0 {
			return "", ""
		}
		return s[1 : end+1], s[end+2:]
	}
	end := strings.IndexAny(s, " \t\r\n(")
	if end < 0 {
		return s, ""
	}
	return s[:end], s[end:]
}
