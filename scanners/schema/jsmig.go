package schema

import "strings"

// nodeMigrations read migrations of Sequelize, TypeORM and Knex.
var nodeMigrations = migration{
	name: "node migrations",
	match: func(path string, head []byte) bool {
		if !strings.HasSuffix(path, ".js") && !strings.HasSuffix(path, ".ts") && !strings.HasSuffix(path, ".cjs") && !strings.HasSuffix(path, ".mjs") {
			return false
		}
		return strings.Contains(path, "migration") && (has(head, "queryInterface") || has(head, "QueryRunner") || has(head, "queryRunner") || has(head, "knex.schema") || has(head, "MigrationInterface"))
	},
	read: func(text, path string, c *catalog, _ func(int, string)) error {
		s := &script{list: lexemes(forward(text, javascript), javascript), path: path, catalog: c}
		s.node()
		s.sql()
		return nil
	},
}

func (s *script) node() {
	var open *table // of Knex, whose columns are calls
	for i := 0; i < len(s.list); i++ {
		l := s.list[i]
		if l.kind != word || !s.at(i+1).is("(") || !s.at(i-1).is(".") {
			continue
		}
		end := s.group(i + 1)
		args := s.args(i+2, end)
		strs := s.plain(args)
		switch l.text {
		case "createTable":
			open = s.nodeTable(args, strs, l.line)
			continue
		case "table", "alterTable":
			if len(strs) > 0 {
				open = s.table(strs[0], l.line, false)
			}
			continue
		}
		if len(strs) == 0 {
			continue
		}
		switch l.text {
		case "addColumn", "addColumns", "changeColumn":
			s.nodeAdd(args, strs, l.line)
		case "dropColumns":
			t := open
			if s.at(args[len(args)-1].from).is("[") {
				t = s.catalog.get(tableName(strs[0]))
			}
			for j := i + 2; t != nil && j < end; j++ {
				if s.list[j].kind == text {
					t.drop(s.list[j].text)
				}
			}
		case "removeColumn", "dropColumn":
			t := open
			if len(strs) > 1 {
				t = s.catalog.get(tableName(strs[0]))
			}
			if t != nil {
				t.drop(strs[len(strs)-1])
			}
		case "renameColumn":
			switch {
			case len(strs) > 2:
				s.renameColumn(strs[0], strs[1], strs[2], l.line)
			case len(strs) == 2 && len(args) == 2 && open != nil:
				s.renameColumn(open.title(), strs[0], strs[1], l.line)
			case len(strs) == 2 && len(args) > 2: // of TypeORM
				s.typeORMChange(s.table(strs[0], l.line, false), strs[1], args[2], l.line)
			}
		case "renameTable":
			if len(strs) > 1 {
				s.catalog.rename(tableName(strs[0]), tableName(strs[1]), l.line)
			}
		case "dropTable", "dropTableIfExists":
			s.catalog.remove(tableName(strs[0]))
		default:
			if open != nil && knexTypes[l.text] {
				s.knex(open, i, end, args, strs[0])
			}
		}
	}
}

// knexTypes are the methods of Knex that declare a column.
var knexTypes = set(`increments bigIncrements string text integer bigInteger tinyint smallint mediumint bigint float double decimal boolean date dateTime datetime time timestamp binary enu enum json jsonb uuid specificType geometry geography point`)

func (s *script) knex(t *table, i, end int, args []arg, title string) {
	c := column{name: title, typ: s.list[i].text, line: s.list[i].line}
	if len(args) > 1 && counts([]string{c.typ}) {
		c.length = token{kind: number, raw: s.at(args[1].from).text}.number()
	}
	for j := end + 1; s.at(j).is(".") && s.at(j+2).is("("); j = s.group(j+2) + 1 {
		switch s.at(j + 1).text {
		case "comment":
			c.comment = s.at(j + 3).text
		case "primary", "unique", "references":
			c.key = true
		}
	}
	s.put(t, c)
}

