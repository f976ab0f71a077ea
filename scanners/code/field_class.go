package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// classFields reads the members of the classes of a language with braces.
func (u *unit) classFields() []declared {
	var all []declared
	for _, c := range u.classes() {
		if c.params > 0 && (u.lang == kotlin || u.lang == java || u.lang == csharp && strings.Contains(c.head, "record")) {
			all = append(all, u.paramFields(&c, c.params, true)...)
		}
		for i := c.lo; i < c.hi; {
			var d []declared
			d, i = u.classMember(&c, i)
			all = append(all, d...)
		}
	}
	return all
}

// classMember reads the member at i and returns where the next one starts.
func (u *unit) classMember(c *class, i int) ([]declared, int) {
	from, notes := u.skipAnnotations(i, c.hi)
	for from < c.hi && (u.toks[from].kind == tokLine || u.is(from, ";") || u.is(from, ",")) {
		from++
		if from < c.hi && len(notes) == 0 {
			return nil, from
		}
	}
	stop := from
	for stop < c.hi && !u.memberStops(stop) {
		if u.is(stop, "<") {
			if j := u.closeAngle(stop, c.hi); j > 0 {
				stop = j
			}
		} else if u.toks[stop].kind == tokOpen {
			stop = u.after(stop) - 1
		}
		stop++
	}
	stop = min(stop, c.hi)
	next := u.memberEnd(stop, c.hi)
	if stop <= from {
		return nil, max(next, i+1)
	}
	if u.is(stop, "(") {
		if u.lang == php && u.is(stop-1, "__construct") || u.lang == script && u.is(stop-1, "constructor") {
			return u.paramFields(c, stop, false), next
		}
		return nil, next
	}
	col, ok := u.memberColumn(c, from, stop)
	if !ok || u.holdsFunction(from, stop) || refersTo(&col) {
		return nil, next
	}
	u.describe(&col, from, notes)
	return []declared{{Column: col, kept: u.keptClass(c)}}, max(next, i+1)
}

// holdsFunction tells `find = async function (` and `find: (a) => b`: what is done,
// not what is kept.
func (u *unit) holdsFunction(from, stop int) bool {
	if u.lang != script {
		return false
	}
	if u.is(stop, "=") {
		return u.assignedFunction(stop+1) > 0
	}
	for i := from; i < stop; i++ {
		if u.is(i, ":") {
			return u.is(i+1, "(") && u.is(u.after(i+1), "=>")
		}
	}
	return false
}

// valueTypes are classes that stand for a datum and not for a record of their own.
var valueTypes = compile([]string{"email", "email_address", "phone", "phone_number", "address", "postal_address", "iban", "name", "full_name", "password", "birth_date", "date_of_birth", "gender", "nir", "ssn", "geo_point", "location", "ip_address"})

// refersTo tells a field that is called after its class, `User user`: the data is
// that of the class.
func refersTo(col *item.Column) bool {
	return col.Type != "" && fold(col.Type) == fold(col.Name) && !valueTypes.has(fold(col.Name))
}

// memberStops tells whether the name and type of a member end at i.
func (u *unit) memberStops(i int) bool {
	t := u.toks[i]
	switch {
	case t.kind == tokOpen:
		return u.src[t.start] == '(' && !(u.lang == script && u.is(i-1, ":")) || u.src[t.start] == '{' && !(u.lang == script && u.is(i-1, ":"))
	case u.is(i, ";"), u.is(i, "="), u.is(i, "=>"), t.kind == tokClose:
		return true
	case t.kind == tokLine:
		return !u.continues(i)
	case u.is(i, ","):
		return u.lang == script || u.lang == java && u.is(i+2, ";")
	}
	return u.lang == kotlin && u.is(i, "by")
}

// memberEnd returns where the member that stops at i is over: after its block,
// or its ';', or its line.
func (u *unit) memberEnd(i, hi int) int {
	for i < hi {
		t := u.toks[i]
		switch {
		case t.kind == tokOpen && u.src[t.start] == '{':
			i = u.after(i)
			if u.is(i, "=") { // { get; set; } = x;
				continue
			}
			if i < hi && t.block || u.lang == csharp {
				return min(i, hi)
			}
			continue
		case t.kind == tokOpen:
			i = u.after(i)
			continue
		case u.is(i, ";"), u.is(i, ",") && u.lang == script:
			return i + 1
		case t.kind == tokLine && !u.continues(i) && !u.is(i+1, "{"):
			return i + 1
		}
		i++
	}
	return hi
}

