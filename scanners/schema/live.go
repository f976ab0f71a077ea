package schema

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// Options of the reading of a live database.
type Options struct {
	Sample           int  // rows of each table, spread over it; 0 is 1,000, -1 none
	Full             bool // all rows
	MaxRowsPerSecond int  // 0 for no limit
	// Formats read the documents kept in columns of bytes; nil leaves them.
	Formats []document.Format
	// Getenv returns settings of the environment; nil is an empty one.
	Getenv func(string) string
}

// Limits of a session. A server that others work on must not wait for us.
const (
	defaultSample = 1000
	lockWait      = 2 * time.Second
	statementTime = 5 * time.Minute
	connectTime   = 15 * time.Second
)

// A Database is a live database: its items are tables. It is a scanners.Source.
//
// It reads through one connection that calls itself ecart, one read-only
// transaction a table. Tables are read in turn, whatever the number of workers of
// this process; others may read other tables (shared.go).
type Database struct {
	engine  engine
	options Options
	about   string // the DSN without secrets

	mu      sync.Mutex
	session session
	open    int              // items not yet read
	ended   bool             // the walk is over
	known   map[string]*live // tables by title, where they are asked for by name
}

// An engine is one kind of database server.
type engine interface {
	// connect opens a session in which nothing can be written.
	connect(ctx context.Context) (session, error)
	// tables returns all tables and views with their columns, by name.
	tables(ctx context.Context, s session) ([]*live, error)
	// samples plans the reading of up to n rows of t, spread over it; n < 0 asks for
	// all.
	samples(ctx context.Context, s session, t *live, columns []column, n int) (plan, error)
	// quote writes a name.
	quote(name string) string
	// explain says what an error of the server was, without its words: they may
	// quote values.
	explain(err error) error
	// begin and end are the statements around the reading of a table.
	begin() []string
	end() string
}

// A plan is how the rows of a table are read.
type plan struct {
	queries []string
	whole   bool   // they read all rows, as far as the server's estimate is right
	start   string // reads from the start, where a sample of places may meet no row
}

// A session is a connection.
type session interface {
	// query runs one statement and hands over its rows as text; a nil cell is
	// NULL. Cells are valid until each returns.
	query(ctx context.Context, sql string, each func(cells [][]byte) error) error
	// dead tells whether the connection is gone.
	dead() bool
	close()
}

// A live is a table of a live database.
type live struct {
	table
	rows    int64 // estimate; -1 unknown
	pages   int64 // on disk; 0 unknown
	refused []int // indexes of columns that may not be read
	virtual bool  // a view: its rows are those of its tables
	ranged  string
	indexed map[string]bool // columns that begin an index
}

// Open returns the database of a URL: postgres://, mysql://, mariadb://,
// sqlserver:// or sqlite:file. It does not connect yet. Errors and messages
// never hold the password.
func Open(dsn string, o Options) (*Database, error) {
	if o.Getenv == nil {
		o.Getenv = func(string) string { return "" }
	}
	if o.Sample == 0 {
		o.Sample = defaultSample
	}
	e, err := engineOf(dsn, o)
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", Redact(dsn), err)
	}
	return &Database{engine: e, options: o, about: Redact(dsn)}, nil
}

func engineOf(dsn string, o Options) (engine, error) {
	scheme, _, _ := strings.Cut(dsn, ":")
	switch strings.ToLower(scheme) {
	case "postgres", "postgresql":
		return newPostgres(dsn)
	case "mysql", "mariadb":
		return newMySQL(dsn, o.Getenv)
	case "sqlite", "sqlite3":
		return newSQLite(dsn)
	case "sqlserver", "mssql":
		return newSQLServer(dsn, o.Getenv)
	}
	return nil, errors.New("unknown kind of database: use postgres://, mysql://, sqlserver:// or sqlite:FILE")
}

// Redact returns a DSN fit to be shown: without password, and without
// parameters, which may hold one.
func Redact(dsn string) string {
	scheme, rest, ok := strings.Cut(dsn, ":")
	if !ok || strings.ContainsAny(scheme, " =@/") {
		return "(not a database URL)"
	}
	if !strings.HasPrefix(rest, "//") {
		rest, _, _ = strings.Cut(rest, "?")
		return scheme + ":" + rest
	}
	host := strings.TrimPrefix(rest, "//")
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		host = host[i+1:]
	}
	if i := strings.IndexAny(host, "?#"); i >= 0 {
		host = host[:i]
	}
	return scheme + "://" + host
}

// Items yields the tables by name. A connection that cannot be made ends the
// walk; what one table refuses is said of that table.
func (d *Database) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		tables, err := d.catalogue(ctx)
		if err != nil {
			yield(item.Item{}, fmt.Errorf("database %s: %w", d.about, err))
			return
		}
		defer d.finish()
		if _, file := d.engine.(*liteEngine); len(tables) == 0 && !file {
			yield(item.Item{}, fmt.Errorf("database %s: no table is to be seen: there is none, or its user has no right to any", d.about))
			return
		}
		for _, t := range tables {
			d.mu.Lock()
			d.open++
			d.mu.Unlock()
			if !yield(d.item(ctx, t), nil) {
				return
			}
		}
	}
}

// catalogue connects and lists the tables.
func (d *Database) catalogue(ctx context.Context) ([]*live, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.connect(ctx); err != nil {
		return nil, err
	}
	tables, err := d.engine.tables(ctx, d.session)
	if err != nil {
		return nil, d.engine.explain(err)
	}
	return tables, nil
}

