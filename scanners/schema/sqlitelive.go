package schema

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	lite "modernc.org/sqlite"
)

// A liteEngine is an SQLite file, opened read-only.
type liteEngine struct{ file string }

func newSQLite(dsn string) (engine, error) {
	_, file, _ := strings.Cut(dsn, ":")
	file, _, _ = strings.Cut(strings.TrimPrefix(file, "//"), "?")
	switch info, err := os.Stat(file); {
	case err != nil:
		return nil, errors.New("there is no such file")
	case info.IsDir():
		return nil, errors.New("is a folder: give the file of the database")
	case !info.Mode().IsRegular():
		return nil, errors.New("is a pipe or a device: give the file of the database")
	}
	return &liteEngine{file}, nil
}

func (e *liteEngine) connect(ctx context.Context) (session, error) {
	name := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: e.file}).EscapedPath()}).String()
	db, err := sql.Open("sqlite", name+fmt.Sprintf("?mode=ro&_pragma=query_only(1)&_pragma=busy_timeout(%d)", lockWait.Milliseconds()))
	if err != nil {
		return nil, err
	}
	return openSQL(ctx, db)
}

func (e *liteEngine) quote(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

func (e *liteEngine) begin() []string { return []string{"BEGIN"} }
func (e *liteEngine) end() string     { return "ROLLBACK" }

// liteCatalogue lists columns. A table that SQLite itself cannot describe (a
// module that is not loaded) fails alone, so it is asked one by one.
const liteCatalogue = `SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`

func (e *liteEngine) tables(ctx context.Context, s session) ([]*live, error) {
	var list lister
	err := s.query(ctx, liteCatalogue, func(c [][]byte) error {
		t := list.table("main", string(c[0]))
		t.virtual = string(c[1]) == "view"
		declared := newCatalog()
		apply(declared, sqlite, string(c[2]), 1, "", func(int, string) {})
		if d := declared.get(name{table: t.name}); d != nil {
			t.columns = d.columns
		}
		if !strings.Contains(strings.ToUpper(string(c[2])), "WITHOUT ROWID") {
			t.ranged = "rowid"
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, t := range list.tables {
		e.describe(ctx, s, t)
	}
	return list.tables, nil
}

// describe takes the columns as SQLite sees them, with the comments of their
// declaration, which only its text holds.
func (e *liteEngine) describe(ctx context.Context, s session, t *live) {
	declared := t.table
	var columns []column
	err := s.query(ctx, "SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo("+quoteString(t.name)+") WHERE hidden <> 1", func(c [][]byte) error {
		col := column{name: string(c[0]), notNull: yes(c[2]), key: string(c[3]) != "0"}
		col.typ, col.length = cutType(string(c[1]))
		if i := declared.find(col.name); i >= 0 {
			col.comment, col.key = declared.columns[i].comment, col.key || declared.columns[i].key
		}
		columns = append(columns, col)
		return nil
	})
	if err == nil && len(columns) > 0 {
		t.columns = columns
	}
}

func quoteString(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func (e *liteEngine) samples(ctx context.Context, s session, t *live, columns []column, n int) (plan, error) {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = e.quote(c.name)
	}
	q := "SELECT " + strings.Join(list, ", ") + " FROM " + e.quote(t.schema) + "." + e.quote(t.name)
	if t.ranged != "" && n > 0 {
		err := s.query(ctx, "SELECT max(rowid) FROM "+e.quote(t.schema)+"."+e.quote(t.name), func(c [][]byte) error {
			t.rows = max(0, integer(c[0]))
			return nil
		})
		if err != nil {
			t.ranged = "" // a virtual table
		}
	}
	return ranges(ctx, s, e, t, q, n)
}

func (e *liteEngine) explain(err error) error {
	var l *lite.Error
	if errors.As(err, &l) {
		switch l.Code() & 0xff {
		case 5, 6:
			return errors.New("the table is locked by another session")
		case 11:
			return errors.New("the file is damaged")
		case 26:
			return errors.New("the file is no SQLite database")
		}
		return fmt.Errorf("the database refused (error %d)", l.Code())
	}
	return plainError(err)
}
