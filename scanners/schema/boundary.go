package schema

import (
	"bytes"
	"strings"
)

// A boundary finds where a statement ends, without understanding it.
type boundary struct {
	dialect   dialect
	delimiter string // set by MySQL's DELIMITER; empty is a semicolon
	routine   bool   // the statement holds a body with semicolons of its own
	blocks    int    // BEGIN and CASE not yet ended, in a routine
	begun     bool
	slash     bool // a line with a slash alone ends the routine
}

// Endings of a statement.
const (
	unended = -1 // not within the bytes given
	broken  = -2 // a quote or comment opens that the bytes do not close
)

// special marks the bytes that mean something between statements.
var special = func() (t [256]bool) {
	for _, c := range "'\"`[$-#/;\n(" {
		t[byte(c)] = true
	}
	return
}()

// end returns the offset after the statement that starts at from: after its
// delimiter, or before the line that ends it. It returns unended or broken when
// b does not hold the end.
func (s *boundary) end(b []byte, from int) int {
	s.blocks, s.begun = 0, false
	for i := from; i < len(b); {
		c := b[i]
		if s.routine && c != '$' && isNameByte(c) {
			i = s.word(b, i)
			continue
		}
		if !special[c] && (s.delimiter == "" || c != s.delimiter[0]) {
			i++
			continue
		}
		if s.delimiter != "" && bytes.HasPrefix(b[i:], []byte(s.delimiter)) {
			return i + len(s.delimiter)
		}
		switch c {
		case ';':
			i++
			if s.delimiter == "" && s.ends() {
				return i
			}
		case '\n':
			i++
			if s.lineEnds(b, i) {
				return i
			}
		default:
			next := skip(b, i, s.dialect)
			if next < 0 || (c == '\'' || c == '"') && swallowed(b, i+1, next) > 0 {
				return broken
			}
			i = next
		}
	}
	return unended
}

// word passes over a word of a routine and counts the blocks it opens or ends.
func (s *boundary) word(b []byte, i int) int {
	end := i
	for end < len(b) && isNameByte(b[end]) {
		end++
	}
	switch strings.ToUpper(string(b[i:min(end, i+9)])) {
	case "BEGIN", "CASE":
		s.blocks++
		s.begun = true
	case "END":
		switch wordAt(b, blanks(b, end)) {
		case "IF", "LOOP", "WHILE", "REPEAT", "FOR":
		case "CASE":
			s.blocks--
			return blanks(b, end) + len("CASE")
		default:
			s.blocks--
		}
	}
	return end
}

// ends tells whether a semicolon ends the statement.
func (s *boundary) ends() bool {
	if !s.routine {
		return true
	}
	if s.slash || s.dialect == tsql {
		return false
	}
	if s.dialect == oracle && !s.begun {
		return false // declarations come before the body
	}
	return s.blocks <= 0
}

// starters open a statement when they begin a line, though no semicolon ended
// the one before. The second word tells them from parts of statements.
var starters = map[string][]string{
	"CREATE": {"TABLE", "TEMPORARY", "VIEW", "INDEX", "UNIQUE", "DATABASE", "PROCEDURE", "FUNCTION", "TRIGGER", "OR"},
	"ALTER":  {"TABLE"},
	"INSERT": {"INTO", "IGNORE", "["},
	"DROP":   {"TABLE"},
	"COPY":   nil,
}

// lineEnds tells whether the line at i ends the statement before it.
func (s *boundary) lineEnds(b []byte, i int) bool {
	if i >= len(b) {
		return false
	}
	if c := b[i]; c == '/' || c == 'G' || c == 'g' {
		if alone(b, i, "/") && (s.dialect == oracle || s.dialect == generic) {
			return true
		}
		if alone(b, i, "GO") && (s.dialect == tsql || s.dialect == generic) {
			return true
		}
	}
	if s.routine || s.delimiter != "" || b[i] < 'A' {
		return false
	}
	return starts(b, i)
}

// starts tells whether the line at i begins like a statement that declares or
// fills a table.
func starts(b []byte, i int) bool {
	first := wordAt(b, i)
	seconds, ok := starters[first]
	if !ok {
		return false
	}
	at := blanks(b, i+len(first))
	for _, second := range seconds {
		if second == "[" && at < len(b) && b[at] == '[' || wordAt(b, at) == second {
			return true
		}
	}
	return false
}

