package schema

import (
	"bytes"
	"strings"

	"github.com/DataDog/go-sqllexer"
)

// A dialect says how a text quotes, escapes and ends its statements.
type dialect uint8

const (
	generic dialect = iota
	mysql
	postgres
	sqlite
	tsql
	oracle
)

func (d dialect) String() string {
	return [...]string{"sql", "mysql", "postgresql", "sqlite", "tsql", "oracle"}[d]
}

// lexer names the dialect as go-sqllexer does. SQLite and texts of no known
// dialect are read as SQL Server, whose names in brackets and strings without
// backslashes they share.
func (d dialect) lexer() sqllexer.DBMSType {
	return [...]sqllexer.DBMSType{sqllexer.DBMSSQLServer, sqllexer.DBMSMySQL, sqllexer.DBMSPostgres, sqllexer.DBMSSQLServer, sqllexer.DBMSSQLServer, sqllexer.DBMSOracle}[d]
}

// backslash tells whether \' stands for a quote inside a string.
func (d dialect) backslash() bool { return d == mysql }

// brackets tells whether [x] is a name. In PostgreSQL it is an array.
func (d dialect) brackets() bool { return d == tsql || d == sqlite || d == generic }

// schema is where a table lives that names no schema.
func (d dialect) schema() string {
	return [...]string{"public", "", "public", "main", "dbo", ""}[d]
}

// A clue is a piece of text that speaks for a dialect, and how loud.
type clue struct {
	text   string // lower case
	says   dialect
	weight int
}

// clues in the order of the dialects they speak for. The words come from what
// the engines' own tools write at the head of a dump, and from types and
// options that no other engine knows.
var clues = []clue{
	{"-- mysql dump", mysql, 50},
	{"-- mariadb dump", mysql, 50},
	{"mariadb-dump", mysql, 20},
	{"phpmyadmin", mysql, 20},
	{"/*!4", mysql, 10},
	{"engine=", mysql, 8},
	{"engine =", mysql, 8},
	{"auto_increment", mysql, 8},
	{"default charset", mysql, 5},
	{"unsigned", mysql, 3},
	{"`", mysql, 1},
	{"\ndelimiter ", mysql, 10},
	{"postgresql database dump", postgres, 50},
	{"set client_encoding", postgres, 20},
	{"pg_catalog", postgres, 10},
	{" from stdin;", postgres, 20},
	{"character varying", postgres, 5},
	{"plpgsql", postgres, 10},
	{"::", postgres, 3},
	{"$$", postgres, 5},
	{"alter table only", postgres, 10},
	{"bigserial", postgres, 5},
	{" serial", postgres, 3},
	{"timestamptz", postgres, 4},
	{"jsonb", postgres, 4},
	{"bytea", postgres, 4},
	{"text[]", postgres, 4},
	{"comment on column", postgres, 2},
	{"comment on column", oracle, 2},
	{"pragma ", sqlite, 10},
	{"autoincrement", sqlite, 6},
	{"sqlite_sequence", sqlite, 20},
	{"without rowid", sqlite, 10},
	{"begin transaction;", sqlite, 2},
	{"\ngo\n", tsql, 10},
	{"\ngo\r\n", tsql, 10},
	{"[dbo]", tsql, 10},
	{"dbo.", tsql, 4},
	{"nvarchar(max)", tsql, 5},
	{"[nvarchar]", tsql, 5},
	{"nvarchar", tsql, 1},
	{"uniqueidentifier", tsql, 5},
	{"identity(1,1)", tsql, 5},
	{"identity (1,1)", tsql, 5},
	{"sp_addextendedproperty", tsql, 10},
	{"set quoted_identifier", tsql, 10},
	{"datetime2", tsql, 4},
	{"clustered", tsql, 3},
	{"(n'", tsql, 1}, // not n' alone: it ends 'Yann'
	{",n'", tsql, 1},
	{" n'", tsql, 1},
	{"varchar2", oracle, 8},
	{" number(", oracle, 5},
	{" number,", oracle, 5},
	{"sysdate", oracle, 4},
	{"\n/\n", oracle, 4},
	{"\nrem ", oracle, 6},
	{"\nprompt ", oracle, 6},
	{"tablespace", oracle, 2},
	{" enable,", oracle, 3},
}

// guess tells the dialect of a text from its first bytes: the loudest wins, the
// first of equals.
func guess(head []byte) dialect {
	low := bytes.ToLower(head)
	var score [oracle + 1]int
	for _, c := range clues {
		if n := bytes.Count(low, []byte(c.text)); n > 0 {
			score[c.says] += c.weight * min(n, 20)
		}
	}
	best := generic
	for d := mysql; d <= oracle; d++ {
		if score[d] > score[best] {
			best = d
		}
	}
	if best == mysql && score[mysql] < 10 && score[sqlite] >= 6 {
		return sqlite
	}
	return best
}

// byPath names the dialect a path speaks of: `schema/mysql/1.sql`, `install.pgsql`.
func byPath(path string) dialect {
	path = strings.ToLower(path)
	for _, c := range []struct {
		word string
		says dialect
	}{
		{"mysql", mysql},
		{"mariadb", mysql},
		{"postgres", postgres},
		{"pgsql", postgres},
		{"sqlite", sqlite},
		{"mssql", tsql},
		{"sqlserver", tsql},
		{"oracle", oracle},
	} {
		if strings.Contains(path, c.word) {
			return c.says
		}
	}
	return generic
}
