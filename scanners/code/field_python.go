package code

import (
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// pythonFields reads class bodies: Django, SQLAlchemy, pydantic, dataclasses.
func pythonFields(u *unit) []declared {
	var all []declared
	for i := range u.toks {
		if !u.is(i, "class") || u.toks[i].kind != tokName || !u.startsLine(i) || u.kind(i+1) != tokName {
			continue
		}
		c := class{name: u.text(i + 1), at: i + 1}
		from := i + 2
		if u.is(from, "(") {
			end := u.after(from)
			c.head = string(u.src[u.toks[from].start:u.toks[min(end, len(u.toks))-1].end])
			from = end
		}
		c.lo, c.hi = from, u.blockEnd(i, from)
		all = append(all, u.pythonClass(&c)...)
	}
	return all
}

func (u *unit) pythonClass(c *class) []declared {
	var all []declared
	depth := -1
	inInit := false
	for i := c.lo; i < c.hi; i++ {
		t := u.toks[i]
		if t.kind == tokOpen {
			i = u.after(i) - 1
			continue
		}
		if u.pythonBeside(c, i) {
			if d, ok := u.pythonField(c, i); ok {
				all = append(all, d)
			}
			i = u.pythonEnd(i, c.hi) - 1
			continue
		}
		if t.kind != tokName || !u.startsLine(i) || t.line == u.toks[c.at].line {
			continue
		}
		col := u.column(i)
		if depth < 0 {
			depth = col
		}
		switch {
		case col == depth && u.is(i, "def"):
			inInit = u.is(i+1, "__init__")
		case col == depth:
			inInit = false
			if d, ok := u.pythonField(c, i); ok {
				all = append(all, d)
			}
		case inInit && u.is(i, "self") && u.is(i+1, ".") && (u.is(i+3, "=") || u.is(i+3, ":")):
			all = append(all, declared{Column: item.Column{Container: c.name, Name: u.text(i + 2), Line: int(t.line), Comment: u.commentBeside(int(t.line))}})
		}
	}
	return all
}

// pythonBeside tells a field that does not start its line: `class A: a: str` and
// `a: str; b: str`.
func (u *unit) pythonBeside(c *class, i int) bool {
	if u.toks[i].kind != tokName || !u.is(i+1, ":") && !u.is(i+1, "=") {
		return false
	}
	return i == c.lo+1 && u.is(c.lo, ":") && u.toks[i].line == u.toks[c.at].line || i > c.lo && u.is(i-1, ";") && !u.startsLine(i) && !u.is(i+1, "=")
}

// pythonField reads `name = Field(…)` and `name: type = …`.
func (u *unit) pythonField(c *class, i int) (declared, bool) {
	name := u.text(i)
	if name == "class" || strings.HasPrefix(name, "_") || !u.is(i+1, "=") && !u.is(i+1, ":") {
		return declared{}, false
	}
	col := item.Column{Container: c.name, Name: name, Line: int(u.toks[i].line)}
	end := u.pythonEnd(i, c.hi)
	value := i + 2
	typed := u.is(i+1, ":")
	if typed {
		eq := i + 2
		for eq < end && !u.is(eq, "=") {
			if u.toks[eq].kind == tokName && !wrapperTypes[u.text(eq)] {
				col.Type = strings.ToLower(u.text(eq))
			}
			eq++
		}
		value = eq + 1
	}
	known := typed
	if value < end && u.kind(value) == tokName {
		ch := u.chain(value, end)
		last := ch.parts[len(ch.parts)-1]
		if last.call && fieldCall(last.name) {
			known = true
			u.pythonArguments(&col, last)
		}
	}
	if !known {
		return declared{}, false
	}
	if col.Comment == "" {
		col.Comment = u.commentBeside(col.Line)
	}
	return declared{Column: col, kept: u.keptClass(c) || strings.Contains(c.head, "Model") && !strings.Contains(c.head, "BaseModel")}, true
}

var wrapperTypes = map[string]bool{"Mapped": true, "Optional": true, "Annotated": true, "Union": true, "None": true, "ClassVar": true, "Required": true, "NotRequired": true, "typing": true, "List": true, "list": true}

func fieldCall(name string) bool {
	switch name {
	case "Column", "mapped_column", "Field", "column_property", "ForeignKey", "OneToOneField", "field", "attrib", "Factory":
		return true
	}
	return strings.HasSuffix(name, "Field") || strings.HasSuffix(name, "Property") || strings.HasSuffix(name, "Column") || name == "String" || name == "Str" || name == "Email" || name == "Char" || name == "Text" || name == "Date" || name == "Integer" || name == "Float" || name == "Many2one" || name == "Boolean" || name == "Selection"
}

// pythonEnd returns the end of the logical line that starts at i.
func (u *unit) pythonEnd(i, hi int) int {
	for i < hi {
		if u.toks[i].kind == tokOpen {
			i = u.after(i)
			continue
		}
		if u.toks[i].kind == tokLine || u.is(i, ";") {
			return i
		}
		i++
	}
	return hi
}

// pythonArguments reads the arguments of a field's call.
func (u *unit) pythonArguments(col *item.Column, call part) {
	if col.Type == "" {
		col.Type = strings.ToLower(call.name)
	}
	sql := call.name == "Column" || call.name == "mapped_column" || call.name == "column_property"
	for n, r := range u.split(call.lo, call.hi) {
		for r[0] < r[1] && u.toks[r[0]].kind == tokLine {
			r[0]++
		}
		if r[0] >= r[1] {
			continue
		}
		if u.toks[r[0]].kind == tokName && u.is(r[0]+1, "=") {
			u.pythonKeyword(col, fold(u.text(r[0])), r[0]+2, r[1])
			continue
		}
		text := u.firstText(r[0], r[1])
		switch {
		case sql && u.toks[r[0]].kind == tokText && n == 0:
			col.Aliases = append(col.Aliases, u.text(r[0]))
		case sql && u.toks[r[0]].kind == tokName && (col.Type == "column" || col.Type == "mapped_column"):
			col.Type = strings.ToLower(u.text(r[0]))
		case text != "" && n == 0:
			col.Comment = text
		}
	}
}

func (u *unit) pythonKeyword(col *item.Column, key string, lo, hi int) {
	switch key {
	case "verbosename", "helptext", "label", "description", "title", "comment", "doc", "string", "help":
		if text := u.firstText(lo, hi); text != "" {
			col.Comment = strings.TrimSpace(col.Comment + " " + text)
		}
	case "dbcolumn", "name", "alias", "datakey", "source":
		if text := u.firstText(lo, hi); text != "" && isIdentifier(text) {
			col.Aliases = append(col.Aliases, text)
		}
	case "primarykey", "unique":
		col.Key = u.is(lo, "True")
	case "maxlength":
		col.Length, _ = strconv.Atoi(u.text(lo))
	}
}

func (u *unit) firstText(lo, hi int) string {
	for i := lo; i < hi && i < lo+6; i++ {
		if u.toks[i].kind == tokText && u.toks[i].end > u.toks[i].start {
			s := u.text(i)
			return s[:min(len(s), longestComment)]
		}
	}
	return ""
}
