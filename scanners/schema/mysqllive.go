package schema

import (
	"context"
	"crypto/tls"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	driver "github.com/go-sql-driver/mysql"
)

// A myEngine is MySQL or MariaDB. The password comes from the URL, MYSQL_PWD or
// the [client] part of my.cnf.
type myEngine struct {
	config *driver.Config
	base   string // the only schema to read; empty for all
}

func newMySQL(dsn string, getenv func(string) string) (engine, error) {
	u, err := url.Parse(dsn)
	if err != nil || u.Host == "" {
		return nil, errors.New("not a MySQL URL: write mysql://user@host/base")
	}
	c := driver.NewConfig()
	c.User, c.Net, c.Addr = u.User.Username(), "tcp", u.Host
	if u.Port() == "" {
		c.Addr += ":3306"
	}
	if s := u.Query().Get("socket"); s != "" {
		c.Net, c.Addr = "unix", s
	}
	c.Passwd = myPassword(c, u, getenv)
	c.DBName = strings.Trim(u.Path, "/")
	c.Timeout, c.ReadTimeout = connectTime, statementTime
	c.ConnectionAttributes = "program_name:ecart"
	c.Logger = mute{}
	switch u.Query().Get("tls") {
	case "true":
		c.TLS = &tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12}
	case "skip-verify":
		c.TLSConfig = "skip-verify"
	case "preferred":
		c.TLSConfig = "preferred"
	}
	return &myEngine{config: c, base: c.DBName}, nil
}

// mute keeps the driver from writing to standard error.
type mute struct{}

func (mute) Print(...any) {}

// myPassword looks for the password where MySQL's own clients do.
func myPassword(c *driver.Config, u *url.URL, getenv func(string) string) string {
	if p, ok := u.User.Password(); ok {
		return p
	}
	if p := getenv("MYSQL_PWD"); p != "" {
		return p
	}
	for _, file := range []string{filepath.Join(getenv("HOME"), ".my.cnf"), "/etc/mysql/my.cnf", "/etc/my.cnf"} {
		if user, p := clientPart(file); p != "" && (c.User == "" || user == "" || user == c.User) {
			if c.User == "" {
				c.User = user
			}
			return p
		}
	}
	return ""
}

// clientPart reads user and password of the [client] part of an option file.
func clientPart(file string) (user, password string) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", ""
	}
	inside := false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			inside = line == "[client]"
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !inside || !ok {
			continue
		}
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		switch strings.TrimSpace(key) {
		case "user":
			user = value
		case "password":
			password = value
		}
	}
	return user, password
}

func (e *myEngine) connect(ctx context.Context) (session, error) {
	connector, err := driver.NewConnector(e.config)
	if err != nil {
		return nil, err
	}
	s, err := openSQL(ctx, sql.OpenDB(connector))
	if err != nil {
		return nil, err
	}
	wait := strconv.Itoa(int(lockWait.Seconds()))
	for _, q := range []string{
		"SET SESSION lock_wait_timeout = " + wait,
		"SET SESSION innodb_lock_wait_timeout = " + wait,
		"SET SESSION TRANSACTION READ ONLY",
		// The first is MySQL's, the second MariaDB's: the other is refused.
		fmt.Sprintf("SET SESSION max_execution_time = %d", statementTime.Milliseconds()),
		fmt.Sprintf("SET SESSION max_statement_time = %d", int(statementTime.Seconds())),
	} {
		if err := s.query(ctx, q, nil); err != nil && s.dead() {
			s.close()
			return nil, err
		}
	}
	return s, nil
}

func (e *myEngine) quote(name string) string {
	return "`" + strings.ReplaceAll(name, "`", "``") + "`"
}

func (e *myEngine) begin() []string { return []string{"START TRANSACTION READ ONLY"} }
func (e *myEngine) end() string     { return "ROLLBACK" }

const myCatalogue = `SELECT c.table_schema, c.table_name, t.table_type, t.table_rows, 0,
  c.column_name, c.column_type, c.column_comment, c.is_nullable, c.column_key, t.table_comment, c.extra, c.privileges
FROM information_schema.columns c
JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
WHERE %s ORDER BY BINARY c.table_schema, BINARY c.table_name, c.ordinal_position`

