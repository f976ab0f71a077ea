package schema

import "strings"

// apply reads a statement, or a batch of them without semicolons, and applies
// what it declares to the catalogue.
func apply(c *catalog, d dialect, src string, line int, file string, unread func(line int, reason string)) {
	if d == mysql {
		src = unwrap(src)
	}
	p := &parse{src: src, dialect: d, line: line, tokens: lex(src, d), catalog: c, file: file, unread: unread}
	p.statements()
}

// unwrap opens MySQL's conditional comments, `/*!40101 … */`: the server runs
// what they hold. Offsets stay.
func unwrap(src string) string {
	if !strings.Contains(src, "/*!") && !strings.Contains(src, "/*M!") {
		return src
	}
	b := []byte(src)
	for i := 0; i+2 < len(b); i++ {
		if b[i] != '/' || b[i+1] != '*' || b[i+2] != '!' && b[i+2] != 'M' {
			continue
		}
		shut := strings.Index(src[i:], "*/")
		if shut < 0 {
			break
		}
		head := i + 2
		for head < i+shut && (b[head] == '!' || b[head] == 'M' || b[head] >= '0' && b[head] <= '9') {
			head++
		}
		for j := i; j < head; j++ {
			b[j] = ' '
		}
		b[i+shut], b[i+shut+1] = ' ', ' '
		i += shut
	}
	return string(b)
}

// statements looks for the start of each statement outside parentheses.
func (p *parse) statements() {
	depth := 0
	for !p.done() {
		t := p.peek()
		switch {
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
		case t.is(";"):
			depth = 0
		case t.kind == word && depth == 0 && p.statement(t.upper()):
			continue
		}
		p.i++
	}
}

// statement reads the statement that starts here, and tells whether it is one
// that declares something. If not nothing is consumed.
func (p *parse) statement(first string) bool {
	at := p.i
	ok := false
	switch first {
	case "CREATE":
		ok = p.create()
	case "ALTER":
		ok = p.alter()
	case "RENAME":
		if ok = p.word("RENAME", "TABLE"); ok {
			p.renameTables()
		}
	case "DROP":
		ok = p.dropTables()
	case "COMMENT":
		ok = p.word("COMMENT", "ON") && p.commentOn()
	case "EXEC", "EXECUTE":
		ok = p.procedure()
	case "USE":
		ok = p.use()
	case "SET":
		ok = p.searchPath()
	case "DO":
		ok = p.do()
	}
	if !ok {
		p.i = at
	}
	return ok
}

// use reads `USE base`. In SQL Server that is the database, not the schema.
func (p *parse) use() bool {
	p.next()
	n := p.peek()
	if !n.isName() || n.kind == word && n.end == n.start {
		return false
	}
	p.i++
	if p.dialect != tsql {
		p.catalog.schema = n.name()
	}
	return true
}

// searchPath reads `SET search_path = a, b` and `ALTER SESSION SET
// CURRENT_SCHEMA = a`; an empty path names no schema.
func (p *parse) searchPath() bool {
	p.next()
	p.oneOf("LOCAL", "SESSION")
	if !p.oneOf("SEARCH_PATH", "CURRENT_SCHEMA") {
		return false
	}
	if !p.punct("=") && !p.word("TO") {
		return false
	}
	if n := p.peek(); n.isName() && n.name() != "" && !strings.HasPrefix(n.name(), "$") {
		p.i++
		p.catalog.schema = n.name()
	}
	return true
}

// do reads the declarations in a PostgreSQL `DO $$ … $$` block, which runs.
func (p *parse) do() bool {
	p.next()
	if p.word("LANGUAGE") {
		p.next()
	}
	body := p.peek()
	if body.kind != text || !strings.HasPrefix(body.raw, "$") {
		return false
	}
	p.i++
	inner := unquote(body.raw)
	shift := strings.Index(body.raw, inner)
	apply(p.catalog, p.dialect, inner, p.lineAt(body.start+max(shift, 0)), p.file, func(int, string) {})
	return true
}

// dropTables reads DROP TABLE, DROP VIEW and their kin.
func (p *parse) dropTables() bool {
	p.next()
	p.oneOf("TEMPORARY", "FOREIGN", "MATERIALIZED", "EXTERNAL")
	if !p.oneOf("TABLE", "VIEW") {
		return false
	}
	p.word("IF", "EXISTS")
	for {
		n, ok := p.name()
		if !ok {
			return true
		}
		p.catalog.remove(n)
		if !p.punct(",") {
			return true
		}
	}
}

// renameTables reads `RENAME TABLE a TO b, c TO d`.
func (p *parse) renameTables() {
	for {
		line := p.lineAt(p.peek().start)
		from, ok := p.name()
		if !ok || !p.word("TO") {
			return
		}
		to, ok := p.name()
		if !ok {
			return
		}
		p.catalog.rename(from, to, line)
		if !p.punct(",") {
			return
		}
	}
}

