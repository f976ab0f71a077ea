package schema

import (
	"path"
	"strconv"
	"strings"
)

// doctrine reads what Doctrine is told of its tables in YAML: the mapping of one
// class a file (Doctrine 2, `*.orm.yml`), and the schema of several (Doctrine 1, in a
// folder of that name).
var doctrine = migration{
	name: "doctrine",
	match: func(path string, head []byte) bool {
		if !strings.HasSuffix(path, ".yml") && !strings.HasSuffix(path, ".yaml") {
			return false
		}
		return doctrineMapping(path) || strings.Contains(path, "doctrine/") && has(head, "columns:")
	},
	read: func(text, path string, c *catalog, _ func(int, string)) error {
		// A name that is filled in for each class is no YAML of others.
		root, err := yamlNodes(strings.ReplaceAll(text, "%CLASS%", "_CLASS_"))
		if err != nil {
			return err
		}
		d := &doctrineFile{script: script{path: path, catalog: c}, classes: map[string]*table{}}
		for _, class := range root.children {
			if doctrineMapping(strings.ToLower(path)) {
				d.mapping(class)
			} else {
				d.class(class)
			}
		}
		return nil
	},
}

// doctrineMapping tells whether a file maps one class, by its name in lower case.
func doctrineMapping(p string) bool {
	base := strings.TrimSuffix(strings.TrimSuffix(path.Base(p), ".yml"), ".yaml")
	return strings.HasSuffix(base, ".orm") || strings.HasSuffix(base, ".dcm")
}

type doctrineFile struct {
	script
	classes map[string]*table
}

// named makes the table of a class, called as its key says or after the class.
func (d *doctrineFile) named(class *node, key string) *table {
	n := tableName(class.get(key))
	if n.table == "" {
		n.table = class.name[strings.LastIndexAny(class.name, `\.`)+1:]
	}
	if schema := class.get("schema"); schema != "" && n.schema == "" {
		n.schema = schema
	}
	t := d.catalog.add(n, class.line)
	t.file = d.path
	return t
}

// mapping reads a class of Doctrine 2.
func (d *doctrineFile) mapping(class *node) {
	t := d.named(class, "table")
	for _, part := range class.children {
		for _, f := range part.children {
			switch part.name {
			case "options":
				if f.name == "comment" {
					t.comment = f.text
				}
			case "id", "fields":
				d.field(t, f, part.name == "id")
			case "manyToOne", "oneToOne":
				d.joined(t, f)
			case "manyToMany":
				d.joinTable(f)
			}
		}
	}
}

func (d *doctrineFile) field(t *table, f *node, key bool) {
	col := column{name: f.get("column"), typ: strings.ToLower(f.get("type")), line: f.line, notNull: f.get("nullable") != "true", key: key || f.get("unique") == "true"}
	if col.name == "" {
		col.name = f.name
	}
	col.length, _ = strconv.Atoi(f.get("length")) // 0 when none is told
	for _, c := range f.children {
		if c.name == "options" {
			col.comment = c.get("comment")
		}
	}
	if f.get("associationKey") == "" { // an id that is another class is a column of the association
		d.put(t, col)
	}
}

// joined reads the columns that lead from a class to another; a side that only
// answers has none.
func (d *doctrineFile) joined(t *table, f *node) {
	if f.get("mappedBy") != "" {
		return
	}
	found := false
	for _, c := range f.children {
		switch c.name {
		case "joinColumn":
			found = d.reference(t, c, c.get("name")) || found
		case "joinColumns":
			for _, j := range c.children {
				found = d.reference(t, j, j.name) || found
			}
		}
	}
	if !found {
		d.reference(t, f, f.name+"_id") // Doctrine's own default
	}
}

func (d *doctrineFile) reference(t *table, at *node, name string) bool {
	if name == "" || name == "-" {
		name = at.get("name")
	}
	if name != "" {
		d.put(t, column{name: name, line: at.line, key: true})
	}
	return name != ""
}

// joinTable reads the table between two classes.
func (d *doctrineFile) joinTable(f *node) {
	for _, j := range f.children {
		if j.name != "joinTable" || j.get("name") == "" {
			continue
		}
		t := d.catalog.add(tableName(j.get("name")), j.line)
		t.file = d.path
		for _, side := range j.children {
			for _, c := range side.children {
				d.reference(t, c, c.name)
			}
		}
	}
}

// class reads a class of Doctrine 1. What inherits its columns has them too.
func (d *doctrineFile) class(class *node) {
	var columns, inherits *node
	for _, c := range class.children {
		switch c.name {
		case "columns":
			columns = c
		case "inheritance":
			inherits = c
		}
	}
	if columns == nil && inherits == nil {
		return
	}
	var parent *table
	if inherits != nil {
		parent = d.classes[inherits.get("extends")]
	}
	t := parent
	if parent == nil || inherits.get("type") == "concrete" {
		t = d.named(class, "tableName")
	}
	if parent != nil && t != parent {
		for _, c := range parent.columns {
			d.put(t, c)
		}
	}
	d.classes[class.name] = t
	if columns == nil {
		return
	}
	for _, c := range columns.children {
		d.put(t, doctrineColumn(c))
	}
}

// doctrineColumn reads `name: string(255)` or its long form; `column as property`
// names both.
func doctrineColumn(c *node) column {
	typ := c.text
	if typ == "" {
		typ = c.get("type")
	}
	name, _, _ := strings.Cut(c.name, " as ")
	if own := c.get("name"); own != "" {
		name, _, _ = strings.Cut(own, " as ")
	}
	col := column{name: strings.TrimSpace(name), comment: c.get("comment"), line: c.line, notNull: c.get("notnull") == "true", key: c.get("primary") == "true" || c.get("unique") == "true"}
	col.typ, col.length = cutType(typ)
	if n, err := strconv.Atoi(c.get("length")); err == nil {
		col.length = n
	}
	return col
}