// memberColumn reads the name and the type in [from, stop).
func (u *unit) memberColumn(c *class, from, stop int) (item.Column, bool) {
	name, typ := -1, ""
	words := 0
	for i := from; i < stop; i++ {
		t := u.toks[i]
		if u.is(i, "<") {
			if j := u.closeAngle(i, stop); j > 0 {
				i = j
			}
			continue
		}
		if t.kind != tokName {
			if u.is(i, ":") && name >= 0 && !u.lang.typeFirst {
				typ = u.firstName(i+1, stop)
				break
			}
			continue
		}
		s := u.text(i)
		if classWords[s] && !u.lang.typeFirst == (u.lang == script && s == "type") || s == "function" || s == "fun" || s == "const" && u.lang == php || s == "import" || s == "return" || s == "case" || s == "use" && u.lang == php || s == "companion" || s == "init" && u.lang == kotlin || s == "event" && u.lang == csharp || s == "delegate" {
			return item.Column{}, false
		}
		if u.lang == php && !u.dollar(i) {
			if !paramWords[s] && s != "static" {
				typ = s[strings.LastIndexByte(s, '\\')+1:]
			}
			continue
		}
		if paramWords[s] || modifiers[s] {
			continue
		}
		words++
		if name >= 0 && u.lang.typeFirst {
			typ = u.text(name)
		}
		if name < 0 || u.lang.typeFirst {
			name = i
		}
	}
	if name < 0 || u.lang.typeFirst && u.lang != php && words < 2 {
		return item.Column{}, false
	}
	return item.Column{Container: c.name, Name: u.text(name), Type: strings.ToLower(typ), Line: int(u.toks[name].line)}, true
}

var modifiers = map[string]bool{"static": true, "abstract": true, "volatile": true, "transient": true, "virtual": true, "internal": true, "sealed": true, "lateinit": true, "open": true, "declare": true, "partial": true, "new": true, "unsafe": true, "export": true, "default": true, "global": true, "lazy": true, "data": true, "inner": true, "companion": true, "get": true, "set": true}

func (u *unit) firstName(lo, hi int) string {
	for i := lo; i < hi; i++ {
		if u.toks[i].kind == tokName && !u.is(i+1, "<") {
			return u.text(i)
		}
	}
	for i := lo; i < hi; i++ {
		if u.toks[i].kind == tokName {
			return u.text(i)
		}
	}
	return ""
}

// describe adds what annotations and comments say.
func (u *unit) describe(col *item.Column, from int, notes [][2]int) {
	line := int(u.toks[from].line)
	if len(notes) > 0 {
		line = int(u.toks[notes[0][0]].line)
	}
	col.Comment = u.commentAbove(line)
	if col.Comment == "" {
		col.Comment = u.commentBeside(col.Line)
	}
	u.attributes(col, notes)
}

// paramFields reads the parameters of a primary constructor, or those of a
// constructor that a visibility makes fields.
func (u *unit) paramFields(c *class, open int, all bool) []declared {
	var list []declared
	for _, r := range u.split(open+1, u.after(open)-1) {
		lo, notes := u.skipAnnotations(r[0], r[1])
		kept := all && u.lang != kotlin
		for i := lo; i < r[1]; i++ {
			if s := u.text(i); u.toks[i].kind == tokName && (s == "private" || s == "public" || s == "protected" || s == "val" || s == "var" || s == "readonly") {
				kept = true
			}
		}
		if !kept || lo >= r[1] {
			continue
		}
		for _, p := range u.oneParam(lo, r[1]) {
			if strings.HasSuffix(p.typ, "Service") || strings.HasSuffix(p.typ, "Interface") || strings.HasSuffix(p.typ, "Repository") {
				continue
			}
			col := item.Column{Container: c.name, Name: p.name, Type: strings.ToLower(p.typ), Line: p.line}
			u.describe(&col, lo, notes)
			list = append(list, declared{Column: col, kept: u.keptClass(c)})
		}
	}
	return list
}

// storedHeads are marks of classes whose objects are stored, in their heads.
var storedHeads = []string{"Entity", "@Table", "[Table", "@Document", "ORM\\", "extends Model", "ActiveRecord", "Eloquent", "MappedSuperclass", "Realm", "@Collection", "models.Model", "db.Model", "(Base)", "DeclarativeBase"}

func (u *unit) keptClass(c *class) bool {
	for _, m := range storedHeads {
		if strings.Contains(c.head, m) {
			return true
		}
	}
	return u.lang == csharp && strings.Contains(string(u.src[:min(len(u.src), 2000)]), "EntityFrameworkCore")
}
