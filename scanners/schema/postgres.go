package schema

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// A pgEngine is PostgreSQL. Passwords come from the URL, PGPASSWORD, a service
// file or .pgpass, as libpq takes them.
type pgEngine struct{ config *pgconn.Config }

func newPostgres(dsn string) (engine, error) {
	c, err := pgconn.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New("not a PostgreSQL URL") // its own words quote the URL
	}
	c.RuntimeParams["application_name"] = "ecart"
	c.RuntimeParams["default_transaction_read_only"] = "on"
	c.RuntimeParams["lock_timeout"] = strconv.FormatInt(lockWait.Milliseconds(), 10)
	return &pgEngine{c}, nil
}

func (e *pgEngine) connect(ctx context.Context) (session, error) {
	c, err := pgconn.ConnectConfig(ctx, e.config)
	if err != nil {
		return nil, err
	}
	return &pgSession{c}, nil
}

// A pgSession reads all values as the text the server writes.
type pgSession struct{ conn *pgconn.PgConn }

func (s *pgSession) query(ctx context.Context, sql string, each func([][]byte) error) error {
	if each == nil {
		return s.conn.Exec(ctx, sql).Close()
	}
	r := s.conn.ExecParams(ctx, sql, nil, nil, nil, nil)
	for r.NextRow() {
		if err := each(r.Values()); err != nil {
			_, _ = r.Close()
			return err
		}
	}
	_, err := r.Close()
	return err
}

func (s *pgSession) dead() bool { return s.conn.IsClosed() }

func (s *pgSession) close() {
	ctx, cancel := context.WithTimeout(context.Background(), lockWait)
	defer cancel()
	_ = s.conn.Close(ctx)
}

func (e *pgEngine) quote(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

func (e *pgEngine) begin() []string {
	return []string{fmt.Sprintf("BEGIN READ ONLY; SET LOCAL lock_timeout = %d; SET LOCAL statement_timeout = %d",
		lockWait.Milliseconds(), statementTime.Milliseconds())}
}

func (e *pgEngine) end() string { return "ROLLBACK" }

// pgCatalogue lists columns, asking for nothing that waits for a lock: the size
// of a table would. Partitions are read through their parent.
const pgCatalogue = `SELECT n.nspname, c.relname, c.relkind, c.reltuples::bigint,
  c.relpages,
  a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), pg_catalog.col_description(c.oid, a.attnum), a.attnotnull,
  EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p','f','u') AND a.attnum = ANY (k.conkey)),
  EXISTS (SELECT 1 FROM pg_catalog.pg_index x WHERE x.indrelid = c.oid AND x.indkey[0] = a.attnum AND x.indpred IS NULL),
  pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND (pg_catalog.has_table_privilege(c.oid, 'SELECT') OR pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')),
  pg_catalog.obj_description(c.oid, 'pg_class')
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r','p','v','m','f') AND NOT c.relispartition
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attnum`

func (e *pgEngine) tables(ctx context.Context, s session) ([]*live, error) {
	var list lister
	err := s.query(ctx, pgCatalogue, func(c [][]byte) error {
		t := list.table(string(c[0]), string(c[1]))
		t.virtual = string(c[2]) == "v"
		t.rows, t.pages = integer(c[3]), integer(c[4])
		t.comment = string(c[12])
		col := column{name: string(c[5]), comment: string(c[7]), notNull: yes(c[8]), key: yes(c[9])}
		col.typ, col.length = cutType(string(c[6]))
		if yes(c[10]) {
			t.indexed[col.name] = true
		}
		if !yes(c[11]) {
			t.refused = append(t.refused, len(t.columns))
		}
		t.columns = append(t.columns, col)
		return nil
	})
	return list.tables, err
}

// rowsAPage is how many rows a page is taken to hold in a table never analysed.
const rowsAPage = 50

// samples asks for pages of the table at random, always the same ones, so that
// two runs say the same. A small table is read from its start.
func (e *pgEngine) samples(ctx context.Context, s session, t *live, columns []column, n int) (plan, error) {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = e.quote(c.name)
	}
	q := "SELECT " + strings.Join(list, ", ") + " FROM " + e.quote(t.schema) + "." + e.quote(t.name)
	if n < 0 {
		return plan{queries: []string{q}, whole: true}, nil
	}
	start := q + " LIMIT " + strconv.Itoa(n)
	if t.rows < 0 || t.pages <= 0 {
		if err := e.measure(ctx, s, t); err != nil {
			return plan{}, err
		}
	}
	pages := t.pages
	switch {
	case t.rows >= 0 && t.rows <= int64(n) && pages < 1000:
		return plan{queries: []string{start}, whole: t.rows > 0}, nil
	case pages < 16 || t.rows <= 0:
		return plan{queries: []string{start}}, nil
	}
	// One page more than it takes, and some for pages not full.
	share := 100 * (1.2*float64(n)/float64(t.rows) + 2/float64(pages))
	if share >= 100 {
		return plan{queries: []string{start}}, nil
	}
	return plan{queries: []string{fmt.Sprintf("%s TABLESAMPLE SYSTEM (%.6f) REPEATABLE (1) LIMIT %d", q, share, n)}, start: start}, nil
}

// measure asks for the size of a table that was never analysed. A table of
// partitions has none.
func (e *pgEngine) measure(ctx context.Context, s session, t *live) error {
	q := "SELECT pg_catalog.pg_relation_size('" + strings.ReplaceAll(e.quote(t.schema)+"."+e.quote(t.name), "'", "''") + "'::regclass) / current_setting('block_size')::int"
	return s.query(ctx, q, func(c [][]byte) error {
		t.pages = max(0, integer(c[0]))
		if t.rows <= 0 {
			t.rows = t.pages * rowsAPage
		}
		return nil
	})
}

// pgReasons are the errors worth their own words; the others keep their code.
var pgReasons = map[string]string{
	"55P03": "the table is locked by another session",
	"57014": "the server stopped the query: it took too long",
	"42501": "no right to read it",
	"42P01": "the table is gone",
	"42703": "a column is gone",
	"28P01": "the password is wrong",
	"28000": "the user may not connect",
	"3D000": "there is no such database",
	"53300": "the server has no connection left",
	"57P01": "the server ended the connection",
}

func (e *pgEngine) explain(err error) error {
	var p *pgconn.PgError
	if errors.As(err, &p) {
		if r := pgReasons[p.Code]; r != "" {
			return errors.New(r)
		}
		return fmt.Errorf("the server refused (SQLSTATE %s)", p.Code)
	}
	return plainError(err)
}
