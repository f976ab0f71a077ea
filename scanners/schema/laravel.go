package schema

import "strings"

// laravel reads migrations of Laravel, Phinx's kin of it, and Doctrine: the two
// say `$table->…` for a column.
var laravel = migration{
	name: "php migrations",
	match: func(path string, head []byte) bool {
		return strings.HasSuffix(path, ".php") && (has(head, "Illuminate\\Database\\Migrations") || has(head, "Doctrine\\Migrations") ||
			has(head, "Doctrine\\DBAL\\Migrations") || has(head, "AbstractMigration"))
	},
	read: func(text, path string, c *catalog, _ func(int, string)) error {
		s := &script{list: lexemes(forward(text, php), php), path: path, catalog: c}
		s.php()
		s.sql()
		return nil
	},
}

// laravelTypes are the methods of Laravel that declare a column of that name.
var laravelTypes = set(`bigIncrements bigInteger binary boolean char date dateTime dateTimeTz decimal double enum float foreignId foreignUlid foreignUuid
	geography geometry increments integer ipAddress json jsonb longText macAddress mediumIncrements mediumInteger mediumText point set smallIncrements
	smallInteger string text time timeTz timestamp timestampTz tinyIncrements tinyInteger tinyText ulid unsignedBigInteger unsignedDecimal
	unsignedInteger unsignedMediumInteger unsignedSmallInteger unsignedTinyInteger uuid vector year addColumn`)

// laravelNamed are the methods whose columns have names of their own.
var laravelNamed = map[string][]string{
	"id": {"id"}, "timestamps": {"created_at", "updated_at"}, "timestampsTz": {"created_at", "updated_at"}, "nullableTimestamps": {"created_at", "updated_at"},
	"addTimestamps": {"created_at", "updated_at"}, "softDeletes": {"deleted_at"}, "softDeletesTz": {"deleted_at"}, "rememberToken": {"remember_token"},
}

func (s *script) php() {
	var open *table
	for i := 0; i < len(s.list); i++ {
		l := s.list[i]
		if l.kind != word || !s.at(i+1).is("(") || !s.at(i-1).is("->") && !s.at(i-1).is("::") {
			continue
		}
		args := s.args(i+2, s.group(i+1))
		strs := s.plain(args)
		first := ""
		if len(strs) > 0 {
			first = strs[0]
		}
		switch {
		case l.text == "create" && (s.at(i-1).is("::") || len(args) > 1), l.text == "createTable": // Schema::connection('x')->create('t', …)
			if first != "" {
				open = s.table(first, l.line, true)
				open.file = s.path
			}
		case l.text == "table" && first != "", l.text == "getTable" && first != "":
			open = s.table(first, l.line, false)
		case l.text == "drop" && first == "" && open != nil: // of Phinx
			s.catalog.remove(name{open.schema, open.name})
			open = nil
		case l.text == "dropColumns" && first != "" && len(args) > 1:
			s.phpDrop(s.table(first, l.line, false), args[1].from, s.group(i+1))
		case l.text == "drop" || l.text == "dropIfExists" || l.text == "dropTable":
			s.catalog.remove(name{table: first})
		case l.text == "rename" && len(strs) > 1, l.text == "renameTable" && len(strs) > 1:
			s.catalog.rename(name{table: strs[0]}, name{table: strs[1]}, l.line)
		case open != nil:
			s.phpColumn(open, i, args, strs)
		}
	}
}