// nodeTable reads `createTable('t', { nom: {…} })` of Sequelize, and
// `createTable(new Table({name: 't', columns: [{…}]}))` of TypeORM.
func (s *script) nodeTable(args []arg, strs []string, line int) *table {
	if len(strs) > 0 {
		t := s.table(strs[0], line, true)
		t.file = s.path
		for _, a := range args {
			if s.at(a.from).is("{") {
				s.fields(t, a.from)
			}
		}
		return t
	}
	if len(args) == 0 {
		return nil
	}
	for i := args[0].from; i < args[0].to; i++ {
		if !s.list[i].is("{") {
			continue
		}
		props := s.args(i+1, s.group(i))
		title := s.textOf(props, "name")
		if title == "" {
			return nil
		}
		t := s.table(title, line, true)
		t.file = s.path
		if columns, ok := named(props, "columns"); ok {
			for j := columns.from + 1; j < columns.to; j++ {
				if s.list[j].is("{") {
					s.typeORM(t, j)
					j = s.group(j)
				}
			}
		}
		return t
	}
	return nil
}

// fields reads the columns of Sequelize: an object whose keys are their names.
func (s *script) fields(t *table, open int) {
	for _, a := range s.args(open+1, s.group(open)) {
		if a.name == "" {
			continue
		}
		s.field(t, a.name, a, s.at(a.from).line)
	}
}

func (s *script) field(t *table, title string, a arg, line int) {
	c := column{name: title, line: line}
	typ := a
	if s.at(a.from).is("{") {
		props := s.args(a.from+1, s.group(a.from))
		c.comment = s.textOf(props, "comment")
		if f := s.textOf(props, "field"); f != "" {
			c.name = f
		}
		_, refs := named(props, "references")
		_, primary := named(props, "primaryKey")
		_, unique := named(props, "unique")
		c.key = refs || primary || unique
		typ, _ = named(props, "type")
	}
	for i := typ.from; i < typ.to; i++ {
		l := s.list[i]
		if l.kind == word && !s.at(i+1).is(".") || l.kind == text {
			c.typ = l.text
			if s.at(i+1).is("(") && s.at(i+2).kind == number {
				c.length = token{kind: number, raw: s.at(i + 2).text}.number()
			}
			break
		}
	}
	if !counts([]string{strings.ToLower(c.typ)}) {
		c.length = 0
	}
	s.put(t, c)
}

// typeORM reads one `{name: 'nom', type: 'varchar', length: '20'}`.
func (s *script) typeORM(t *table, open int) {
	props := s.args(open+1, s.group(open))
	c := column{name: s.textOf(props, "name"), typ: s.textOf(props, "type"), comment: s.textOf(props, "comment"), length: s.number(props, "length"), line: s.at(open).line}
	for _, a := range props {
		if a.name == "name" {
			c.line = s.at(a.from).line
		}
	}
	_, c.key = named(props, "isPrimary", "isUnique")
	s.put(t, c)
}

// typeORMChange replaces a column by another, maybe of another name.
func (s *script) typeORMChange(t *table, from string, to arg, line int) {
	for i := to.from; i < to.to; i++ {
		if s.list[i].is("{") {
			if title := s.textOf(s.args(i+1, s.group(i)), "name"); title != "" && title != from {
				s.renameColumn(t.title(), from, title, line)
			}
			s.typeORM(t, i)
			return
		}
	}
}

// nodeAdd reads `addColumn('t', 'nom', {…})` and `addColumn('t', new TableColumn({…}))`.
func (s *script) nodeAdd(args []arg, strs []string, line int) {
	t := s.table(strs[0], line, false)
	if len(strs) > 1 && len(args) > 2 && s.at(args[2].from).text == "new" { // changeColumn('t', 'nom', new TableColumn({name: …}))
		s.typeORMChange(t, strs[1], args[2], line)
		return
	}
	if len(strs) > 1 && len(args) > 2 {
		s.field(t, strs[1], args[2], line)
		return
	}
	for _, a := range args {
		for i := a.from; i < a.to; i++ {
			if s.list[i].is("{") {
				s.typeORM(t, i)
				i = s.group(i)
			}
		}
	}
}
