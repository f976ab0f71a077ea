package document

import (
	"strings"
)

// sqliteColumnsOf reads the names and types of the columns from a CREATE TABLE
// as SQLite keeps it.
func sqliteColumnsOf(sql string) (names, types []string, rowID int) {
	rowID = -1
	_, body, ok := strings.Cut(sql, "(")
	if !ok {
		return nil, nil, rowID
	}
	for _, part := range splitTop(body) {
		name, rest := sqlName(strings.TrimSpace(part))
		switch strings.ToLower(name) {
		case "", "primary", "unique", "check", "foreign", "constraint":
			continue
		}
		kind, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		kind, _, _ = strings.Cut(strings.ToLower(kind), "(")
		if kind == "integer" && strings.Contains(strings.ToLower(rest), "primary key") {
			rowID = len(names)
		}
		names, types = append(names, name), append(types, kind)
	}
	return names, types, rowID
}

// splitTop cuts at the commas outside brackets, up to the bracket that closes.
func splitTop(s string) []string {
	var parts []string
	depth, start, quote := 0, 0, byte(0)
	for i := range len(s) {
		c := s[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c == '[':
			quote = ']'
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return append(parts, s[start:i])
			}
		case c == ',' && depth == 0:
			parts = append(parts, s[start:i])
			start = i + 1
		}
	}
	return append(parts, s[start:])
}

// sqlName reads a name, quoted or not, and returns what follows it.
func sqlName(s string) (name, rest string) {
	if s == "" {
		return "", ""
	}
	if i := strings.IndexByte("\"`['", s[0]); i >= 0 {
		end := strings.IndexByte(s[1:], "\"`]'"[i])
		if end < 0 {
			return "", ""
		}
		return s[1 : end+1], s[end+2:]
	}
	end := strings.IndexAny(s, " \t\r\n(")
	if end < 0 {
		return s, ""
	}
	return s[:end], s[end:]
}
