package register

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// A reader turns the YAML tree into a Register and gathers all that is wrong.
type reader struct {
	file       string
	categories []string
	errs       Errors
}

// A field reads the value of one key.
type field func(key string, n ast.Node)

// fields are the keys an object may have.
type fields map[string]field

// names returns the keys in order.
func (f fields) names() []string {
	all := make([]string, 0, len(f))
	for k := range f {
		all = append(all, k)
	}
	sort.Strings(all)
	return all
}

// fail notes an error at n.
func (r *reader) fail(n ast.Node, key, problem, remedy string) {
	if len(r.errs) < maxErrors {
		r.errs = append(r.errs, r.at(start(n), key, problem, remedy))
	}
}

// start returns the first token of a node: the first key of a mapping, whose
// own token is a colon.
func start(n ast.Node) *token.Token {
	if values, ok := pairs(n); ok && len(values) > 0 {
		n = values[0].Key
	}
	return n.GetToken()
}

// line returns the line a node starts on.
func line(n ast.Node) int {
	if t := start(n); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

// pairs returns the key-value pairs of a mapping; false when n is none.
func pairs(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// object reads a mapping and returns the keys present, even if empty.
func (r *reader) object(n ast.Node, what string, f fields) map[string]bool {
	has := map[string]bool{}
	values, ok := pairs(n)
	if !ok {
		r.fail(n, what, "not a mapping", "write `key: value` lines; known keys: "+strings.Join(f.names(), ", "))
		return has
	}
	for _, v := range values {
		key, ok := scalar(v.Key)
		if !ok {
			r.fail(v.Key, what, "a key that is no text", "known keys: "+strings.Join(f.names(), ", "))
			continue
		}
		read, known := f[key]
		switch {
		case !known:
			r.fail(v.Key, shown(key), "unknown key", oneOf(key, f.names()))
		case has[key]:
			r.fail(v.Key, key, "given twice", "keep one")
		default:
			has[key] = true
			// An empty value is a key whose value is still to be written.
			if v.Value != nil && v.Value.Type() != ast.NullType {
				read(key, v.Value)
			}
		}
	}
	return has
}

// shown returns a word that was typed when it looks like a name, so that an
// error never repeats a value by mistake.
func shown(word string) string {
	if len(word) > 40 {
		return "key"
	}
	digits := 0
	for _, c := range word {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '@' || c < ' ':
			return "key"
		}
	}
	if digits > 4 {
		return "key"
	}
	return word
}

// scalar returns the text of a scalar as written: `0102` stays 0102.
func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), true
	case *ast.MappingKeyNode:
		return scalar(n.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return strings.TrimSpace(n.GetToken().Value), true
	}
	return "", false
}

// text reads a text.
func (r *reader) text(to *string) field {
	return func(key string, n ast.Node) {
		s, ok := scalar(n)
		if !ok {
			r.fail(n, key, "not a text", "write one text")
			return
		}
		*to = strings.TrimSpace(s)
	}
}

// texts reads a list of texts; a text alone is a list of one.
func (r *reader) texts(to *[]string) field {
	return r.list(func(key string, n ast.Node) {
		var s string
		if r.text(&s)(key, n); s != "" {
			*to = append(*to, s)
		}
	})
}

// list reads each item of a list; what is no list is a list of one.
func (r *reader) list(each field) field {
	return func(key string, n ast.Node) {
		s, ok := n.(*ast.SequenceNode)
		if !ok {
			each(key, n)
			return
		}
		for _, v := range s.Values {
			if v != nil && v.Type() != ast.NullType {
				each(key, v)
			}
		}
	}
}

// word reads one word of a closed list.
func (r *reader) word(to *string, known []string) field {
	return func(key string, n ast.Node) {
		s, ok := scalar(n)
		if !ok {
			r.fail(n, key, "not a word", oneOf("", known))
			return
		}
		for _, k := range known {
			if s == k {
				*to = s
				return
			}
		}
		r.fail(n, key, "unknown "+strings.ReplaceAll(key, "_", " ")+named(s), oneOf(s, known))
	}
}

// named adds the word itself when it may be shown.
func named(word string) string {
	if s := shown(word); s != "" && s != "key" {
		return fmt.Sprintf(" %q", s)
	}
	return ""
}

// words reads a list of words of a closed list.
func (r *reader) words(to *[]string, known []string) field {
	return r.list(func(key string, n ast.Node) {
		var s string
		if r.word(&s, known)(key, n); s != "" {
			*to = append(*to, s)
		}
	})
}

// number reads a number from 0 to most.
func (r *reader) number(to *float64, most float64) field {
	return func(key string, n ast.Node) {
		s, _ := scalar(n)
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || v < 0 || v > most {
			r.fail(n, key, "not a number in range", fmt.Sprintf("write a number from 0 to %g", most))
			return
		}
		*to = v
	}
}

// source reads {file, line, words}.
func (r *reader) source(to **Source) field {
	return func(key string, n ast.Node) {
		s := &Source{}
		var at float64
		r.object(n, key, r.sourceFields(s, &at))
		s.Line = int(at)
		*to = s
	}
}

func (r *reader) sourceFields(s *Source, line *float64) fields {
	return fields{"file": r.text(&s.File), "line": r.number(line, 1e9), "words": r.text(&s.Words)}
}