func (e *myEngine) tables(ctx context.Context, s session) ([]*live, error) {
	where := "c.table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')"
	if e.base != "" {
		where = "c.table_schema = '" + strings.ReplaceAll(strings.ReplaceAll(e.base, `\`, `\\`), "'", "''") + "'"
	}
	var list lister
	err := s.query(ctx, fmt.Sprintf(myCatalogue, where), func(c [][]byte) error {
		t := list.table(string(c[0]), string(c[1]))
		t.virtual = strings.HasSuffix(string(c[2]), "VIEW")
		t.rows = integer(c[3])
		col := column{name: string(c[5]), comment: string(c[7]), notNull: string(c[8]) == "NO", key: len(c[9]) > 0 && string(c[9]) != "MUL"}
		p := &parse{src: string(c[6]), dialect: mysql, tokens: lex(string(c[6]), mysql)}
		col.typ, col.length = p.columnType()
		if string(c[9]) == "PRI" && strings.Contains(col.typ, "int") && t.ranged == "" {
			t.ranged = col.name
		}
		if len(c[9]) > 0 {
			t.indexed[col.name] = true
		}
		if !strings.Contains(strings.ToLower(string(c[12])), "select") {
			t.refused = append(t.refused, len(t.columns))
		}
		t.columns = append(t.columns, col)
		return nil
	})
	return list.tables, err
}

func (e *myEngine) samples(ctx context.Context, s session, t *live, columns []column, n int) (plan, error) {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = e.quote(c.name)
	}
	q := "SELECT " + strings.Join(list, ", ") + " FROM " + e.quote(t.schema) + "." + e.quote(t.name)
	return ranges(ctx, s, e, t, q, n)
}

// stretches is the number of places of a table where rows are read.
const stretches = 20

// ranges spreads a sample over the values of a whole-number key; without such a
// key, the rows are the first ones. The estimate of rows may be far off, so a
// table that may be small is asked for from its start.
func ranges(ctx context.Context, s session, e engine, t *live, q string, n int) (plan, error) {
	if n < 0 {
		return plan{queries: []string{q}, whole: true}, nil
	}
	first := plan{queries: []string{fmt.Sprintf("%s LIMIT %d", q, n)}}
	if t.rows >= 0 && t.rows <= int64(n)/2 {
		first.whole = true
		return first, nil
	}
	if t.ranged == "" || t.rows >= 0 && t.rows <= int64(2*n) {
		return first, nil
	}
	low, high, err := bounds(ctx, s, e, t)
	if err != nil || high-low < int64(n) {
		return first, err
	}
	key := e.quote(t.ranged)
	step, each := (high-low)/stretches, max(1, n/stretches)
	queries := make([]string, 0, stretches)
	for i := int64(0); i < stretches; i++ {
		start := low + i*step
		end := fmt.Sprintf("AND %s < %d ", key, start+step)
		if i == stretches-1 {
			end = ""
		}
		queries = append(queries, fmt.Sprintf("%s WHERE %s >= %d %sORDER BY %s LIMIT %d", q, key, start, end, key, each))
	}
	return plan{queries: queries, start: first.queries[0]}, nil
}

// bounds returns the least and the greatest value of the key that spreads a sample;
// nothing is told between numbers that are not known.
func bounds(ctx context.Context, s session, e engine, t *live) (low, high int64, err error) {
	key, from := e.quote(t.ranged), e.quote(t.name)
	if t.schema != "" {
		from = e.quote(t.schema) + "." + from
	}
	err = s.query(ctx, fmt.Sprintf("SELECT min(%s), max(%s) FROM %s", key, key, from), func(c [][]byte) error {
		low, high = integer(c[0]), integer(c[1])
		return nil
	})
	return low, high, err
}

// myReasons are the errors worth their own words; the others keep their number.
var myReasons = map[uint16]string{
	1205: "the table is locked by another session",
	3024: "the server stopped the query: it took too long",
	1969: "the server stopped the query: it took too long",
	1142: "no right to read it",
	1143: "no right to read one of its columns",
	1356: "the view refers to something that is gone",
	1146: "the table is gone",
	1054: "a column is gone",
	1045: "the password is wrong",
	1044: "the user may not use this database",
	1049: "there is no such database",
	1040: "the server has no connection left",
}

func (e *myEngine) explain(err error) error {
	var m *driver.MySQLError
	if errors.As(err, &m) {
		if r := myReasons[m.Number]; r != "" {
			return errors.New(r)
		}
		return fmt.Errorf("the server refused (error %d)", m.Number)
	}
	return plainError(err)
}
