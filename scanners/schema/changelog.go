package schema

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/ecart-rgpd/ecart/rules"
)

// A node is an element of XML, or a key of YAML or JSON with what it holds.
type node struct {
	name     string
	text     string
	line     int
	attrs    map[string]string
	children []*node
}

// get returns an attribute, or the text of the child of that name.
func (n *node) get(key string) string {
	if v, ok := n.attrs[key]; ok {
		return v
	}
	for _, c := range n.children {
		if c.name == key {
			return c.text
		}
	}
	return ""
}

// liquibase reads change logs of Liquibase, in XML, YAML or JSON. Those in SQL
// are SQL.
var liquibase = migration{
	name: "liquibase",
	match: func(path string, head []byte) bool {
		for _, s := range []string{".xml", ".yaml", ".yml", ".json"} {
			if strings.HasSuffix(path, s) {
				return has(head, "databaseChangeLog")
			}
		}
		return false
	},
	read: func(text, path string, c *catalog, _ func(int, string)) error {
		root, err := readNodes(text, path)
		if err != nil {
			return err
		}
		s := &script{path: path, catalog: c}
		s.changes(root)
		return nil
	},
}

func readNodes(text, path string) (*node, error) {
	if strings.HasSuffix(strings.ToLower(path), ".xml") {
		return xmlNodes(text)
	}
	return yamlNodes(text)
}

// maxDepth bounds the nesting of a change log.
const maxDepth = 64

func xmlNodes(text string) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	root := &node{}
	stack := []*node{root}
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			line, _ := d.InputPos()
			return nil, fmt.Errorf("line %d: not well-formed XML", line)
		}
		top := stack[len(stack)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			line, _ := d.InputPos()
			n := &node{name: tok.Name.Local, line: line, attrs: map[string]string{}}
			for _, a := range tok.Attr {
				n.attrs[a.Name.Local] = a.Value
			}
			top.children = append(top.children, n)
			if len(stack) > maxDepth {
				return nil, errors.New("nested too deep")
			}
			stack = append(stack, n)
		case xml.EndElement:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case xml.CharData:
			top.text += string(tok)
		}
	}
}

func yamlNodes(text string) (*node, error) {
	if err := rules.CheckYAML([]byte(text)); err != nil {
		return nil, errors.New("YAML too large or nested too deep")
	}
	f, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		return nil, errors.New("not well-formed YAML")
	}
	root := &node{}
	for _, doc := range f.Docs {
		root.fill(doc.Body, 0)
	}
	return root, nil
}

// fill adds what a YAML node holds. The entries of a list are children like any
// other.
func (n *node) fill(v ast.Node, depth int) {
	if v == nil || depth > maxDepth {
		return
	}
	switch v := v.(type) {
	case *ast.MappingNode:
		for _, e := range v.Values {
			n.fill(e, depth+1)
		}
	case *ast.MappingValueNode:
		c := &node{name: v.Key.String(), line: v.Key.GetToken().Position.Line}
		c.name = strings.Trim(c.name, `"'`)
		c.fill(v.Value, depth+1)
		n.children = append(n.children, c)
	case *ast.SequenceNode:
		for _, e := range v.Values {
			c := &node{name: "-", line: e.GetToken().Position.Line}
			c.fill(e, depth+1)
			n.children = append(n.children, c)
		}
	case *ast.StringNode:
		n.text = v.Value
	case *ast.LiteralNode:
		n.text = v.Value.Value
	case ast.ScalarNode:
		n.text = fmt.Sprint(v.GetValue())
	}
}

// changes applies the changes below n, in order. Roll-backs are not applied.
func (s *script) changes(n *node) {
	for _, c := range n.children {
		if c.name == "rollback" || c.name == "preConditions" {
			continue
		}
		if !s.change(c) {
			s.changes(c)
		}
	}
}

