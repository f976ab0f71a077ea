package schema

import (
	"strings"
)

// rails reads schema.rb and migrations of Rails.
var rails = migration{
	name: "rails",
	match: func(path string, head []byte) bool {
		return strings.HasSuffix(path, ".rb") && (has(head, "ActiveRecord::Schema") || has(head, "ActiveRecord::Migration"))
	},
	read: func(text, path string, c *catalog, _ func(int, string)) error {
		s := &script{list: lexemes(forward(text, ruby), ruby), path: path, catalog: c}
		s.rails()
		s.sql()
		return nil
	},
}

// railsOther are the methods of a table that declare no column.
var railsOther = set(`index unique_constraint check_constraint foreign_key exclusion_constraint change change_default change_null remove_index rename_index primary_key? column_exists?`)

// columnWords are types, which remove_column may be given beside the column.
var columnWords = set("string text integer bigint boolean date datetime decimal float")

// rails goes through the calls. `t` of a block is whatever name stands before a
// dot while a table is open.
func (s *script) rails() {
	var open *table
	for i := 0; i < len(s.list); i++ {
		l := s.list[i]
		if l.kind != word {
			continue
		}
		if s.at(i+1).is(".") && s.at(i+2).kind == word && open != nil && len(l.text) <= 5 && l.text[0] >= 'a' { // not `User.`, a model
			s.railsColumn(open, i+2)
			i += 2
			continue
		}
		args := s.args(s.call(i))
		strs := s.plain(args)
		if len(strs) == 0 {
			continue
		}
		switch l.text {
		case "create_join_table":
			open = s.railsJoin(args, strs, l.line)
		case "drop_join_table":
			s.catalog.remove(name{table: s.railsJoined(args, strs)})
		case "create_table":
			open = s.table(strs[0], l.line, true)
			open.file, open.comment = s.path, s.textOf(args, "comment")
		case "change_table":
			open = s.table(strs[0], l.line, false)
		case "drop_table":
			s.catalog.remove(name{table: strs[0]})
		default:
			s.railsChange(l, args, strs)
		}
	}
}

// call returns the range of the arguments of the method at i: in parentheses,
// or up to the end of the line.
func (s *script) call(i int) (from, to int) {
	if s.at(i + 1).is("(") {
		return i + 2, s.group(i + 1)
	}
	line := s.at(i).line
	for to = i + 1; to < len(s.list); to++ {
		l := s.list[to]
		if l.line > line && !s.at(to-1).is(",") || l.kind == word && (l.text == "do" || l.text == "end") || l.is("}") || l.is(";") || l.is("{") && s.at(to+1).is("|") {
			break
		}
		if l.is("{") { // a hash
			to = s.group(to)
			l = s.at(to)
		}
		line = l.line
	}
	return i + 1, min(to, len(s.list))
}

// railsColumn reads `t.string :a, :b, limit: 20`.
func (s *script) railsColumn(t *table, i int) {
	method, line := s.at(i).text, s.at(i).line
	args := s.args(s.call(i))
	strs := s.plain(args)
	c := column{typ: method, length: s.number(args, "limit"), comment: s.textOf(args, "comment"), line: line}
	switch {
	case method == "remove_timestamps":
		t.drop("created_at")
		t.drop("updated_at")
		return
	case method == "timestamps":
		strs = []string{"created_at", "updated_at"}
		c.typ = "datetime"
	case railsOther[method] || len(strs) == 0:
		return
	case method == "remove_references" || method == "remove_belongs_to":
		for _, n := range strs {
			t.drop(n + "_id")
			t.drop(n + "_type")
		}
		return
	case method == "references" || method == "belongs_to":
		strs = referred(args, strs)
		c.typ, c.key = "bigint", true
	case method == "column" && len(strs) > 1:
		c.typ, strs = strs[1], strs[:1]
	case method == "remove":
		for _, n := range strs {
			t.drop(n)
		}
		return
	case method == "rename" && len(strs) > 1:
		s.renameColumn(t.title(), strs[0], strs[1], line)
		return
	}
	if c.length > 0 && !counts([]string{c.typ}) {
		c.length = 0
	}
	for _, n := range strs {
		c.name = n
		s.put(t, c)
	}
}

// railsChange reads the methods that change a table from outside.
func (s *script) railsChange(l lexeme, args []arg, strs []string) {
	switch l.text {
	case "add_timestamps":
		strs = append(strs[:1:1], "created_at", "updated_at")
	case "remove_timestamps":
		l.text, strs = "remove_columns", append(strs[:1:1], "created_at", "updated_at")
	}
	if len(strs) < 2 {
		return
	}
	comment := s.textOf(args, "comment")
	switch l.text {
	case "add_column", "change_column":
		c := column{name: strs[1], length: s.number(args, "limit"), comment: comment, line: l.line}
		if len(strs) > 2 {
			c.typ = strs[2]
		}
		s.put(s.table(strs[0], l.line, false), c)
	case "add_columns", "add_timestamps":
		typ := ""
		if a, ok := named(args, "type"); ok {
			typ = s.at(a.to - 1).text
		}
		for _, n := range strs[1:] {
			s.put(s.table(strs[0], l.line, false), column{name: n, typ: typ, line: l.line})
		}
	case "add_reference", "add_belongs_to", "add_references":
		for _, n := range referred(args, strs[1:2:2]) {
			s.put(s.table(strs[0], l.line, false), column{name: n, typ: "bigint", key: true, line: l.line})
		}
	case "remove_reference", "remove_belongs_to":
		if t := s.catalog.get(name{table: strs[0]}); t != nil {
			t.drop(strs[1] + "_id")
			t.drop(strs[1] + "_type")
		}
	case "remove_column", "remove_columns":
		if t := s.catalog.get(name{table: strs[0]}); t != nil {
			t.drop(strs[1])
			for _, n := range strs[2:] {
				if l.text == "remove_columns" && !columnWords[n] {
					t.drop(n)
				}
			}
		}
	case "rename_column":
		if len(strs) > 2 {
			s.renameColumn(strs[0], strs[1], strs[2], l.line)
		}
	case "rename_table":
		s.catalog.rename(name{table: strs[0]}, name{table: strs[1]}, l.line)
	case "change_column_comment":
		t := s.table(strs[0], l.line, false)
		if to := s.textOf(args, "to"); to != "" {
			strs = append(strs[:2:2], to)
		}
		if j := t.find(strs[1]); j >= 0 && len(strs) > 2 {
			t.columns[j].comment = strs[2]
		}
	}
}

// referred returns the columns of references: the key, and the class of the row it
// is of when that may be one of many.
func referred(args []arg, strs []string) []string {
	_, many := named(args, "polymorphic")
	var list []string
	for _, n := range strs {
		list = append(list, n+"_id")
		if many {
			list = append(list, n+"_type")
		}
	}
	return list
}

// railsJoined returns the title of the table between two: theirs, in the order of
// the alphabet, unless it is said.
func (s *script) railsJoined(args []arg, strs []string) string {
	if title := s.textOf(args, "table_name"); title != "" || len(strs) < 2 {
		return title
	}
	return min(strs[0], strs[1]) + "_" + max(strs[0], strs[1])
}

// railsJoin reads `create_join_table :users, :roles`: a table of two keys.
func (s *script) railsJoin(args []arg, strs []string, line int) *table {
	t := s.table(s.railsJoined(args, strs), line, true)
	t.file = s.path
	for _, n := range strs {
		s.put(t, column{name: strings.TrimSuffix(n, "s") + "_id", typ: "bigint", key: true, line: line})
	}
	return t
}
