package code

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/item/pattern"
)

// jsonContract reads "properties": {"name": {…}}, Avro's {"name": …, "type": …}
// and parameters of OpenAPI.
func (s *source) jsonContract() {
	u := lex(s.src, script, 1)
	container := ""
	for i := range u.toks {
		if u.toks[i].kind != tokText || !u.is(i+1, ":") {
			continue
		}
		switch key := u.text(i); {
		case key == "properties" && u.is(i+2, "{"):
			s.jsonProperties(u, u.keyAround(i), i+2)
		case key == "fields" && u.is(i+2, "["):
			container = u.valueBeside(i, "name")
			s.avroFields(u, container, i+2)
		}
	}
	neighbours(s.columns)
}

// keyAround returns the key whose object holds token i.
func (u *unit) keyAround(i int) string {
	depth := 0
	for j := i - 1; j > 0; j-- {
		switch u.toks[j].kind {
		case tokClose:
			depth++
		case tokOpen:
			if depth--; depth < 0 {
				if u.is(j-1, ":") && u.kind(j-2) == tokText {
					return u.text(j - 2)
				}
				return ""
			}
		case tokName, tokText, tokNumber, tokOp, tokLine:
		}
	}
	return ""
}

// valueBeside returns the text of a key in the object that holds token i.
func (u *unit) valueBeside(i int, key string) string {
	for j := i - 1; j > 0 && j > i-60; j-- {
		if u.toks[j].kind == tokText && u.is(j+1, ":") && u.text(j) == key && u.kind(j+2) == tokText {
			return u.text(j + 2)
		}
	}
	return ""
}

func (s *source) jsonProperties(u *unit, container string, open int) {
	for _, r := range u.split(open+1, u.after(open)-1) {
		lo := r[0]
		for lo < r[1] && u.toks[lo].kind == tokLine {
			lo++
		}
		if lo+2 >= r[1] || u.toks[lo].kind != tokText || !u.is(lo+1, ":") {
			continue
		}
		col := item.Column{Container: container, Name: u.text(lo), Line: int(u.toks[lo].line)}
		u.jsonSays(&col, lo+2, r[1])
		s.declare(col)
	}
}

func (u *unit) jsonSays(col *item.Column, lo, hi int) {
	for i := lo; i+2 < hi; i++ {
		if u.toks[i].kind != tokText || !u.is(i+1, ":") || u.kind(i+2) != tokText {
			continue
		}
		switch u.text(i) {
		case "type":
			if col.Type == "" {
				col.Type = u.text(i + 2)
			}
		case "description", "title", "doc", "format":
			if text := u.text(i + 2); len(col.Comment) < longestComment {
				col.Comment = strings.TrimSpace(col.Comment + " " + text[:min(len(text), longestComment)])
			}
		case "properties":
			return
		}
	}
}

func (s *source) avroFields(u *unit, container string, open int) {
	for _, r := range u.split(open+1, u.after(open)-1) {
		for i := r[0]; i+2 < r[1]; i++ {
			if u.toks[i].kind == tokText && u.text(i) == "name" && u.is(i+1, ":") && u.kind(i+2) == tokText {
				col := item.Column{Container: container, Name: u.text(i + 2), Line: int(u.toks[i+2].line)}
				u.jsonSays(&col, r[0], r[1])
				s.declare(col)
				break
			}
		}
	}
}

var (
	yamlKey  = pattern.New(`^(\s*)(?:- )?["']?([A-Za-z_$À-ÿ][A-Za-z0-9_$.À-ÿ-]*)["']?\s*:\s*(.*)$`)
	flowType = pattern.New(`type:\s*["']?([a-z]+)`)
	flowText = pattern.New(`(?:description|title):\s*["']?([^"',}]+)`)
)

// yamlContract reads the keys below `properties:`, and parameters by name.
func (s *source) yamlContract() {
	var keys []yamlLevel
	eachLine(s.src, func(line string, n int) {
		m := yamlKey.FindStringSubmatch(line)
		if m == nil {
			return
		}
		depth := len(m[1])
		if strings.HasPrefix(strings.TrimSpace(line), "- ") {
			depth += 2
		}
		for len(keys) > 0 && keys[len(keys)-1].depth >= depth {
			keys = keys[:len(keys)-1]
		}
		s.yamlLine(keys, m[2], m[3], n)
		keys = append(keys, yamlLevel{depth, m[2], len(s.columns) - 1})
	})
	neighbours(s.columns)
}

type yamlLevel struct {
	depth  int
	key    string
	column int // index of the last column declared so far
}

func (s *source) yamlLine(keys []yamlLevel, key, value string, line int) {
	if len(keys) == 0 {
		return
	}
	last := keys[len(keys)-1]
	switch {
	case last.key == "properties" && (len(keys) < 2 || keys[len(keys)-2].key != "properties"):
		container := ""
		if len(keys) > 1 {
			container = keys[len(keys)-2].key
		}
		col := item.Column{Container: container, Name: key, Line: line}
		if t := flowType.FindStringSubmatch(value); t != nil {
			col.Type = t[1]
		}
		if t := flowText.FindStringSubmatch(value); t != nil {
			col.Comment = t[1]
		}
		s.declare(col)
	case len(keys) > 1 && keys[len(keys)-2].key == "properties" && last.column >= 0 && last.column < len(s.columns) && s.columns[last.column].Name == last.key:
		value = strings.Trim(value, `"'`)
		switch key {
		case "type":
			s.columns[last.column].Type = value
		case "description", "title", "format":
			s.columns[last.column].Comment = strings.TrimSpace(s.columns[last.column].Comment + " " + value[:min(len(value), longestComment)])
		}
	}
}

var (
	protoField   = pattern.New(`^\s*(?:repeated|optional|required)?\s*([A-Za-z_][\w.<>, ]*?)\s+([A-Za-z_]\w*)\s*=\s*\d+\s*[;\[]`)
	protoMessage = pattern.New(`^\s*message\s+(\w+)`)
	graphType    = pattern.New(`^\s*(?:extend\s+)?(?:type|input|interface)\s+(\w+)`)
	graphField   = pattern.New(`^\s*(\w+)\s*(?:\([^)]*\))?\s*:\s*\[?(\w+)`)
)

// readProto reads the fields of messages.
func readProto(s *source) { s.lines(protoMessage, protoField, 2, 1, "//") }

// readGraphQL reads the fields of types and inputs.
func readGraphQL(s *source) { s.lines(graphType, graphField, 1, 2, "#") }

// lines reads a format with one field a line; name and typ are groups of field.
func (s *source) lines(head, field *pattern.Lazy, name, typ int, comment string) {
	container, above := "", ""
	eachLine(s.src, func(line string, n int) {
		text := strings.TrimSpace(line)
		if strings.HasPrefix(text, comment) || strings.HasPrefix(text, `"`) {
			above = cleanComment([]byte(strings.Trim(text, `"`)))
			return
		}
		code, beside, _ := strings.Cut(line, comment)
		if m := head.FindStringSubmatch(code); m != nil {
			container = m[1]
		} else if m := field.FindStringSubmatch(code); m != nil && container != "Query" && container != "Mutation" && container != "Subscription" {
			said := strings.TrimSpace(above + " " + cleanComment([]byte(beside)))
			s.declare(item.Column{Container: container, Name: m[name], Type: strings.ToLower(m[typ]), Line: n, Comment: said})
		}
		above = ""
	})
	neighbours(s.columns)
}
