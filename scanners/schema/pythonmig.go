package schema

import (
	"path"
	"strings"
)

// alembic reads migrations of Alembic.
var alembic = migration{
	name: "alembic",
	match: func(p string, head []byte) bool {
		return strings.HasSuffix(p, ".py") && has(head, "from alembic import op")
	},
	read: func(text, p string, c *catalog, _ func(int, string)) error {
		s := &script{list: lexemes(forward(text, python), python), path: p, catalog: c}
		s.alembic()
		s.sql()
		return nil
	},
}

func (s *script) alembic() {
	batch, alias := "", "batch_op"
	for i, l := range s.list {
		if l.kind != word || !s.at(i+1).is("(") || !s.at(i-1).is(".") {
			continue
		}
		args := s.args(i+2, s.group(i+1))
		strs := s.plain(args)
		if s.at(i-2).text == alias {
			strs = append([]string{batch}, strs...)
		}
		if len(strs) == 0 {
			continue
		}
		title := strs[0]
		if schema := s.textOf(args, "schema"); schema != "" {
			title = schema + "." + title
		}
		switch l.text {
		case "batch_alter_table":
			batch = title
			if end := s.group(i + 1); s.at(end+1).text == "as" && s.at(end+2).kind == word {
				alias = s.at(end + 2).text
			}
		case "create_table":
			t := s.table(title, l.line, true)
			t.file, t.comment = s.path, s.textOf(args, "comment")
			s.saColumns(t, i+2, s.group(i+1))
		case "add_column":
			s.saColumns(s.table(title, l.line, false), i+2, s.group(i+1))
		case "drop_column":
			if t := s.catalog.get(tableName(title)); t != nil && len(strs) > 1 {
				t.drop(strs[1])
			}
		case "alter_column":
			s.saAlter(title, strs, args, l.line)
		case "rename_table":
			if len(strs) > 1 {
				s.catalog.rename(tableName(title), name{table: strs[1]}, l.line)
			}
		case "drop_table":
			s.catalog.remove(tableName(title))
		}
	}
}

func tableName(title string) name {
	if schema, table, ok := strings.Cut(title, "."); ok {
		return name{schema, table}
	}
	return name{table: title}
}

func (s *script) saAlter(title string, strs []string, args []arg, line int) {
	if len(strs) < 2 {
		return
	}
	t := s.table(title, line, false)
	if comment := s.textOf(args, "comment"); comment != "" {
		if i := t.find(strs[1]); i >= 0 {
			t.columns[i].comment = comment
		}
	}
	if to := s.textOf(args, "new_column_name"); to != "" {
		s.renameColumn(title, strs[1], to, line)
	}
}

// saColumns reads every `sa.Column('nom', sa.String(length=20), …)` of a range.
func (s *script) saColumns(t *table, from, to int) {
	for i := from; i < to; i++ {
		if s.list[i].kind != word || s.list[i].text != "Column" || !s.at(i+1).is("(") {
			continue
		}
		end := s.group(i + 1)
		args := s.args(i+2, end)
		if len(args) == 0 || s.at(args[0].from).kind != text {
			continue
		}
		c := column{name: s.at(args[0].from).text, line: s.list[i].line, comment: s.textOf(args, "comment")}
		if len(args) > 1 {
			c.typ, c.length = s.pythonType(args[1])
		}
		for j := i; j < end; j++ {
			c.key = c.key || s.list[j].text == "ForeignKey"
		}
		s.put(t, c)
	}
}

// pythonType reads `sa.String(length=20)` or `models.CharField(max_length=20)`.
func (s *script) pythonType(a arg) (string, int) {
	for i := a.from; i < a.to; i++ {
		if s.at(i + 1).is("(") {
			args := s.args(i+2, s.group(i+1))
			n := s.number(args, "length", "max_length")
			if n == 0 && len(args) > 0 && args[0].name == "" {
				n = token{kind: number, raw: s.at(args[0].from).text}.number()
			}
			if !counts([]string{strings.ToLower(s.at(i).text)}) {
				n = 0
			}
			return s.at(i).text, n
		}
	}
	return s.at(a.to - 1).text, 0
}

// django reads migrations of Django.
var django = migration{
	name: "django",
	match: func(p string, head []byte) bool {
		return strings.HasSuffix(p, ".py") && has(head, "migrations.Migration")
	},
	read: func(text, p string, c *catalog, _ func(int, string)) error {
		s := &script{list: lexemes(text, python), path: p, catalog: c}
		s.django(path.Base(path.Dir(path.Dir(p))))
		s.sql()
		return nil
	},
}

