package schema

import "strings"

// createView reads a view: its columns are those it names, or those of its
// query. A view whose columns cannot be told is no loss: its tables are read.
func (p *parse) createView(line int) bool {
	p.word("IF", "NOT", "EXISTS")
	n, ok := p.name()
	if !ok {
		return false
	}
	v := &table{name: n.table, line: line, file: p.file, view: true}
	if p.peek().is("(") {
		group, _ := p.group()
		for _, part := range split(solid(group)) {
			if len(part) > 0 && part[0].isName() {
				v.put(column{name: part[0].name(), line: p.lineAt(part[0].start)})
			}
		}
	}
	for !p.done() && !p.word("AS") {
		if p.peek().is(";") {
			return true
		}
		if p.peek().is("(") {
			p.skipParens()
			continue
		}
		p.next()
	}
	named := v.columns
	v.columns = nil
	p.query(v)
	if len(named) > 0 {
		v.columns = rename(v.columns, named)
	}
	if len(v.columns) == 0 {
		return true
	}
	t := p.catalog.add(n, line)
	v.schema, v.name = t.schema, t.name
	*t = *v
	return true
}

// rename gives the columns of a query the names of its view.
func rename(columns, named []column) []column {
	for i := range named {
		if len(columns) == len(named) {
			named[i].typ, named[i].length, named[i].comment = columns[i].typ, columns[i].length, columns[i].comment
		}
	}
	return named
}

// query reads the columns of `SELECT a, t.b, f(c) AS d FROM …` and passes over
// the rest of the statement.
func (p *parse) query(t *table) {
	for !p.done() && !p.peek().is(";") && p.peek().upper() != "SELECT" {
		if p.peek().is("(") && at(p.tokens, p.i+1).upper() != "SELECT" {
			p.skipParens()
			continue
		}
		p.i++
	}
	if !p.word("SELECT") {
		return
	}
	if p.oneOf("DISTINCT", "ALL", "TOP") && p.peek().is("(") {
		p.skipParens()
	}
	from, depth := p.i, 0
	for !p.done() {
		tok := p.peek()
		if tok.is("(") {
			depth++
		} else if tok.is(")") {
			if depth--; depth < 0 {
				break
			}
		} else if tok.is(";") || depth == 0 && (tok.upper() == "FROM" || tok.upper() == "UNION" || tok.upper() == "INTO") {
			break
		}
		p.i++
	}
	list := p.tokens[from:p.i]
	tables := p.fromTables()
	for _, part := range split(solid(list)) {
		p.selected(t, part, tables)
	}
	for !p.done() && !p.peek().is(";") && p.peek().upper() != "CREATE" {
		p.i++
	}
}

// fromTables reads the tables after FROM and JOIN by name and alias.
func (p *parse) fromTables() map[string]*table {
	tables := map[string]*table{}
	for i := 0; !p.done() && !p.peek().is(";"); i++ {
		up := p.peek().upper()
		if up == "WHERE" || up == "GROUP" || up == "UNION" || up == "ORDER" {
			return tables
		}
		if up != "FROM" && up != "JOIN" && !p.peek().is(",") {
			p.i++
			continue
		}
		p.i++
		n, ok := p.name()
		if !ok {
			continue
		}
		from := p.catalog.get(n)
		if from == nil {
			continue
		}
		tables[strings.ToLower(n.table)] = from
		p.word("AS")
		if a := p.peek(); a.kind == quoted || a.kind == word && !joins[a.upper()] {
			tables[strings.ToLower(a.name())] = from
		}
	}
	return tables
}

// joins are the words that may follow a table and are no alias of it.
var joins = set("ON JOIN LEFT RIGHT INNER OUTER CROSS NATURAL WHERE GROUP ORDER UNION USING LIMIT HAVING FULL WITH CREATE")

// selected adds one column of a query. Its type and comment are those of the
// table it comes from, when that can be told.
func (p *parse) selected(v *table, part []token, tables map[string]*table) {
	if len(part) == 0 {
		return
	}
	last := part[len(part)-1]
	c := column{line: p.lineAt(part[0].start)}
	switch {
	case last.is("*"):
		p.star(v, part, tables)
		return
	case last.kind == word || last.kind == quoted:
		c.name = last.name()
	case last.kind == text && len(part) > 1:
		c.name = last.name()
	default:
		return
	}
	if len(part) == 3 && part[1].is(".") {
		if from := tables[strings.ToLower(part[0].name())]; from != nil {
			inherit(&c, from, c.name)
		}
	} else if len(part) >= 3 && part[1].is(".") {
		if from := tables[strings.ToLower(part[0].name())]; from != nil {
			inherit(&c, from, part[2].name())
		}
	} else if len(tables) > 0 {
		for _, t := range p.catalog.tables {
			if tables[strings.ToLower(t.name)] == t && t.find(part[0].name()) >= 0 {
				inherit(&c, t, part[0].name())
				break
			}
		}
	}
	v.put(c)
}

func inherit(c *column, from *table, col string) {
	if i := from.find(col); i >= 0 {
		c.typ, c.length, c.comment = from.columns[i].typ, from.columns[i].length, from.columns[i].comment
	}
}

// star adds all columns of the tables of a query, or of the one it names.
func (p *parse) star(v *table, part []token, tables map[string]*table) {
	line := p.lineAt(part[0].start)
	for _, t := range p.catalog.tables {
		named := len(part) < 3 || strings.EqualFold(part[0].name(), t.name) || tables[strings.ToLower(part[0].name())] == t
		if !named || tables[strings.ToLower(t.name)] != t {
			continue
		}
		for _, c := range t.columns {
			c.line, c.key = line, false
			v.put(c)
		}
	}
}
