package schema

import "strings"

// entityFramework reads migrations of Entity Framework Core.
var entityFramework = migration{
	name: "entity framework",
	match: func(path string, head []byte) bool {
		return strings.HasSuffix(path, ".cs") && has(head, "MigrationBuilder")
	},
	read: func(text, path string, c *catalog, _ func(int, string)) error {
		s := &script{list: lexemes(forward(text, csharp), csharp), path: path, catalog: c}
		s.entityFramework()
		s.sql()
		return nil
	},
}

func (s *script) entityFramework() {
	for i, l := range s.list {
		open := i + 1
		if l.kind != word || !s.at(i-1).is(".") {
			continue
		}
		if s.at(open).is("<") { // AddColumn<string>(
			for open < len(s.list) && !s.at(open).is("(") {
				open++
			}
		}
		if !s.at(open).is("(") {
			continue
		}
		args := s.args(open+1, s.group(open))
		title, column1 := s.textOf(args, "table"), s.textOf(args, "name")
		if schema := s.textOf(args, "schema"); schema != "" {
			title = schema + "." + title
		}
		switch l.text {
		case "CreateTable":
			s.efTable(args, column1, l.line)
		case "AddColumn", "AlterColumn":
			s.efColumn(s.table(title, l.line, false), column1, s.list[i+1:open], args, l.line)
		case "DropColumn":
			if t := s.catalog.get(tableName(title)); t != nil {
				t.drop(column1)
			}
		case "RenameColumn":
			s.renameColumn(title, column1, s.textOf(args, "newName"), l.line)
		case "RenameTable":
			s.catalog.rename(tableName(column1), name{table: s.textOf(args, "newName")}, l.line)
		case "DropTable":
			s.catalog.remove(tableName(column1))
		}
	}
}

// efTable reads `columns: table => new { Nom = table.Column<string>(…), … }`.
func (s *script) efTable(args []arg, title string, line int) {
	if schema := s.textOf(args, "schema"); schema != "" {
		title = schema + "." + title
	}
	t := s.table(title, line, true)
	t.file = s.path
	columns, ok := named(args, "columns")
	if !ok {
		return
	}
	for i := columns.from; i < columns.to; i++ {
		if !s.list[i].is("{") {
			continue
		}
		for _, a := range s.args(i+1, s.group(i)) {
			for j := a.from; j < a.to; j++ {
				if s.list[j].is("(") {
					inner := s.args(j+1, s.group(j))
					title := a.name
					if n := s.textOf(inner, "name"); n != "" {
						title = n
					}
					s.efColumn(t, title, s.list[a.from:j], inner, s.at(a.from).line)
					break
				}
			}
		}
		return
	}
}

// efColumn reads the arguments of Column<type>(…).
func (s *script) efColumn(t *table, title string, head []lexeme, args []arg, line int) {
	c := column{name: title, typ: s.textOf(args, "type"), comment: s.textOf(args, "comment"), length: s.number(args, "maxLength"), line: line}
	if c.typ == "" {
		for i, l := range head {
			if l.is("<") && i+1 < len(head) {
				c.typ = head[i+1].text
			}
		}
	}
	s.put(t, c)
}