func (s *script) django(app string) {
	title := func(model string) string {
		if app == "." || app == "/" || app == "" {
			return strings.ToLower(model)
		}
		return app + "_" + strings.ToLower(model)
	}
	for i, l := range s.list {
		if l.kind != word || !s.at(i+1).is("(") || !s.at(i-1).is(".") {
			continue
		}
		args := s.args(i+2, s.group(i+1))
		s.djangoNames(l.text, args)
		model, field := s.textOf(args, "model_name"), s.textOf(args, "name")
		switch l.text {
		case "CreateModel":
			s.djangoModel(title(field), args, l.line)
		case "AddField", "AlterField":
			if a, ok := named(args, "field"); ok {
				s.djangoField(s.table(title(model), l.line, false), field, a, l.line)
			}
		case "RemoveField":
			if t := s.catalog.get(name{table: title(model)}); t != nil {
				t.drop(field)
				t.drop(field + "_id")
			}
		case "RenameField":
			from, to := s.textOf(args, "old_name"), s.textOf(args, "new_name")
			if t := s.catalog.get(name{table: title(model)}); t != nil && t.find(from) < 0 && t.find(from+"_id") >= 0 {
				from, to = from+"_id", to+"_id" // of another model
			}
			s.renameColumn(title(model), from, to, l.line)
		case "RenameModel":
			s.catalog.rename(name{table: title(s.textOf(args, "old_name"))}, name{table: title(s.textOf(args, "new_name"))}, l.line)
		case "AlterModelTable":
			if to := s.textOf(args, "table"); to != "" {
				s.catalog.rename(name{table: title(field)}, name{table: to}, l.line)
			}
		case "DeleteModel":
			s.catalog.remove(name{table: title(field)})
		}
	}
}

// djangoOrder are the names of arguments that are given without.
var djangoOrder = map[string][]string{
	"CreateModel": {"name", "fields", "options"}, "DeleteModel": {"name"}, "AddField": {"model_name", "name", "field"}, "AlterField": {"model_name", "name", "field"},
	"RemoveField": {"model_name", "name"}, "RenameField": {"model_name", "old_name", "new_name"}, "RenameModel": {"old_name", "new_name"}, "AlterModelTable": {"name", "table"},
}

// djangoNames names the arguments of an operation, and takes away the SQL that
// takes one back.
func (s *script) djangoNames(operation string, args []arg) {
	for i, n := range djangoOrder[operation] {
		if i < len(args) && args[i].name == "" {
			args[i].name = n
		}
	}
	if operation != "RunSQL" {
		return
	}
	for i, a := range args {
		if a.name == "reverse_sql" || a.name == "" && i == 1 {
			for j := a.from; j < a.to; j++ {
				s.list[j].kind = punct
			}
		}
	}
}

// djangoModel reads the fields of a model: pairs of a name and a call.
func (s *script) djangoModel(title string, args []arg, line int) {
	if options, ok := named(args, "options"); ok {
		for i := options.from; i+2 < options.to; i++ {
			if s.list[i].kind == text && s.list[i].text == "db_table" {
				title = s.at(i + 2).text
			}
		}
	}
	t := s.table(title, line, true)
	t.file = s.path
	fields, ok := named(args, "fields")
	if !ok {
		return
	}
	for i := fields.from + 1; i < fields.to; i++ {
		if s.list[i].is("(") && s.at(i+1).kind == text && s.at(i+2).is(",") {
			end := s.group(i)
			s.djangoField(t, s.at(i+1).text, arg{from: i + 3, to: end}, s.at(i+1).line)
			i = end
		}
	}
}

func (s *script) djangoField(t *table, field string, a arg, line int) {
	c := column{name: field, line: line}
	c.typ, c.length = s.pythonType(a)
	for i := a.from; i < a.to; i++ {
		if !s.at(i + 1).is("(") {
			continue
		}
		args := s.args(i+2, s.group(i+1))
		for _, key := range []string{"db_comment", "help_text", "verbose_name"} {
			if c.comment == "" {
				c.comment = s.textOf(args, key)
			}
		}
		if to := s.textOf(args, "db_column"); to != "" {
			c.name = to
		} else if c.typ == "ForeignKey" || c.typ == "OneToOneField" {
			c.name += "_id"
		}
		break
	}
	switch c.typ {
	case "ManyToManyField":
		return // a table of its own, of two keys
	case "ForeignKey", "OneToOneField":
		c.key = true
	}
	s.put(t, c)
}
