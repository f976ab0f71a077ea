package schema

import "strings"

// create reads CREATE and tells whether it declared anything.
func (p *parse) create() bool {
	first := p.next().start
	if p.word("OR", "REPLACE") || p.word("OR", "ALTER") {
		_ = 0 // says nothing of what is created
	}
	for p.oneOf("TEMPORARY", "TEMP", "GLOBAL", "LOCAL", "UNLOGGED", "FOREIGN", "EXTERNAL", "VIRTUAL", "PRIVATE", "COLUMN", "ROW", "MATERIALIZED", "RECURSIVE", "FORCE", "NOFORCE", "EDITIONABLE", "NONEDITIONABLE", "SECURE", "TRANSIENT", "IMMUTABLE", "SHARDED", "DUPLICATED", "SNAPSHOT") {
		continue
	}
	p.viewOptions()
	line := p.lineAt(p.peek().start)
	switch {
	case p.oneOf("TABLE"):
		return p.createTable(first, line)
	case p.oneOf("VIEW"):
		return p.createView(line)
	case p.oneOf("DATABASE"):
		return p.createDatabase()
	case p.oneOf("UNIQUE"):
		p.oneOf("CLUSTERED", "NONCLUSTERED")
		return p.word("INDEX") && p.uniqueIndex()
	}
	return false
}

// viewOptions passes over what MySQL writes between CREATE and VIEW:
// ALGORITHM=…, DEFINER=`a`@`b`, SQL SECURITY ….
func (p *parse) viewOptions() {
	for {
		switch {
		case p.word("ALGORITHM"):
			p.punct("=")
			p.next()
		case p.word("DEFINER"):
			p.punct("=")
			p.next()
			for t := p.peek(); strings.HasPrefix(t.raw, "@"); t = p.peek() {
				p.i++
				if t.raw == "@" {
					p.next()
				}
			}
		case p.word("SQL", "SECURITY"):
			p.next()
		default:
			return
		}
	}
}

// createDatabase makes a new database the place of what follows, as dumps mean
// it; in PostgreSQL and SQL Server a database is no schema.
func (p *parse) createDatabase() bool {
	p.word("IF", "NOT", "EXISTS")
	n, ok := p.part()
	if ok && (p.dialect == mysql || p.dialect == generic) {
		p.catalog.schema = n
	}
	return ok
}

// uniqueIndex reads `CREATE UNIQUE INDEX i ON t (a, b)`.
func (p *parse) uniqueIndex() bool {
	for !p.done() && !p.word("ON") {
		p.next()
	}
	p.word("ONLY")
	n, ok := p.name()
	if !ok {
		return false
	}
	if p.word("USING") {
		p.next()
	}
	t := p.catalog.get(n)
	if t == nil || !p.peek().is("(") {
		return true
	}
	group, _ := p.group()
	t.setKey(names(group))
	return true
}

// createTable reads a table. What stands after its name decides: columns, a
// query, another table.
func (p *parse) createTable(first, line int) bool {
	fresh := p.word("IF", "NOT", "EXISTS")
	n, ok := p.name()
	if !ok {
		return false
	}
	draft := &table{name: n.table, line: line, file: p.file}
	switch {
	case p.word("PARTITION", "OF"):
		p.like(draft)
		if p.peek().is("(") {
			p.skipParens()
		}
	case p.word("OF"), p.word("LIKE"):
		p.like(draft)
	case p.peek().is("("):
		if !p.tableItems(draft) {
			return true
		}
	case p.word("AS"):
		p.query(draft)
	case p.word("USING"):
		p.next()
		if p.peek().is("(") {
			p.tableItems(draft)
		}
	default:
		return false
	}
	p.tableOptions(draft)
	if p.dialect == mysql || p.dialect == generic || p.dialect == sqlite {
		draft.confirm(p.src[first:p.stop()])
	}
	if len(draft.columns) == 0 {
		draft.partial = true // a query or a table we do not know
	}
	if old := p.catalog.get(n); fresh && old != nil && len(old.columns) > 0 && !old.partial {
		return true
	}
	t := p.catalog.add(n, line)
	draft.schema, draft.name, draft.blocks = t.schema, t.name, t.blocks
	*t = *draft
	return true
}

// stop returns where the statement read so far ends.
func (p *parse) stop() int {
	if t := p.peek(); t.start > 0 {
		return t.start
	}
	return len(p.src)
}

// like copies the columns of the table named here.
func (p *parse) like(t *table) {
	if n, ok := p.name(); ok {
		copyColumns(t, p.catalog.get(n))
	}
}

