package names

import (
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// ParseExample reads a column as rules and the command line write it:
//
//	container(neighbour, neighbour).name type(length) -- comment
//
// Only the name is needed. A name with spaces stands in brackets.
func ParseExample(text string) item.Column {
	var c item.Column
	text, c.Comment, _ = strings.Cut(text, " -- ")
	c.Comment = strings.TrimSpace(c.Comment)
	text = strings.TrimSpace(text)
	if open := strings.Index(text, "("); open > 0 {
		if end := strings.Index(text, ")."); end > open {
			for _, n := range strings.Split(text[open+1:end], ",") {
				c.Neighbours = append(c.Neighbours, strings.TrimSpace(n))
			}
			c.Container = text[:open]
			text = text[end+2:]
		}
	}
	var declared string
	if i := bracket(text); i >= 0 && strings.Contains(text[i:], "]") {
		end := i + strings.Index(text[i:], "]")
		if i > 0 {
			c.Container = strings.TrimSuffix(text[:i], ".")
		}
		c.Name, declared = text[i+1:end], text[end+1:]
	} else {
		text, declared, _ = strings.Cut(text, " ")
		c.Name = text
		if i := strings.LastIndex(text, "."); i >= 0 && c.Container == "" {
			c.Container, c.Name = text[:i], text[i+1:]
		}
	}
	c.Type, c.Length = parseType(strings.TrimSpace(declared))
	return c
}

// bracket returns where a name in brackets starts: at the front or after the
// container; -1 when the name has none (string[] is a type).
func bracket(text string) int {
	if strings.HasPrefix(text, "[") {
		return 0
	}
	if i := strings.Index(text, ".["); i >= 0 {
		return i + 1
	}
	return -1
}

func parseType(declared string) (string, int) {
	open := strings.Index(declared, "(")
	if open < 0 {
		return strings.ToLower(declared), 0
	}
	digits, _, _ := strings.Cut(strings.Trim(declared[open:], "()"), ",")
	n, err := strconv.Atoi(strings.TrimSpace(digits))
	if err != nil {
		n = 0
	}
	return strings.ToLower(strings.TrimSpace(declared[:open])), n
}