// change applies one change, and tells whether n is one.
func (s *script) change(n *node) bool {
	title := n.get("tableName")
	if schema := n.get("schemaName"); schema != "" && title != "" {
		title = schema + "." + title
	}
	switch n.name {
	case "createTable":
		t := s.table(title, n.line, true)
		t.file, t.comment = s.path, n.get("remarks")
		s.changeColumns(t, n)
	case "addColumn":
		s.changeColumns(s.table(title, n.line, false), n)
	case "createView":
		apply(s.catalog, generic, "CREATE VIEW "+n.get("viewName")+" AS "+n.text+n.get("selectQuery"), n.line, s.path, func(int, string) {})
	case "dropColumn":
		t := s.table(title, n.line, false)
		t.drop(n.get("columnName"))
		walkNodes(n, func(c *node) {
			if c.name == "column" {
				t.drop(c.get("name"))
			}
		})
	case "renameColumn":
		s.renameColumn(title, n.get("oldColumnName"), n.get("newColumnName"), n.line)
	case "renameTable":
		s.catalog.rename(tableName(n.get("oldTableName")), name{table: n.get("newTableName")}, n.line)
	case "dropTable":
		s.catalog.remove(tableName(title))
	case "setColumnRemarks":
		t := s.table(title, n.line, false)
		if i := t.find(n.get("columnName")); i >= 0 {
			t.columns[i].comment = n.get("remarks")
		}
	case "modifyDataType":
		t := s.table(title, n.line, false)
		if i := t.find(n.get("columnName")); i >= 0 {
			t.columns[i].typ, t.columns[i].length = cutType(n.get("newDataType"))
		}
	case "addPrimaryKey", "addUniqueConstraint":
		if t := s.catalog.get(tableName(title)); t != nil {
			t.setKey(strings.FieldsFunc(n.get("columnNames"), func(r rune) bool { return r == ',' || r == ' ' }))
		}
	case "sql":
		apply(s.catalog, guess([]byte(n.text)), n.text+n.get("sql"), n.line, s.path, func(int, string) {})
	default:
		return false
	}
	return true
}

func walkNodes(n *node, visit func(*node)) {
	for _, c := range n.children {
		visit(c)
		walkNodes(c, visit)
	}
}

func (s *script) changeColumns(t *table, n *node) {
	walkNodes(n, func(c *node) {
		if c.name != "column" || c.get("name") == "" {
			return
		}
		col := column{name: c.get("name"), comment: c.get("remarks"), line: c.line}
		for _, k := range c.children {
			if k.name == "name" {
				col.line = k.line
			}
		}
		col.typ, col.length = cutType(c.get("type"))
		walkNodes(c, func(k *node) {
			if k.name == "constraints" {
				col.key = k.get("primaryKey") == "true" || k.get("unique") == "true" || k.get("references") != "" || k.get("referencedTableName") != ""
			}
		})
		s.put(t, col)
	})
}

// dbt reads the properties of dbt: models, sources, seeds and snapshots with
// their columns.
var dbt = migration{
	name: "dbt",
	match: func(path string, head []byte) bool {
		return (strings.HasSuffix(path, ".yml") || strings.HasSuffix(path, ".yaml")) && has(head, "columns:") &&
			(has(head, "models:") || has(head, "sources:") || has(head, "seeds:") || has(head, "snapshots:"))
	},
	read: func(text, path string, c *catalog, _ func(int, string)) error {
		root, err := yamlNodes(text)
		if err != nil {
			return err
		}
		s := &script{path: path, catalog: c}
		s.dbt(root, "")
		return nil
	},
}

func (s *script) dbt(n *node, schema string) {
	for _, c := range n.children {
		switch c.name {
		case "models", "sources", "seeds", "snapshots", "tables":
			for _, e := range c.children {
				if c.name == "sources" {
					inside := e.get("schema")
					if inside == "" {
						inside = e.get("name")
					}
					s.dbt(e, inside)
					continue
				}
				s.dbtModel(e, schema)
			}
		}
	}
}

func (s *script) dbtModel(n *node, schema string) {
	title := n.get("name")
	if title == "" {
		return
	}
	t := s.catalog.add(name{schema, title}, n.line)
	t.file, t.comment = s.path, n.get("description")
	for _, c := range n.children {
		if c.name != "columns" {
			continue
		}
		for _, e := range c.children {
			col := column{name: e.get("name"), comment: e.get("description"), line: e.line}
			col.typ, col.length = cutType(e.get("data_type"))
			s.put(t, col)
		}
	}
}
