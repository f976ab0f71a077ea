package rules

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// A source is the YAML of one file, or of one section within a user's file.
type source struct {
	section string
	name    string // as shown in errors
	text    []byte
	node    ast.Node // when the section is part of a file
}

// decode reads the source strictly into p.
func (s source) decode(p any) error {
	var err error
	if s.node != nil {
		err = yaml.NodeToValue(s.node, p, yaml.Strict())
	} else {
		err = yaml.UnmarshalWithOptions(s.text, p, yaml.Strict())
	}
	return located(s.name, err)
}

// located puts file, line and column before what the YAML reader complains of.
func located(name string, err error) error {
	if err == nil {
		return nil
	}
	var e yaml.Error
	if errors.As(err, &e) && e.GetToken() != nil && e.GetToken().Position != nil {
		p := e.GetToken().Position
		return fmt.Errorf("%s:%d:%d: %s", name, p.Line, p.Column, e.GetMessage())
	}
	return fmt.Errorf("%s: %w", name, err)
}

// parse returns the value of a YAML file with one document.
func parse(name string, text []byte) (ast.Node, error) {
	if err := CheckYAML(text); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, located(name, err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, fmt.Errorf("%s: want one YAML document with content", name)
	}
	return file.Docs[0].Body, nil
}
