package schema

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// A column is what statements said about one column so far.
type column struct {
	name    string
	typ     string // lower case, without length
	length  int
	comment string
	line    int
	key     bool
	notNull bool
	file    string // when another than its table's
}

// A table is what statements said about one table or view so far.
type table struct {
	schema  string // as written or set by USE; empty when nothing said it
	name    string
	columns []column
	comment string
	line    int
	file    string // that declares it
	view    bool
	partial bool // only ALTER was seen: there may be more columns
	readBy  string

	blocks []block // where its rows are, for a database made of files
}

// title returns `schema.table`, or the table alone when its schema is unknown.
func (t *table) title() string {
	if t.schema == "" {
		return t.name
	}
	return t.schema + "." + t.name
}

// find returns the index of a column, or -1. No engine lets two columns differ
// by case alone in practice.
func (t *table) find(name string) int {
	for i := range t.columns {
		if strings.EqualFold(t.columns[i].name, name) {
			return i
		}
	}
	return -1
}

// put adds a column, or changes the one of that name.
func (t *table) put(c column) {
	i := t.find(c.name)
	if i < 0 {
		t.columns = append(t.columns, c)
		return
	}
	if c.comment == "" {
		c.comment = t.columns[i].comment
	}
	c.key = c.key || t.columns[i].key
	t.columns[i] = c
}

func (t *table) drop(name string) {
	if i := t.find(name); i >= 0 {
		t.columns = append(t.columns[:i:i], t.columns[i+1:]...)
	}
}

// setKey marks columns as key, as a constraint or index says.
func (t *table) setKey(names []string) {
	for _, n := range names {
		if i := t.find(n); i >= 0 {
			t.columns[i].key = true
		}
	}
}

// header returns the names of the columns.
func (t *table) header() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return names
}

// items returns the columns as other stages know them.
func (t *table) items() []item.Column {
	names := t.header()
	columns := make([]item.Column, len(t.columns))
	for i, c := range t.columns {
		columns[i] = item.Column{
			Container: t.title(), Name: c.name, Type: c.typ, Length: c.length, Comment: c.comment,
			Neighbours: neighbours(names, i), Line: c.line, Key: c.key,
		}
	}
	return columns
}

// maxNeighbours bounds what a column of a very wide table carries.
const maxNeighbours = 64

// neighbours returns the names beside names[i], the nearest when there are many.
func neighbours(names []string, i int) []string {
	from, to := 0, len(names)
	if to > maxNeighbours+1 {
		from = max(0, min(i-maxNeighbours/2, to-maxNeighbours-1))
		to = from + maxNeighbours + 1
	}
	beside := make([]string, 0, to-from-1)
	beside = append(beside, names[from:i]...)
	return append(beside, names[i+1:to]...)
}

// A catalog is the state of a schema after the statements read so far.
type catalog struct {
	tables []*table // in order of creation
	byName map[string]*table
	schema string // set by USE, SET search_path and their kin
}

func newCatalog() *catalog { return &catalog{byName: map[string]*table{}} }

// A name is a table as a statement calls it.
type name struct{ schema, table string }

func (n name) key() string { return strings.ToLower(n.schema + "." + n.table) }

// in gives n the current schema when it has none.
func (c *catalog) in(n name) name {
	if n.schema == "" {
		n.schema = c.schema
	}
	return n
}

// get returns the table n, or nil. A table whose schema one statement says and
// another leaves out is the same when no other has its name.
func (c *catalog) get(n name) *table {
	if t := c.byName[c.in(n).key()]; t != nil {
		return t
	}
	var only *table
	for _, t := range c.tables {
		if !strings.EqualFold(t.name, n.table) || n.schema != "" && t.schema != "" {
			continue
		}
		if only != nil {
			return nil
		}
		only = t
	}
	return only
}

// add puts a new table in the catalogue, in the place of an old one of its name.
func (c *catalog) add(n name, line int) *table {
	n = c.in(n)
	t := &table{schema: n.schema, name: n.table, line: line}
	if old := c.byName[n.key()]; old != nil {
		t.blocks = old.blocks
		*old = *t
		return old
	}
	c.tables = append(c.tables, t)
	c.byName[n.key()] = t
	return t
}

// altered returns the table n, made up when no statement created it: a
// migration speaks of tables that another file declares.
func (c *catalog) altered(n name, line int) *table {
	if t := c.get(n); t != nil {
		return t
	}
	t := c.add(n, line)
	t.partial = true
	return t
}

func (c *catalog) remove(n name) {
	t := c.get(n)
	if t == nil {
		return
	}
	delete(c.byName, name{t.schema, t.name}.key())
	for i, x := range c.tables {
		if x == t {
			c.tables = append(c.tables[:i:i], c.tables[i+1:]...)
			return
		}
	}
}

// rename moves a table; to without a schema stays in its own.
func (c *catalog) rename(from, to name, line int) {
	t := c.altered(from, line)
	delete(c.byName, name{t.schema, t.name}.key())
	if to.schema != "" {
		t.schema = to.schema
	}
	if to.table != "" {
		t.name = to.table
	}
	key := name{t.schema, t.name}.key()
	if old := c.byName[key]; old != nil && old != t {
		// Rows met before their table was declared stay its rows.
		t.blocks = append(old.blocks[:len(old.blocks):len(old.blocks)], t.blocks...)
		c.remove(name{old.schema, old.name})
	}
	c.byName[key] = t
}

// copyColumns declares the columns of from in to again, where to has none of
// that name: LIKE, INHERITS, PARTITION OF.
func copyColumns(to, from *table) {
	if from == nil {
		return
	}
	for _, c := range from.columns {
		if to.find(c.name) < 0 {
			to.columns = append(to.columns, c)
		}
	}
}