// phpColumn reads `$table->string('nom', 20)->comment('…')`.
func (s *script) phpColumn(t *table, i int, args []arg, strs []string) {
	l := s.list[i]
	switch {
	case l.text == "dropColumn" || l.text == "removeColumn" || l.text == "dropConstrainedForeignId":
		s.phpDrop(t, i+2, s.group(i+1))
	case strings.HasPrefix(l.text, "drop") && laravelNamed[undropped(l.text)] != nil && len(strs) == 0:
		for _, n := range laravelNamed[undropped(l.text)] {
			t.drop(n)
		}
	case l.text == "dropSoftDeletes" || l.text == "dropSoftDeletesTz":
		t.drop(strs[0])
	case strings.HasPrefix(l.text, "drop") && strings.HasSuffix(strings.ToLower(l.text), "morphs") && len(strs) > 0:
		t.drop(strs[0] + "_id")
		t.drop(strs[0] + "_type")
	case (l.text == "id" || strings.HasPrefix(l.text, "softDeletes")) && len(strs) > 0:
		s.put(t, column{name: strs[0], typ: l.text, line: l.line, key: l.text == "id"})
	case l.text == "foreignIdFor" && len(args) > 0:
		s.phpForeignFor(t, args, strs, l.line)
	case l.text == "renameColumn" && len(strs) > 1:
		s.renameColumn(t.title(), strs[0], strs[1], l.line)
	case laravelNamed[l.text] != nil && len(strs) == 0:
		for _, n := range laravelNamed[l.text] {
			s.put(t, column{name: n, typ: l.text, line: l.line, key: l.text == "id"})
		}
	case strings.HasSuffix(strings.ToLower(l.text), "morphs") && len(strs) > 0:
		s.put(t, column{name: strs[0] + "_id", typ: "bigint", key: true, line: l.line})
		s.put(t, column{name: strs[0] + "_type", typ: "string", line: l.line})
	case laravelTypes[l.text] && len(strs) > 0:
		c := column{name: strs[0], typ: l.text, line: l.line, key: strings.HasPrefix(l.text, "foreign")}
		if l.text == "addColumn" && len(strs) > 1 {
			c.typ = strs[1]
		}
		if len(args) > 1 && s.at(args[1].from).kind == number && counts([]string{strings.ToLower(c.typ)}) {
			c.length = token{kind: number, raw: s.at(args[1].from).text}.number()
		}
		s.phpOptions(&c, i, args)
		s.put(t, c)
	}
}

// undropped returns the method that made what dropTimestamps takes away.
func undropped(method string) string {
	method = strings.TrimPrefix(method, "drop")
	return strings.ToLower(method[:min(1, len(method))]) + method[min(1, len(method)):]
}

// phpDrop drops every column named in a range.
func (s *script) phpDrop(t *table, from, to int) {
	for _, l := range s.list[from:to] {
		if l.kind == text {
			t.drop(l.text)
		}
	}
}

// phpForeignFor reads `foreignIdFor(UserAccount::class)`: the key is called after
// the class, unless it is said.
func (s *script) phpForeignFor(t *table, args []arg, strs []string, line int) {
	title := ""
	if len(strs) > 0 {
		title = strs[0]
	} else {
		class := s.at(args[0].from).text
		for i := args[0].from; i < args[0].to; i++ {
			if s.at(i + 1).is("::") {
				class = s.at(i).text
			}
		}
		class = class[strings.LastIndexByte(class, '\\')+1:]
		for i, r := range class {
			if i > 0 && r >= 'A' && r <= 'Z' {
				title += "_"
			}
			title += strings.ToLower(string(r))
		}
		title += "_id"
	}
	s.put(t, column{name: title, typ: "foreignid", line: line, key: true})
}

// phpOptions reads what is chained after a column, and Doctrine's options.
func (s *script) phpOptions(c *column, i int, args []arg) {
	for _, a := range args {
		for j := a.from; j+2 < a.to; j++ {
			if s.at(j).kind == text && s.at(j+1).is("=>") {
				switch s.at(j).text {
				case "comment":
					c.comment = s.at(j + 2).text
				case "length", "limit":
					c.length = token{kind: number, raw: s.at(j + 2).text}.number()
				}
			}
		}
	}
	for j := s.group(i+1) + 1; s.at(j).is("->") && s.at(j+2).is("("); j = s.group(j+2) + 1 {
		switch s.at(j + 1).text {
		case "comment":
			c.comment = s.at(j + 3).text
		case "unique", "primary":
			c.key = true
		}
	}
}
