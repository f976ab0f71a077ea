package schema

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"

	mssql "github.com/microsoft/go-mssqldb"
)

// A msEngine is SQL Server. It has no read-only transaction: the connection asks
// for a read-only replica, and the account must have no more than SELECT.
type msEngine struct{ dsn string }

func newSQLServer(dsn string, getenv func(string) string) (engine, error) {
	u, err := url.Parse(dsn)
	if err != nil || u.Host == "" {
		return nil, errors.New("not an SQL Server URL: write sqlserver://user@host?database=base")
	}
	u.Scheme = "sqlserver"
	if _, set := u.User.Password(); !set && getenv("SQLCMDPASSWORD") != "" {
		u.User = url.UserPassword(u.User.Username(), getenv("SQLCMDPASSWORD"))
	}
	q := u.Query()
	q.Set("app name", "ecart")
	q.Set("ApplicationIntent", "ReadOnly")
	q.Set("dial timeout", fmt.Sprint(int(connectTime.Seconds())))
	u.RawQuery = q.Encode()
	return &msEngine{u.String()}, nil
}

func (e *msEngine) connect(ctx context.Context) (session, error) {
	c, err := mssql.NewConnector(e.dsn)
	if err != nil {
		return nil, err
	}
	s, err := openSQL(ctx, sql.OpenDB(c))
	if err != nil {
		return nil, err
	}
	if err := s.query(ctx, fmt.Sprintf("SET LOCK_TIMEOUT %d", lockWait.Milliseconds()), nil); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (e *msEngine) quote(name string) string {
	return "[" + strings.ReplaceAll(name, "]", "]]") + "]"
}

func (e *msEngine) begin() []string { return []string{"BEGIN TRANSACTION"} }
func (e *msEngine) end() string     { return "ROLLBACK TRANSACTION" }

const msCatalogue = `SELECT s.name, o.name, o.type,
  (SELECT COALESCE(SUM(p.rows), 0) FROM sys.partitions p WHERE p.object_id = o.object_id AND p.index_id IN (0, 1)),
  c.name, t.name, c.max_length, CAST(x.value AS nvarchar(4000)), c.is_nullable,
  CASE WHEN EXISTS (SELECT 1 FROM sys.index_columns i JOIN sys.indexes k ON k.object_id = i.object_id AND k.index_id = i.index_id
    WHERE i.object_id = o.object_id AND i.column_id = c.column_id AND k.is_unique = 1) THEN 1 ELSE 0 END,
  CASE WHEN EXISTS (SELECT 1 FROM sys.index_columns i WHERE i.object_id = o.object_id AND i.column_id = c.column_id AND i.key_ordinal = 1) THEN 1 ELSE 0 END,
  COALESCE(HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT', 'SELECT', c.name, 'COLUMN'), 0)
FROM sys.objects o
JOIN sys.schemas s ON s.schema_id = o.schema_id
JOIN sys.columns c ON c.object_id = o.object_id
JOIN sys.types t ON t.user_type_id = c.user_type_id
LEFT JOIN sys.extended_properties x ON x.class = 1 AND x.major_id = o.object_id AND x.minor_id = c.column_id AND x.name = 'MS_Description'
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0
ORDER BY s.name, o.name, c.column_id`

func (e *msEngine) tables(ctx context.Context, s session) ([]*live, error) {
	var list lister
	err := s.query(ctx, msCatalogue, func(c [][]byte) error {
		t := list.table(string(c[0]), string(c[1]))
		t.virtual = strings.TrimSpace(string(c[2])) == "V"
		t.rows = integer(c[3])
		col := column{name: string(c[4]), typ: strings.ToLower(string(c[5])), comment: string(c[7]), notNull: !truth(c[8]), key: truth(c[9])}
		if n := integer(c[6]); n > 0 && counts([]string{col.typ}) {
			col.length = int(n)
			if strings.HasPrefix(col.typ, "n") {
				col.length /= 2
			}
		}
		if truth(c[10]) {
			t.indexed[col.name] = true
		}
		if !truth(c[11]) {
			t.refused = append(t.refused, len(t.columns))
		}
		t.columns = append(t.columns, col)
		return nil
	})
	return list.tables, err
}

func truth(b []byte) bool { return string(b) == "1" || string(b) == "true" }

func (e *msEngine) samples(_ context.Context, _ session, t *live, columns []column, n int) (plan, error) {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = e.quote(c.name)
		if c.typ == "hierarchyid" || c.typ == "geography" || c.typ == "geometry" {
			list[i] += ".ToString()"
		}
	}
	rows := strings.Join(list, ", ") + " FROM " + e.quote(t.schema) + "." + e.quote(t.name)
	start := fmt.Sprintf("SELECT TOP (%d) %s", n, rows)
	switch {
	case n < 0:
		return plan{queries: []string{"SELECT " + rows}, whole: true}, nil
	case t.rows <= int64(4*n):
		return plan{queries: []string{start}, whole: t.rows <= int64(n)}, nil
	}
	return plan{queries: []string{fmt.Sprintf("%s TABLESAMPLE SYSTEM (%d ROWS) REPEATABLE (1)", start, 2*n)}, start: start}, nil
}

// msReasons are the errors worth their own words; the others keep their number.
var msReasons = map[int32]string{
	1222:  "the table is locked by another session",
	208:   "the table is gone",
	207:   "a column is gone",
	229:   "no right to read it",
	230:   "no right to read one of its columns",
	4060:  "there is no such database",
	18456: "the password is wrong",
}

func (e *msEngine) explain(err error) error {
	var m mssql.Error
	if errors.As(err, &m) {
		if r := msReasons[m.Number]; r != "" {
			return errors.New(r)
		}
		return fmt.Errorf("the server refused (error %d)", m.Number)
	}
	return plainError(err)
}
