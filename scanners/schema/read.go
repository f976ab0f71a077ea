package schema

import (
	"bytes"
	"context"
	"io"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// A block is a stretch of rows of one table.
type block struct {
	offset int64 // in the decoded text
	length int
	line   int
	header []string // columns the statement names; nil for all
	copied byte     // delimiter of a COPY; 0 for INSERT
	d      dialect
	file   int  // index in the files of a database
	plain  bool // offset is one of the file
}

// A sink takes what a text holds, in order. Text is valid until the call
// returns.
type sink interface {
	// other takes text that is no row: statements and comments.
	other(text []byte, line int) error
	// rows takes a block of rows of table n.
	rows(n name, b block, text []byte, grid func(columns int) item.Grid) error
	unread(line int, reason string)
}

// A reading goes through an SQL text once, in bounded memory: rows are handed
// over as they come, declarations are applied to the catalogue.
type reading struct {
	*stream
	ctx     context.Context
	dialect dialect
	catalog *catalog
	file    string
	sink    sink
	bound   boundary
	from    int // of buf: what stands before has been handed over

	head  []byte // of the last INSERT, up to VALUES
	table name
	names []string
	start []int32 // of the rows of the block in hand, from its start
	hold  int     // how long a block gets before it is handed over
}

// read reads a whole text. The dialect is a wish: the text decides when it says
// anything.
func read(ctx context.Context, r io.Reader, wish dialect, file string, c *catalog, out sink) error {
	s := newStream(r)
	s.need(window)
	d := guess(s.buf[:min(len(s.buf), 64<<10)])
	if wish != generic {
		d = wish
	}
	x := &reading{stream: s, ctx: ctx, dialect: d, catalog: c, file: file, sink: out, hold: window}
	x.bound.dialect = d
	if listener, ok := out.(interface{ speaks(dialect) }); ok {
		listener.speaks(d)
	}
	return x.run()
}

func (x *reading) run() error {
	for {
		if err := x.ctx.Err(); err != nil {
			return err
		}
		if !x.toStatement() {
			break
		}
		if err := x.step(); err != nil {
			return err
		}
		if x.at-x.from >= window {
			if err := x.flush(); err != nil {
				return err
			}
		}
	}
	x.at = len(x.buf)
	if err := x.flush(); err != nil {
		return err
	}
	return x.err
}

// flush hands over the text up to at as no rows.
func (x *reading) flush() error {
	if x.at == 0 {
		return nil
	}
	if err := x.sink.other(x.buf[:x.at], x.line); err != nil {
		return err
	}
	x.drop(x.at)
	x.from = 0
	return nil
}

// toStatement moves to the first byte of the next statement, past blanks and
// comments. It returns false at the end.
func (x *reading) toStatement() bool {
	for x.need(4) || x.at < len(x.buf) {
		b := x.buf
		switch c := b[x.at]; {
		case isBlank(c) || c == ';':
			x.at++
		case c == '-' && x.at+1 < len(b) && b[x.at+1] == '-', c == '#' && x.dialect == mysql:
			x.at = x.lineEnd(x.at)
		case c == '/' && x.at+1 < len(b) && b[x.at+1] == '*' && !x.conditional():
			x.at = x.commentEnd()
		default:
			return true
		}
		if x.at-x.from >= window {
			return true // so that a long comment is handed over
		}
	}
	return false
}

// conditional tells whether the comment at at is one that MySQL runs.
func (x *reading) conditional() bool {
	return x.dialect == mysql && (bytes.HasPrefix(x.buf[x.at:], []byte("/*!")) || bytes.HasPrefix(x.buf[x.at:], []byte("/*M!")))
}

func (x *reading) commentEnd() int {
	for {
		if end := blockComment(x.buf, x.at, x.dialect); end > 0 {
			return end
		}
		if len(x.buf)-x.at > maxStatement || !x.more() {
			return x.lineEnd(x.at) // never closed: it is no comment
		}
	}
}

// step reads one statement.
func (x *reading) step() error {
	b := x.buf
	if b[x.at] == '\\' || b[x.at] == '@' && x.dialect == oracle || b[x.at] == ':' && x.dialect == tsql || b[x.at] == '.' {
		return x.command()
	}
	x.need(64)
	switch first := wordAt(x.buf, x.at); first {
	case "INSERT", "REPLACE":
		if x.bound.delimiter == "" {
			if ok, err := x.insert(); ok || err != nil {
				return err
			}
		}
	case "COPY":
		if ok, err := x.copyRows(); ok || err != nil {
			return err
		}
	case "DELIMITER":
		end := x.lineEnd(x.at)
		x.bound.delimiter = strings.Trim(string(x.buf[x.at+len(first):end]), " \t\r\n")
		if x.bound.delimiter == ";" {
			x.bound.delimiter = ""
		}
		x.at = end
		return nil
	case "REM", "REMARK", "PROMPT", "SPOOL", "WHENEVER", "ACCEPT", "PAUSE":
		if x.dialect == oracle || x.dialect == generic {
			return x.command()
		}
	case "GO":
		if alone(x.buf, x.at, "GO") {
			return x.command()
		}
	case "":
		if alone(x.buf, x.at, "/") {
			return x.command()
		}
	}
	return x.statement()
}

// command passes over a line that is for the client, not for the server.
// `\connect` changes the base, which dumps of all of them use.
func (x *reading) command() error {
	x.at = x.lineEnd(x.at)
	return nil
}

// statement reads a statement that is no row. When its end is not to be found
// the next statement that declares or fills a table ends it.
func (x *reading) statement() error {
	x.bound.routine = x.routine()
	x.bound.slash = x.bound.routine && x.dialect == oracle
	end := x.ending()
	if end < 0 && x.bound.routine {
		x.bound.slash, x.bound.routine = false, false
		end = x.ending()
	}
	line := x.lineAt(x.at)
	if end == broken {
		end = x.resync()
		if first := wordAt(x.buf, x.at); first == "CREATE" || first == "ALTER" || first == "INSERT" {
			x.sink.unread(line, "a quote or comment in this statement does not close")
			x.at = end
			return nil
		}
	} else if end < 0 {
		end = len(x.buf)
	}
	text := x.buf[x.at:end]
	if !x.bound.routine && len(text) <= maxStatement && declares(text, x.dialect) {
		x.declare(string(text), line)
	}
	x.at = end
	return nil
}

// declare applies a statement. What cannot be read is said, and goes on.
func (x *reading) declare(text string, line int) {
	said := map[int]bool{}
	apply(x.catalog, x.dialect, text, line, x.file, func(line int, reason string) {
		if !said[line] {
			said[line] = true
			x.sink.unread(line, reason)
		}
	})
}

// ending looks for the end of the statement, reading on as long as need be.
func (x *reading) ending() int {
	for {
		end := x.bound.end(x.buf, x.at)
		if end >= 0 {
			return end
		}
		if len(x.buf)-x.at > maxStatement || !x.more() {
			return end
		}
	}
}

// resync returns the start of the next line that begins like a statement which
// declares or fills a table.
func (x *reading) resync() int {
	for i := x.at; ; {
		n := bytes.IndexByte(x.buf[i:], '\n')
		if n < 0 {
			return len(x.buf)
		}
		if i += n + 1; starts(x.buf, i) {
			return i
		}
	}
}

// routine tells whether the statement creates something with a body of
// statements.
func (x *reading) routine() bool {
	x.need(400)
	head := unwrap(string(x.buf[x.at:min(len(x.buf), x.at+400)]))
	for i, w := range strings.Fields(strings.ToUpper(head)) {
		switch {
		case i == 0 && w != "CREATE" && w != "ALTER":
			return false
		case i > 12:
			return false
		}
		switch w {
		case "TABLE", "VIEW", "INDEX", "AS", "SEQUENCE", "DATABASE", "SCHEMA", "DOMAIN", "ROLE", "USER", "EXTENSION", "ON":
			return false
		case "FUNCTION", "PROCEDURE", "PROC", "TRIGGER", "PACKAGE", "EVENT":
			return true
		case "TYPE":
			return x.dialect == oracle
		}
	}
	return false
}

// silent are the first words of statements that declare nothing.
var silent = set(`INSERT UPDATE DELETE SELECT MERGE GRANT REVOKE LOCK UNLOCK COMMIT ROLLBACK ANALYZE VACUUM PRAGMA START CALL VALUES WITH REPLACE TRUNCATE REINDEX`)

// maxUnnamed bounds a statement that is read for declarations although its first
// word promises none.
const maxUnnamed = 1 << 20

// declaring are the words that open what declares tables.
var declaring = map[string]bool{"CREATE": true, "ALTER": true, "COMMENT": true, "RENAME": true, "DROP": true, "EXEC": true, "BEGIN": true, "DECLARE": true}

// declares tells whether a statement may hold a declaration. SQL Server's and
// Oracle's batches hold several statements.
func declares(text []byte, d dialect) bool {
	first := wordAt(text, 0)
	if len(text) > maxUnnamed && !declaring[first] {
		return false // a piece of an endless statement: its tokens would take fifty times its size
	}
	if d != tsql && d != oracle && d != generic {
		return !silent[first]
	}
	return first == "CREATE" || first == "ALTER" || !silent[first] || bytes.Contains(bytes.ToUpper(text), []byte("TABLE"))
}
