package code

import (
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// A declared field, as it is handed to those who judge names.
type declared struct {
	item.Column
	kept bool // of a class whose objects are stored
}

// fields reads the declared fields of u.
func (u *unit) fields() []declared {
	var all []declared
	switch u.lang {
	case python:
		all = pythonFields(u)
	case golang:
		all = goFields(u)
	case ruby:
		all = rubyFields(u)
	case php:
		all = append(u.classFields(), u.phpLists()...)
	case script:
		all = append(u.classFields(), u.schemaFields()...)
	default:
		all = u.classFields()
	}
	neighbours(all)
	return all
}

// A class is a type with fields.
type class struct {
	name   string
	head   string // what stands before and after its name: annotations, bases
	at     int    // token of its name
	lo, hi int    // its body
	params int    // parenthesis of its primary constructor; 0 without
}

var classWords = map[string]bool{"class": true, "interface": true, "record": true, "struct": true, "trait": true, "enum": true, "object": true, "type": true}

// classes finds the types of a language with braces.
func (u *unit) classes() []class {
	var all []class
	for i := range u.toks {
		if u.toks[i].kind != tokName || !classWords[u.text(i)] || u.isMember(i-1) || u.kind(i+1) != tokName {
			continue
		}
		if u.is(i, "type") && u.lang != script || u.is(i, "object") && u.lang != kotlin || u.is(i+1, "class") || u.is(i+1, "struct") {
			continue
		}
		if c, ok := u.class(i); ok {
			all = append(all, c)
		}
	}
	return all
}

func (u *unit) class(i int) (class, bool) {
	c := class{name: u.text(i + 1), at: i + 1}
	for j := i + 2; j < len(u.toks) && j < i+120; j++ {
		t := u.toks[j]
		switch {
		case t.kind == tokOpen && u.src[t.start] == '(' && c.params == 0:
			c.params = j
			j = u.after(j) - 1
			if u.bodiless(j + 1) {
				c.lo, c.hi = j+1, j+1
				c.head = u.classHead(i, j)
				return c, true
			}
		case t.kind == tokOpen && u.src[t.start] == '{':
			c.lo, c.hi = j+1, max(min(int(t.pair), len(u.toks)), j+1)
			c.head = u.classHead(i, j)
			return c, true
		case t.kind == tokOpen:
			j = u.after(j) - 1
		case u.is(j, ";") || u.is(j, "=") && u.lang != script:
			return c, c.params > 0
		}
	}
	return c, false
}

// bodiless tells whether a class ends with its parameters: a record.
func (u *unit) bodiless(i int) bool {
	if u.lang != kotlin && u.lang != csharp && u.lang != java {
		return false
	}
	return i >= len(u.toks) || u.is(i, ";") || u.toks[i].kind == tokClose || u.toks[i].kind == tokLine && !u.nextOpens(i)
}

func (u *unit) nextOpens(i int) bool {
	for i < len(u.toks) && u.toks[i].kind == tokLine {
		i++
	}
	return u.is(i, "{") || u.is(i, ":")
}

// classHead is the source from the annotations before a class to its body.
func (u *unit) classHead(i, body int) string {
	from := i
	for n := 0; from > 0 && n < 200; n++ {
		t := u.toks[from-1]
		if u.is(from-1, ";") || t.block || t.kind == tokClose && u.src[t.start] == '}' || t.kind == tokOp && t.start == t.end {
			break
		}
		from--
	}
	start := u.toks[from].start
	if end := u.toks[min(body, len(u.toks)-1)].start; end > start {
		return string(u.src[start:end]) + u.commentAbove(int(u.toks[from].line))
	}
	return ""
}

// commentAbove returns the text of the comment that ends right above a line.
func (u *unit) commentAbove(line int) string {
	for i := len(u.comments) - 1; i >= 0; i-- {
		c := u.comments[i]
		if int(c.line) >= line {
			continue
		}
		end := int(c.line)
		for _, b := range u.src[c.start:c.end] {
			if b == '\n' {
				end++
			}
		}
		if end == line-1 {
			return cleanComment(u.src[c.start:c.end])
		}
		return ""
	}
	return ""
}

// commentBeside returns the comment that starts on a line.
func (u *unit) commentBeside(line int) string {
	for i := range u.comments {
		if int(u.comments[i].line) == line {
			return cleanComment(u.src[u.comments[i].start:u.comments[i].end])
		}
		if int(u.comments[i].line) > line {
			break
		}
	}
	return ""
}

// longestComment is how much of a comment says what a field is.
const longestComment = 200

func cleanComment(b []byte) string {
	s := strings.Join(strings.FieldsFunc(string(b[:min(len(b), 2*longestComment)]), func(r rune) bool {
		return r == '*' || r == '/' || r == '\n' || r == '\r' || r == '\t' || r == '#' || r == ' '
	}), " ")
	return s[:min(len(s), longestComment)]
}

// attributes reads what annotations, or the arguments of a field's call, say of
// a column.
func (u *unit) attributes(col *item.Column, ranges [][2]int) {
	var said []string
	for _, r := range ranges {
		u.annotation(col, r[0], r[1])
		from, to := u.toks[r[0]].start, u.toks[min(r[1], len(u.toks))-1].end
		if to > from {
			said = append(said, string(u.src[from:min(to, from+longestComment)]))
		}
	}
	if len(said) > 0 {
		col.Comment = strings.TrimSpace(col.Comment + " " + strings.Join(said, " "))
	}
}

// aliasKeys are arguments that give a column another name.
var aliasKeys = map[string]bool{"name": true, "value": true, "dbcolumn": true, "columnname": true, "alias": true, "serializationalias": true, "field": true, "column": true, "jsonproperty": true, "key": true}

// aliasing are annotations whose text is the name of the column.
var aliasing = map[string]bool{
	"column": true, "joincolumn": true, "jsonproperty": true, "jsonpropertyname": true, "serializedname": true, "columninfo": true, "field": true, "bsonelement": true, "serialname": true, "json": true, "property": true, "datamember": true, "jsonalias": true, "xmlelement": true, "primarygeneratedcolumn": true, "primarycolumn": true, "mappedcolumn": true, "dynamodbattribute": true,
}

func (u *unit) annotation(col *item.Column, lo, hi int) {
	name := ""
	for i := lo; i < hi; i++ {
		t := u.toks[i]
		switch t.kind {
		case tokName:
			f := fold(u.text(i))
			if u.is(i+1, "(") || name == "" {
				name = f[strings.LastIndexByte(f, '\\')+1:]
			}
			switch {
			case name == "id" || name == "primarykey" || name == "key" || name == "primarygeneratedcolumn" || name == "naturalid":
				col.Key = true
			case (f == "unique" || f == "primarykey") && (u.is(i+1, "=") || u.is(i+1, ":")) && (u.is(i+2, "true") || u.is(i+2, "True")):
				col.Key = true
			case (f == "length" || f == "max" || f == "maxlength" || f == "stringlength" || f == "size") && i+2 < hi:
				for j := i + 1; j <= i+2; j++ {
					if u.toks[j].kind == tokNumber {
						col.Length, _ = strconv.Atoi(string(u.src[u.toks[j].start:u.toks[j].end]))
					}
				}
			}
		case tokText:
			u.annotationText(col, name, i)
		case tokNumber, tokOp, tokOpen, tokClose, tokLine:
		}
	}
}

func (u *unit) annotationText(col *item.Column, name string, i int) {
	key := ""
	if (u.is(i-1, "=") || u.is(i-1, ":") || u.is(i-1, "=>")) && i >= 2 {
		key = fold(u.text(i - 2))
	}
	text := u.text(i)
	switch {
	case text == "" || len(text) > 60:
	case key == "type" && col.Type == "":
		col.Type = strings.ToLower(text)
	case aliasing[name] && (key == "" && u.is(i-1, "(") || aliasKeys[key]) && isIdentifier(text):
		if text != col.Name {
			col.Aliases = append(col.Aliases, text)
		}
	}
}

func isIdentifier(s string) bool {
	for i := range len(s) {
		if !isNameStart(s[i]) && !isDigit(s[i]) && s[i] != '-' && s[i] != '.' {
			return false
		}
	}
	return s != "" && !isDigit(s[0])
}

// neighbours gives each field the names of the others of its container.
func neighbours(all []declared) {
	byContainer := map[string][]string{}
	for i := range all {
		byContainer[all[i].Container] = append(byContainer[all[i].Container], all[i].Name)
	}
	for i := range all {
		names := byContainer[all[i].Container]
		all[i].Neighbours = names[:min(len(names), 60)]
	}
}