// tableItems reads the columns and constraints in parentheses, and tells
// whether they could be read.
func (p *parse) tableItems(t *table) bool {
	if p.word("LIKE") {
		return true
	}
	items, closed := p.group()
	if !closed {
		p.unread(t.line, "parentheses of CREATE TABLE do not close")
		return false
	}
	if first := solid(items); len(first) > 0 && (first[0].upper() == "SELECT" || first[0].upper() == "WITH") {
		p.sub(items).query(t)
		return true
	}
	parts := split(items)
	for i, part := range parts {
		p.tableItem(t, part)
		p.commentBeside(t, part, parts, i)
	}
	if len(t.columns) == 0 && !hasLike(items) && !p.inherits() {
		p.unread(t.line, "no column of CREATE TABLE could be read")
		return false
	}
	return true
}

// hasLike tells whether a list of items copies another table, whose columns may
// not be known here.
func hasLike(items []token) bool {
	for _, part := range split(items) {
		if s := solid(part); len(s) > 0 && s[0].upper() == "LIKE" {
			return true
		}
	}
	return false
}

// inherits tells whether INHERITS follows, without passing over it.
func (p *parse) inherits() bool {
	up := p.peek().upper()
	return up == "INHERITS" || up == "AS" || up == "SELECT"
}

// tableItem reads one item between commas.
func (p *parse) tableItem(t *table, part []token) {
	s := solid(part)
	if len(s) == 0 {
		return
	}
	if !constraint(s) {
		if c, ok := p.column(s); ok {
			t.put(c)
		} else {
			p.unread(p.lineAt(s[0].start), "an item of CREATE TABLE could not be read")
		}
		return
	}
	q := p.sub(s)
	if q.word("LIKE") {
		q.like(t)
		return
	}
	p.constraintKeys(t, s)
}

// constraintKeys marks the columns of PRIMARY KEY, UNIQUE and FOREIGN KEY.
func (p *parse) constraintKeys(t *table, s []token) {
	q := p.sub(s)
	keyed := false
	for !q.done() {
		tok := q.peek()
		switch up := tok.upper(); {
		case up == "CHECK" || up == "EXCLUDE" || up == "REFERENCES":
			return
		case up == "PRIMARY" || up == "UNIQUE" || up == "FOREIGN":
			keyed = true
		case tok.is("("):
			group, _ := q.group()
			if keyed {
				t.setKey(names(group))
			}
			return
		}
		q.i++
	}
}

// commentBeside gives a column the comment that ends its line. It stands before
// the comma, or after it and then opens the next item.
func (p *parse) commentBeside(t *table, part []token, parts [][]token, i int) {
	if len(t.columns) == 0 {
		return
	}
	last := solid(part)
	if len(last) == 0 {
		return
	}
	n := t.find(last[0].name())
	if n < 0 || t.columns[n].comment != "" {
		return
	}
	line := p.lineAt(last[len(last)-1].start)
	for _, tok := range part {
		if tok.kind == comment && tok.start > last[0].start && p.lineAt(tok.start) == line {
			t.columns[n].comment = commentText(tok.raw)
		}
	}
	if i+1 < len(parts) && len(parts[i+1]) > 0 {
		if tok := parts[i+1][0]; tok.kind == comment && p.lineAt(tok.start) == line && t.columns[n].comment == "" {
			t.columns[n].comment = commentText(tok.raw)
		}
	}
}

// commentText takes the marks off a comment.
func commentText(raw string) string {
	raw = strings.TrimSuffix(strings.TrimPrefix(raw, "/*"), "*/")
	return strings.TrimSpace(strings.TrimLeft(raw, "-#*! \t"))
}

// tableOptions reads what follows the columns: a comment, parents, a query.
func (p *parse) tableOptions(t *table) {
	for !p.done() {
		tok := p.peek()
		switch up := tok.upper(); {
		case tok.is(";"), up == "CREATE", up == "GO", up == "ALTER":
			return
		case up == "COMMENT":
			p.next()
			p.punct("=")
			if p.peek().kind == text {
				t.comment = p.literal()
			}
			continue
		case up == "INHERITS":
			p.next()
			if p.peek().is("(") {
				p.parents(t)
			}
			continue
		case (up == "SELECT" || up == "WITH" && at(p.tokens, p.i+2).upper() == "AS") && len(t.columns) == 0:
			p.query(t)
			return
		case up == "EXEC" || up == "EXECUTE" || up == "INSERT" || up == "DROP" || up == "USE":
			return
		case tok.is("("):
			p.skipParens()
			continue
		}
		p.i++
	}
}

// parents copies the columns of the tables a PostgreSQL table inherits from.
func (p *parse) parents(t *table) {
	group, _ := p.group()
	own := t.columns
	t.columns = nil
	for _, part := range split(solid(group)) {
		if n, ok := p.sub(part).name(); ok {
			copyColumns(t, p.catalog.get(n))
		}
	}
	for _, c := range own {
		t.put(c)
	}
}
