package item

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A Glob is a claim on locations: `<target>:<pattern>`, gitignore-style for
// files, names joined by '.' for databases.
//
// `*`, `?` and `[a-z]` stay within one path part (one name in databases), `**`
// crosses them, `\` takes the next character as it is. A pattern without '/'
// fits at any depth, as in .gitignore. What fits a folder, a container, a schema
// or a table claims all below it.
type Glob struct {
	Target, Pattern string
}

// ParseGlob reads `<target>:<pattern>`.
func ParseGlob(s string) (Glob, error) {
	target, pattern, ok := strings.Cut(s, ":")
	if !ok || target == "" || pattern == "" || strings.TrimSpace(s) != s || strings.HasPrefix(pattern, "//") {
		return Glob{}, fmt.Errorf("location %q is not <target>:<pattern>", s)
	}
	return Glob{target, pattern}, nil
}

// MatchFile tells whether the glob claims the file at path.
func (g Glob) MatchFile(path string) bool {
	pattern := norm.NFC.String(strings.ReplaceAll(g.Pattern, "!/", "/"))
	pattern = strings.TrimSuffix(strings.TrimPrefix(pattern, "./"), "/")
	if pattern == "." || pattern == "" {
		return true
	}
	parts := strings.Split(strings.TrimPrefix(pattern, "/"), "/")
	if !strings.Contains(pattern, "/") {
		parts = append([]string{"**"}, parts...)
	}
	return claims(parts, splitPath(path), false)
}

// splitPath cuts at folders and containers alike: `a/b.zip!/c` is a, b.zip, c.
func splitPath(path string) []string {
	return strings.Split(strings.ReplaceAll(path, "!/", "/"), "/")
}

// MatchTable tells whether the glob claims `schema.table` or
// `schema.table.column`. Case is ignored, and a pattern that leaves the schema
// out is read both ways.
func (g Glob) MatchTable(path string) bool {
	pattern := strings.Split(strings.ToLower(norm.NFC.String(strings.ReplaceAll(g.Pattern, "/", "."))), ".")
	names := strings.Split(strings.ToLower(path), ".")
	return claims(pattern, names, true) || len(names) > 1 && claims(pattern, names[1:], true)
}

// claims matches pattern against the head of parts: a match of the head claims
// all below. open holds the positions of the pattern that may come next, so that
// a pattern full of `**` costs no more than its length times the path's.
func claims(pattern, parts []string, table bool) bool {
	open, next := make([]bool, len(pattern)+1), make([]bool, len(pattern)+1)
	reach(open, pattern, 0)
	for _, part := range parts {
		if open[len(pattern)] {
			return true
		}
		clear(next)
		for i := range pattern {
			switch {
			case !open[i]:
			case pattern[i] == "**":
				reach(next, pattern, i)
			case matchName(pattern[i], part):
				reach(next, pattern, i+1)
			}
		}
		open, next = next, open
	}
	for i := range open {
		if open[i] && allStars(pattern[i:], table) {
			return true
		}
	}
	return false
}

// reach opens position i of the pattern, and what follows a `**`, which may
// stand for nothing.
func reach(open []bool, pattern []string, i int) {
	for open[i] = true; i < len(pattern) && pattern[i] == "**"; {
		i++
		open[i] = true
	}
}

// allStars tells whether what is left of a pattern claims everything below the
// place reached. In a database `paie.*` claims the table paie itself too.
func allStars(pattern []string, table bool) bool {
	for _, p := range pattern {
		if p != "**" && (!table || p != "*") {
			return false
		}
	}
	return true
}

// matchName matches one part with '*', '?', classes and escapes. It goes back to
// the last '*' only: no other can help, and the cost stays quadratic.
func matchName(pattern, name string) bool {
	p, n, star, from := 0, 0, -1, 0
	pat, text := []rune(pattern), []rune(name)
	for n < len(text) {
		if p < len(pat) && pat[p] == '*' {
			star, from = p, n
			p++
			continue
		}
		if width, ok := matchRune(pat[p:], text[n]); ok {
			p += width
			n++
			continue
		}
		if star < 0 {
			return false
		}
		from++
		p, n = star+1, from
	}
	for p < len(pat) && pat[p] == '*' {
		p++
	}
	return p == len(pat)
}

// matchRune matches one character and returns the length of the pattern used.
func matchRune(pattern []rune, c rune) (width int, ok bool) {
	if len(pattern) == 0 {
		return 0, false
	}
	switch {
	case pattern[0] == '?':
		return 1, true
	case pattern[0] == '\\' && len(pattern) > 1:
		return 2, pattern[1] == c
	case pattern[0] == '[':
		if width, ok := matchClass(pattern, c); width > 0 {
			return width, ok
		}
	}
	return 1, pattern[0] == c
}

// matchClass matches `[abc]`, `[a-z]`, `[!a]`; width 0 says that the bracket is
// never closed and stands for itself.
func matchClass(pattern []rune, c rune) (width int, ok bool) {
	i, negated := 1, false
	if i < len(pattern) && (pattern[i] == '!' || pattern[i] == '^') {
		i, negated = i+1, true
	}
	for first := i; i < len(pattern); i++ {
		if pattern[i] == ']' && i > first {
			return i + 1, ok != negated
		}
		low, high := pattern[i], pattern[i]
		if i+2 < len(pattern) && pattern[i+1] == '-' && pattern[i+2] != ']' {
			high = pattern[i+2]
			i += 2
		}
		ok = ok || low <= c && c <= high
	}
	return 0, false
}