// commentOn reads what PostgreSQL and Oracle say about tables and columns.
func (p *parse) commentOn() bool {
	switch {
	case p.oneOf("COLUMN"):
		line := p.lineAt(p.peek().start)
		parts := p.parts()
		if len(parts) < 2 || !p.word("IS") {
			return true
		}
		n := name{table: parts[len(parts)-2]}
		if len(parts) > 2 {
			n.schema = parts[len(parts)-3]
		}
		p.describe(n, parts[len(parts)-1], p.literal(), line)
	case p.oneOf("TABLE", "VIEW"), p.word("MATERIALIZED", "VIEW"), p.word("FOREIGN", "TABLE"):
		n, ok := p.name()
		if ok && p.word("IS") {
			if t := p.catalog.get(n); t != nil {
				t.comment = p.literal()
			}
		}
	default:
		return false
	}
	return true
}

// literal reads a string, with the letter that may stand before it.
func (p *parse) literal() string {
	t := p.next()
	if t.kind == word && len(t.raw) == 1 && p.peek().kind == text {
		t = p.next()
	}
	if t.kind != text {
		return ""
	}
	return unquote(t.raw)
}

// describe gives a column its comment. A comment on a column that nothing
// declared says that there is one.
func (p *parse) describe(n name, col, comment string, line int) {
	t := p.catalog.altered(n, line)
	if i := t.find(col); i >= 0 {
		t.columns[i].comment = comment
	} else if t.partial {
		t.file = p.file
		t.put(column{name: col, comment: comment, line: line})
	}
}

// procedure reads SQL Server's system procedures that describe or rename.
func (p *parse) procedure() bool {
	p.next()
	parts := p.parts()
	if len(parts) == 0 {
		return false
	}
	line := p.lineAt(p.peek().start)
	switch strings.ToLower(parts[len(parts)-1]) {
	case "sp_addextendedproperty", "sp_updateextendedproperty":
		p.extendedProperty(line)
	case "sp_rename":
		p.spRename(line)
	}
	return true
}

// argument is one of a procedure: `@name = N'value'`, or the value alone.
type argument struct{ name, value string }

// arguments reads the arguments of a procedure until something else comes.
func (p *parse) arguments() []argument {
	var list []argument
	for !p.done() {
		a := argument{}
		if t := p.peek(); strings.HasPrefix(t.raw, "@") {
			p.i++
			if p.punct("=") {
				a.name = strings.ToLower(strings.TrimPrefix(t.raw, "@"))
			}
		}
		switch t := p.peek(); {
		case t.kind == word && strings.EqualFold(t.raw, "N") && at(p.tokens, p.i+1).kind == text:
			a.value = p.literal()
		case t.kind == text:
			a.value = p.literal()
		case t.isName() || t.kind == number:
			p.i++
			a.value = t.name()
		}
		list = append(list, a)
		if !p.punct(",") {
			break
		}
	}
	return list
}

// extendedProperty reads a MS_Description. Its arguments come by name or in the
// order name, value, then type and name of each level.
func (p *parse) extendedProperty(line int) {
	order := []string{"name", "value", "level0type", "level0name", "level1type", "level1name", "level2type", "level2name"}
	got := map[string]string{}
	for i, a := range p.arguments() {
		if a.name == "" && i < len(order) {
			a.name = order[i]
		}
		got[a.name] = a.value
	}
	if got["level1name"] == "" || !strings.EqualFold(got["name"], "MS_Description") && !strings.EqualFold(got["name"], "Description") {
		return
	}
	n := name{got["level0name"], got["level1name"]}
	if strings.EqualFold(got["level2type"], "COLUMN") {
		p.describe(n, got["level2name"], got["value"], line)
	} else if t := p.catalog.get(n); t != nil && got["level2type"] == "" {
		t.comment = got["value"]
	}
}

// spRename reads `sp_rename 'dbo.T.col', 'new', 'COLUMN'`.
func (p *parse) spRename(line int) {
	args := p.arguments()
	if len(args) < 2 {
		return
	}
	q := p.sub(lex(args[0].value, tsql))
	parts := q.parts()
	if len(args) > 2 && strings.EqualFold(args[2].value, "COLUMN") && len(parts) >= 2 {
		n := name{table: parts[len(parts)-2]}
		if len(parts) > 2 {
			n.schema = parts[len(parts)-3]
		}
		p.renameColumn(p.catalog.altered(n, line), parts[len(parts)-1], args[1].value, line)
	} else if len(args) == 2 && len(parts) > 0 {
		n := name{table: parts[len(parts)-1]}
		if len(parts) > 1 {
			n.schema = parts[len(parts)-2]
		}
		p.catalog.rename(n, name{table: args[1].value}, line)
	}
}
