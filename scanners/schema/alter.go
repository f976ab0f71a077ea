package schema

import "strings"

// alter reads ALTER TABLE and ALTER SESSION.
func (p *parse) alter() bool {
	p.next()
	if p.word("SESSION") {
		return p.peek().upper() == "SET" && p.searchPath()
	}
	p.oneOf("FOREIGN", "ONLINE", "OFFLINE", "IGNORE")
	if !p.word("TABLE") {
		return false
	}
	line := p.lineAt(p.peek().start)
	p.word("IF", "EXISTS")
	p.word("ONLY")
	n, ok := p.name()
	if !ok {
		return false
	}
	p.punct("*")
	if p.word("WITH") { // T-SQL: WITH CHECK ADD CONSTRAINT
		p.oneOf("CHECK", "NOCHECK")
	}
	verb := ""
	for _, action := range split(p.rest()) {
		verb = p.action(n, solid(action), verb, action, line)
	}
	return true
}

// rest takes the tokens up to the end of the statement: a semicolon, or a word
// that opens another one at the start of a line.
func (p *parse) rest() []token {
	from, depth := p.i, 0
	for ; p.i < len(p.tokens); p.i++ {
		t := p.tokens[p.i]
		switch {
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
		case t.is(";"):
			return p.tokens[from:p.i]
		case depth == 0 && p.i > from && p.opens(t):
			return p.tokens[from:p.i]
		}
	}
	return p.tokens[from:]
}

// opens tells whether a token begins a statement on a line of its own.
func (p *parse) opens(t token) bool {
	switch t.upper() {
	case "CREATE", "INSERT", "EXEC", "EXECUTE", "UPDATE", "DELETE", "USE", "GO", "PRINT", "DECLARE", "GRANT", "IF", "BEGIN", "COMMIT", "SELECT", "END", "RETURN":
	case "ALTER":
		if at(p.tokens, p.i+1).upper() != "TABLE" {
			return false
		}
	case "DROP":
		if at(p.tokens, p.i+1).upper() != "TABLE" {
			return false
		}
	default:
		return false
	}
	before := strings.TrimRight(p.src[:t.start], " \t")
	return before == "" || strings.HasSuffix(before, "\n")
}

// action applies one action of ALTER TABLE and returns its verb: what follows a
// comma without a verb goes on with the last one.
func (p *parse) action(n name, s []token, verb string, whole []token, line int) string {
	if len(s) == 0 {
		return verb
	}
	q := p.sub(s)
	up := s[0].upper()
	switch up {
	case "ADD", "DROP", "RENAME", "CHANGE", "MODIFY", "ALTER":
		q.next()
		verb = up
	case "COMMENT":
		q.next()
		q.punct("=")
		if t := p.catalog.get(n); t != nil {
			t.comment = q.literal()
		}
		return ""
	case "SET":
		if q.word("SET", "SCHEMA") {
			to, _ := q.part()
			p.catalog.rename(n, name{to, ""}, line)
		}
		return ""
	case "INHERIT":
		q.next()
		q.like(p.catalog.altered(n, line))
		return ""
	case "OWNER", "ENABLE", "DISABLE", "CLUSTER", "REPLICA", "VALIDATE", "ATTACH", "DETACH", "ENGINE", "AUTO_INCREMENT", "CONVERT", "ORDER",
		"CHECK", "NOCHECK", "SWITCH", "REBUILD", "DEFAULT", "CHARACTER", "COLLATE", "FORCE", "NO", "PARTITION", "TRUNCATE", "LOCK", "ALGORITHM", "MOVE", "SHRINK", "PCTFREE", "NOLOGGING", "LOGGING", "PARALLEL", "CACHE", "READ", "SPLIT", "MERGE", "RESET":
		return ""
	}
	switch verb {
	case "ADD":
		p.addColumns(n, q, whole, line)
	case "DROP":
		p.dropColumns(n, q)
	case "RENAME":
		p.renameAction(n, q, line)
	case "CHANGE":
		q.word("COLUMN")
		q.word("IF", "EXISTS")
		old, ok := q.part()
		if c, read := p.column(q.tokens[q.i:]); ok && read {
			p.change(n, old, c, line)
		}
	case "MODIFY", "ALTER":
		p.modify(n, q, verb, line)
	}
	return verb
}

// addColumns reads what follows ADD: a column, several in parentheses, or a
// constraint.
func (p *parse) addColumns(n name, q *parse, whole []token, line int) {
	q.oneOf("COLUMN", "COLUMNS")
	q.word("IF", "NOT", "EXISTS")
	if q.peek().is("(") {
		group, _ := q.group()
		for _, part := range split(group) {
			p.addColumn(n, solid(part), part, line)
		}
		return
	}
	p.addColumn(n, q.tokens[q.i:], whole, line)
}

