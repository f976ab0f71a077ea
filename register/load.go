package register

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/ecart-rgpd/ecart/rules"
)

// MaxSize is the largest register read: ten thousand treatments fit in it.
const MaxSize = 16 << 20

// maxDepth is how deep a register may be nested; format 1 needs 7.
const maxDepth = 64

// Load reads registre.yaml, format 1 (JSON, being YAML, is read too). The error
// is an Errors when the content is at fault. categories are the ids that users
// add to those built in.
func Load(path string, categories ...string) (*Register, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("register %s: %w", path, reason(err))
	}
	defer func() { _ = f.Close() }()
	src, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("register %s: %w", path, reason(err))
	}
	return Parse(path, src, categories...)
}

// reason is an error of the system without the path it repeats.
func reason(err error) error {
	var e *os.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// Parse reads a register; file names it in errors.
func Parse(file string, src []byte, categories ...string) (*Register, error) {
	if len(src) > MaxSize {
		return nil, Errors{{File: file, Problem: fmt.Sprintf("larger than %d MiB", MaxSize>>20), Remedy: "split it: a register this long is not one"}}
	}
	r := &reader{file: file}
	root, err := r.tree(src)
	if err != nil {
		return nil, err
	}
	vocabulary, err := rules.List[rules.Category](nil, "categories")
	if err != nil {
		return nil, err
	}
	for _, c := range vocabulary {
		r.categories = append(r.categories, c.ID)
	}
	r.categories = append(r.categories, categories...)
	reg := &Register{File: file, Format: "yaml"}
	r.register(root, reg)
	r.references(reg)
	if err := r.errs.sorted(); err != nil {
		return nil, err
	}
	return reg, nil
}

// tree parses src, refusing first what could exhaust the parser: its recursion
// follows the nesting, and aliases multiply.
func (r *reader) tree(src []byte) (root ast.Node, err error) {
	defer func() {
		if recover() != nil {
			root, err = nil, Errors{{File: r.file, Problem: "not YAML", Remedy: "check indentation and quotes"}}
		}
	}()
	tokens := lexer.Tokenize(string(src))
	if e := r.hostile(tokens); e != nil {
		return nil, Errors{e}
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, Errors{r.syntax(err)}
	}
	var body []ast.Node
	for _, d := range file.Docs {
		if d.Body != nil && d.Body.Type() != ast.DirectiveType {
			body = append(body, d.Body)
		}
	}
	switch len(body) {
	case 0:
		return nil, Errors{{File: r.file, Problem: "empty", Remedy: "a register starts with `ecart: 1`"}}
	case 1:
		return body[0], nil
	}
	return nil, Errors{r.at(body[1].GetToken(), "", "a second document", "a register is one YAML document: remove `---`")}
}

// hostile returns an error for what a register has no use for and a parser may
// choke on.
func (r *reader) hostile(tokens token.Tokens) *Error {
	flow := 0
	var blocks []int // columns of the open block collections
	for _, t := range tokens {
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			return r.at(t, "", "anchors, aliases and merge keys are not read", "write the entry out")
		case token.TagType, token.DirectiveType:
			return r.at(t, "", "tags and directives are not read", "remove it")
		case token.InvalidType:
			return r.at(t, "", "not YAML", "check indentation and quotes")
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.SequenceEntryType, token.MappingValueType, token.MappingKeyType:
			if flow == 0 {
				blocks = rules.Enclosing(blocks, t)
			}
		}
		if flow+len(blocks) > maxDepth {
			return r.at(t, "", "nested too deeply", "a register needs seven levels")
		}
	}
	return nil
}

// syntax keeps the place of a parser's error and drops its text, which quotes
// the file.
func (r *reader) syntax(err error) *Error {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		return r.at(at.GetToken(), "", "not YAML", "check indentation, quotes and brackets around here")
	}
	return &Error{File: r.file, Problem: "not YAML", Remedy: "check indentation, quotes and brackets"}
}

// at makes an error at a token.
func (r *reader) at(t *token.Token, key, problem, remedy string) *Error {
	e := &Error{File: r.file, Key: key, Problem: problem, Remedy: remedy}
	if t != nil && t.Position != nil {
		e.Line, e.Column = t.Position.Line, t.Position.Column
	}
	return e
}
