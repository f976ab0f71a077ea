package item

import (
	"fmt"
	"strings"
)

// A Glob is a claim on locations: `<target>:<pattern>`, gitignore-style for
// files, names joined by '.' for databases.
//
// `*` and `?` stay within one path part (one name in databases), `**` crosses
// them. A pattern without '/' fits at any depth, as in .gitignore. What fits a
// folder, a container, a schema or a table claims all below it.
type Glob struct {
	Target, Pattern string
}

// ParseGlob reads `<target>:<pattern>`.
func ParseGlob(s string) (Glob, error) {
	target, pattern, ok := strings.Cut(s, ":")
	if !ok || target == "" || pattern == "" {
		return Glob{}, fmt.Errorf("location %q is not <target>:<pattern>", s)
	}
	return Glob{target, pattern}, nil
}

// MatchFile tells whether the glob claims the file at path.
func (g Glob) MatchFile(path string) bool {
	pattern := strings.TrimSuffix(strings.TrimPrefix(g.Pattern, "./"), "/")
	if pattern == "." || pattern == "" {
		return true
	}
	rooted := strings.Contains(pattern, "/")
	return matchParts(strings.Split(strings.TrimPrefix(pattern, "/"), "/"), splitPath(path), !rooted, false)
}

// splitPath cuts at folders and containers alike: `a/b.zip!/c` is a, b.zip, c.
func splitPath(path string) []string {
	return strings.Split(strings.ReplaceAll(path, "!/", "/"), "/")
}

// MatchTable tells whether the glob claims `schema.table` or
// `schema.table.column`. Case is ignored, and a pattern that leaves the schema
// out is read both ways.
func (g Glob) MatchTable(path string) bool {
	pattern := strings.Split(strings.ToLower(strings.ReplaceAll(g.Pattern, "/", ".")), ".")
	names := strings.Split(strings.ToLower(path), ".")
	return matchParts(pattern, names, false, true) ||
		len(names) > 1 && matchParts(pattern, names[1:], false, true)
}

// matchParts matches pattern against the head of parts: a match of the head
// claims all below. anywhere lets it start at any part.
func matchParts(pattern, parts []string, anywhere, table bool) bool {
	if len(pattern) == 0 {
		return true
	}
	if len(parts) == 0 {
		return allStars(pattern, table)
	}
	if pattern[0] == "**" {
		return matchParts(pattern[1:], parts, true, table)
	}
	if matchName(pattern[0], parts[0]) && matchParts(pattern[1:], parts[1:], false, table) {
		return true
	}
	return anywhere && matchParts(pattern, parts[1:], true, table)
}

// allStars tells whether what is left of a pattern claims everything below the
// place reached. In a database `paie.*` claims the table paie itself too.
func allStars(pattern []string, table bool) bool {
	for _, p := range pattern {
		if p != "**" && !(table && p == "*") {
			return false
		}
	}
	return true
}

// matchName matches one part with '*' and '?'.
func matchName(pattern, name string) bool {
	for pattern != "" {
		switch {
		case pattern[0] == '*':
			for i := len(name); i >= 0; i-- {
				if matchName(pattern[1:], name[i:]) {
					return true
				}
			}
			return false
		case name == "" || pattern[0] != '?' && pattern[0] != name[0]:
			return false
		}
		pattern, name = pattern[1:], name[1:]
	}
	return name == ""
}