func (p *parse) addColumn(n name, s, whole []token, line int) {
	if len(s) == 0 {
		return
	}
	if constraint(s) || s[0].upper() == "DEFAULT" || s[0].upper() == "PARTITION" {
		if t := p.catalog.get(n); t != nil {
			p.constraintKeys(t, s)
		}
		return
	}
	c, ok := p.column(s)
	if !ok {
		p.unread(p.lineAt(s[0].start), "a column of ALTER TABLE could not be read")
		return
	}
	t := p.catalog.altered(n, line)
	p.own(t, &c)
	t.put(c)
	p.commentBeside(t, append([]token{s[0]}, commentsAfter(whole, s[0])...), nil, 0)
}

// own notes which file declares a column, when it is not that of its table.
func (p *parse) own(t *table, c *column) {
	if t.file == "" {
		t.file = p.file
	} else if t.file != p.file {
		c.file = p.file
	}
}

// commentsAfter returns the tokens that follow first.
func commentsAfter(whole []token, first token) []token {
	for i, t := range whole {
		if t.start > first.start {
			return whole[i:]
		}
	}
	return nil
}

// dropColumns reads what follows DROP: one column, or several in parentheses.
func (p *parse) dropColumns(n name, q *parse) {
	t := p.catalog.get(n)
	if t == nil || q.oneOf("CONSTRAINT", "PRIMARY", "FOREIGN", "INDEX", "KEY", "CHECK", "PARTITION", "DEFAULT", "PERIOD") && !q.done() {
		return
	}
	q.oneOf("COLUMN")
	q.word("IF", "EXISTS")
	if q.peek().is("(") {
		group, _ := q.group()
		for _, col := range names(group) {
			t.drop(col)
		}
		return
	}
	if col, ok := q.part(); ok {
		t.drop(col)
	}
}

// renameAction reads RENAME [COLUMN] a TO b, and RENAME [TO|AS] table.
func (p *parse) renameAction(n name, q *parse, line int) {
	if q.oneOf("INDEX", "KEY", "CONSTRAINT", "PARTITION") && q.i+2 < len(q.tokens) {
		return
	}
	if q.oneOf("TO", "AS") {
		if to, ok := q.name(); ok {
			p.catalog.rename(n, to, line)
		}
		return
	}
	q.word("COLUMN")
	q.word("IF", "EXISTS")
	from, ok := q.part()
	if !ok {
		return
	}
	if !q.word("TO") {
		p.catalog.rename(n, name{table: from}, line) // MySQL: RENAME new
		return
	}
	at := p.lineAt(q.peek().start)
	if to, ok := q.part(); ok {
		p.renameColumn(p.catalog.altered(n, line), from, to, at)
	}
}

// renameColumn gives a column its new name. The line stays where the column is
// declared, unless that is in a file we did not see.
func (p *parse) renameColumn(t *table, from, to string, line int) {
	if i := t.find(from); i >= 0 {
		t.columns[i].name = to
		return
	}
	if t.partial {
		t.file = p.file
		t.put(column{name: to, line: line})
	}
}

// change replaces a column by another definition of it.
func (p *parse) change(n name, old string, c column, line int) {
	t := p.catalog.altered(n, line)
	p.own(t, &c)
	if i := t.find(old); i >= 0 {
		c.key = c.key || t.columns[i].key
		t.columns[i] = c
		return
	}
	if t.partial {
		t.file = p.file
		t.put(c)
	}
}

// modify reads a new definition of a column: MODIFY, or ALTER COLUMN.
func (p *parse) modify(n name, q *parse, verb string, line int) {
	q.oneOf("COLUMN")
	q.word("IF", "EXISTS")
	if q.peek().is("(") {
		group, _ := q.group()
		for _, part := range split(group) {
			p.redefine(n, solid(part), line)
		}
		return
	}
	if verb == "ALTER" && q.i+1 < len(q.tokens) {
		switch next := q.tokens[q.i+1]; next.upper() {
		case "SET":
			if at(q.tokens, q.i+2).upper() != "DATA" {
				return
			}
			p.redefine(n, append([]token{q.tokens[q.i]}, q.tokens[min(q.i+4, len(q.tokens)):]...), line)
			return
		case "TYPE":
			p.redefine(n, append([]token{q.tokens[q.i]}, q.tokens[q.i+2:]...), line)
			return
		case "DROP", "ADD", "RESET", "RESTART":
			return
		}
	}
	p.redefine(n, q.tokens[q.i:], line)
}

// redefine changes the type and comment of a column that is there. Its line
// stays.
func (p *parse) redefine(n name, s []token, line int) {
	if len(s) < 2 || constraint(s) {
		return
	}
	c, ok := p.column(s)
	t := p.catalog.altered(n, line)
	if !ok {
		return
	}
	i := t.find(c.name)
	if i < 0 {
		if t.partial {
			t.file = p.file
			t.put(c)
		}
		return
	}
	old := &t.columns[i]
	if c.typ != "" {
		old.typ, old.length = c.typ, c.length
	}
	if c.comment != "" {
		old.comment = c.comment
	}
	old.notNull = c.notNull
}
