package rules

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Compile returns the compiled form of a built-in section, without examples.
func Compile(section string) (string, error) {
	files := builtinSources(section)
	if len(files) == 0 {
		return "", fmt.Errorf("rules: no section %s", section)
	}
	var b strings.Builder
	for _, f := range files {
		node, err := parse(f.name, f.text)
		if err != nil {
			return "", err
		}
		b.WriteString(f.name + "\n")
		if err := compileNode(&b, f.name, node); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

func compileNode(b *strings.Builder, name string, n ast.Node) error {
	switch n := n.(type) {
	case *ast.MappingNode:
		return compileMapping(b, name, n.Values)
	case *ast.MappingValueNode:
		return compileMapping(b, name, []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		b.WriteString("[\n")
		for _, v := range n.Values {
			if err := compileNode(b, name, v); err != nil {
				return err
			}
		}
		b.WriteString("]\n")
	case *ast.NullNode:
		b.WriteString("-\n")
	case *ast.StringNode:
		compileScalar(b, n.Value)
	case *ast.LiteralNode:
		compileScalar(b, n.Value.Value)
	case *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode:
		compileScalar(b, n.GetToken().Value)
	default:
		p := n.GetToken().Position
		return fmt.Errorf("%s:%d:%d: %s is not used in rules: write it out", name, p.Line, p.Column, n.Type())
	}
	return nil
}

func compileMapping(b *strings.Builder, name string, values []*ast.MappingValueNode) error {
	b.WriteString("{\n")
	for _, v := range values {
		key := v.Key.GetToken().Value
		if key == "hit" || key == "miss" {
			continue
		}
		b.WriteString(":" + key + "\n")
		if err := compileNode(b, name, v.Value); err != nil {
			return err
		}
	}
	b.WriteString("}\n")
	return nil
}

func compileScalar(b *strings.Builder, text string) {
	if strings.ContainsAny(text, "\r\n") {
		b.WriteString(strconv.Quote(text) + "\n")
		return
	}
	b.WriteString("=" + text + "\n")
}