// alone tells whether the line at i holds only this word, and perhaps a count
// after it.
func alone(b []byte, i int, word string) bool {
	i = blanks(b, i)
	if len(b)-i < len(word) || !strings.EqualFold(string(b[i:i+len(word)]), word) {
		return false
	}
	for i += len(word); i < len(b) && b[i] != '\n'; i++ {
		if c := b[i]; c != ' ' && c != '\t' && c != '\r' && c != ';' && (word == "/" || c < '0' || c > '9') {
			return word == "GO" && bytes.HasPrefix(b[i:], []byte("--"))
		}
	}
	return true
}

// blanks returns the first offset from i that is no blank; lines end it.
func blanks(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// skip passes over the quoted text or comment at i, or over one byte. It
// returns -1 when b does not hold the end.
func skip(b []byte, i int, d dialect) int {
	rest := b[i+1:]
	switch c := b[i]; c {
	case '\'':
		return shut(b, i, d.backslash() || d != tsql && d != oracle && escapeString(b, i))
	case '"', '`':
		return shut(b, i, d == mysql && c == '"')
	case '[':
		if !d.brackets() {
			return i + 1
		}
		if end := bytes.IndexByte(rest[:min(len(rest), 256)], ']'); end >= 0 && bytes.IndexByte(rest[:end], '\n') < 0 {
			return i + end + 2
		}
	case '$':
		if tag := dollarTag(b, i, d); tag != nil {
			end := bytes.Index(b[i+len(tag):], tag)
			if end < 0 {
				return -1
			}
			return i + end + 2*len(tag)
		}
	case '-':
		if len(rest) > 0 && rest[0] == '-' {
			return toLineEnd(b, i)
		}
	case '#':
		if d == mysql {
			return toLineEnd(b, i)
		}
	case '/':
		if len(rest) > 0 && rest[0] == '*' {
			return blockComment(b, i, d)
		}
	}
	return i + 1
}

// toLineEnd returns the offset of the newline that ends the line of i.
func toLineEnd(b []byte, i int) int {
	if end := bytes.IndexByte(b[i:], '\n'); end >= 0 {
		return i + end
	}
	return len(b)
}

// escapeString tells whether the quote at i opens a PostgreSQL E'…' string.
func escapeString(b []byte, i int) bool {
	return i > 0 && (b[i-1] == 'E' || b[i-1] == 'e') && (i < 2 || !isNameByte(b[i-2]))
}

// shut returns the offset after the text in quotes that opens at i, or -1. A
// doubled quote stays inside without being looked for: it shuts and opens.
func shut(b []byte, i int, backslash bool) int {
	quote := b[i]
	for at := i + 1; ; {
		n := bytes.IndexByte(b[at:], quote)
		if n < 0 {
			return -1
		}
		at += n + 1
		if !backslash || !escaped(b, i+1, at-1) {
			return at
		}
	}
}

// escaped tells whether an odd number of backslashes stands before at.
func escaped(b []byte, from, at int) bool {
	n := 0
	for at-1-n >= from && b[at-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// dollarTag returns the $tag$ at i, or nil.
func dollarTag(b []byte, i int, d dialect) []byte {
	if d == mysql || d == tsql || d == oracle || i > 0 && isNameByte(b[i-1]) {
		return nil
	}
	for j := i + 1; j < len(b) && j-i < 64; j++ {
		switch {
		case b[j] == '$':
			return b[i : j+1]
		case !isNameByte(b[j]) || j == i+1 && b[j] >= '0' && b[j] <= '9':
			return nil
		}
	}
	return nil
}

// blockComment returns the offset after the comment at i, or -1. In PostgreSQL
// and SQL Server comments nest.
func blockComment(b []byte, i int, d dialect) int {
	depth := 1
	for at := i + 2; at < len(b); {
		n := bytes.IndexByte(b[at:], '*')
		if n < 0 {
			return -1
		}
		at += n
		switch {
		case at+1 < len(b) && b[at+1] == '/':
			at += 2
			if depth--; depth == 0 {
				return at
			}
		case b[at-1] == '/' && at-1 >= i+2 && (d == postgres || d == tsql):
			depth++
			at++
		default:
			at++
		}
	}
	return -1
}