// connect makes sure that there is a session.
func (d *Database) connect(ctx context.Context) error {
	if d.session != nil && !d.session.dead() {
		return nil
	}
	if d.session != nil {
		d.session.close()
		d.session = nil
	}
	short, cancel := context.WithTimeout(ctx, connectTime)
	defer cancel()
	s, err := d.engine.connect(short)
	if err != nil {
		return fmt.Errorf("cannot connect: %w", d.engine.explain(err))
	}
	d.session = s
	return nil
}

// finish closes the session when the last item has been read.
func (d *Database) finish() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ended = true
	d.release()
}

func (d *Database) release() {
	if d.ended && d.open == 0 && d.session != nil {
		d.session.close()
		d.session = nil
	}
}

// item is one table: its columns first, so that a table whose rows cannot be
// read is judged by its names.
func (d *Database) item(ctx context.Context, t *live) item.Item {
	at := item.Location{Path: place(t.title())}
	return item.Item{At: at, Ref: t.title(), Size: d.size(t), Segments: func(yield func(*item.Segment) error) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		defer func() { d.open--; d.release() }()
		return d.read(ctx, t, yield)
	}}
}

// read hands over a table.
func (d *Database) read(ctx context.Context, t *live, yield func(*item.Segment) error) error {
	if len(t.columns) > 0 {
		if err := yield(&item.Segment{At: item.Location{Path: place(t.title())}, Kind: item.Declare, Columns: t.items()}); err != nil {
			return err
		}
	}
	if t.virtual || d.options.Sample < 0 && !d.options.Full || len(t.columns) == 0 {
		return nil
	}
	return d.readTable(ctx, t, yield)
}

// place writes a name as part of a path: what would break a line or a report is
// written %XX.
func place(title string) string {
	if strings.IndexFunc(title, unicode.IsControl) < 0 && utf8.ValidString(title) {
		return title
	}
	var b strings.Builder
	for i := 0; i < len(title); {
		r, n := utf8.DecodeRuneInString(title[i:])
		if r == utf8.RuneError && n == 1 || unicode.IsControl(r) {
			for _, c := range []byte(title[i : i+n]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		} else {
			b.WriteString(title[i : i+n])
		}
		i += n
	}
	return b.String()
}

// errYield marks an error that is the receiver's, not the database's.
type errYield struct{ error }

// readTable reads rows of a table within one read-only transaction.
func (d *Database) readTable(ctx context.Context, t *live, yield func(*item.Segment) error) error {
	columns := t.readable()
	if len(columns) == 0 {
		return errors.New("no right to read the rows: judged by its names alone")
	}
	if err := d.beginTable(ctx); err != nil {
		return fmt.Errorf("rows not read: %w", err)
	}
	err := d.readRows(ctx, t, columns, yield)
	if !d.session.dead() {
		if end := d.session.query(ctx, d.engine.end(), nil); err == nil {
			err = end
		}
	}
	var own errYield
	switch {
	case errors.As(err, &own):
		return own.error
	case errors.Is(err, errNoRows):
		return err
	case err != nil:
		return fmt.Errorf("rows not read: %w", d.engine.explain(err))
	case len(t.refused) > 0:
		return fmt.Errorf("no right to read %d of its %d columns: judged by their names alone", len(t.refused), len(t.columns))
	}
	return nil
}

// beginTable opens a transaction. A connection dropped since the last table is
// made anew, once.
func (d *Database) beginTable(ctx context.Context) error {
	var err error
	for range 2 {
		if err := d.connect(ctx); err != nil {
			return err
		}
		for _, sql := range d.engine.begin() {
			if err = d.session.query(ctx, sql, nil); err != nil {
				break
			}
		}
		if err == nil || !d.session.dead() {
			break
		}
	}
	return d.engine.explain(err)
}

// readable returns the columns whose rows may be read.
func (t *live) readable() []column {
	var columns []column
	for i, c := range t.columns {
		refused := false
		for _, r := range t.refused {
			refused = refused || r == i
		}
		if !refused {
			columns = append(columns, c)
		}
	}
	return columns
}

// errNoRows is told of a table that is full by the server's account and empty by ours.
var errNoRows = errors.New("no row was seen where the statistics of the server count some: they are old, or rows are hidden from this user")

// readRows runs the queries of the sample and hands over their rows.
func (d *Database) readRows(ctx context.Context, t *live, columns []column, yield func(*item.Segment) error) error {
	n := d.options.Sample
	if d.options.Full {
		n = -1
	}
	counted := t.rows // a plan may guess it where the server does not know
	p, err := d.engine.samples(ctx, d.session, t, columns, n)
	if err != nil {
		return err
	}
	s := newSampler(ctx, d, t, columns, yield)
	if err := d.ask(ctx, s, p.queries, n); err != nil {
		return err
	}
	if s.rows == 0 && p.start != "" { // the places chosen were empty: the table need not be
		if err := d.ask(ctx, s, []string{p.start}, n); err != nil {
			return err
		}
	}
	whole := p.whole && (n < 0 || s.rows < n)
	s.sampled = !whole
	if err := s.flush(); err != nil {
		return err
	}
	if s.rows == 0 && n != 0 && counted > 0 && !t.virtual {
		return errNoRows
	}
	return d.dates(ctx, t, columns, whole, s)
}

// ask hands the rows of queries over, up to n of them; all when n < 0.
func (d *Database) ask(ctx context.Context, s *sampler, queries []string, n int) error {
	for _, q := range queries {
		err := d.session.query(ctx, q, func(cells [][]byte) error {
			if n >= 0 && s.rows >= n {
				return nil
			}
			return s.row(cells)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
