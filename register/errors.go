package register

import (
	"fmt"
	"sort"
	"strings"
)

// An Error is one thing wrong in a register: where, at which key, and what to
// do. It never quotes a value.
type Error struct {
	File         string
	Line, Column int    // 1-based; 0 when the whole file is meant
	Key          string // empty when no key is meant
	Problem      string
	Remedy       string
}

// Error reads `registre.yaml:3:1: traitements: unknown key; …`.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	b.WriteString(": ")
	if e.Key != "" {
		b.WriteString(e.Key + ": ")
	}
	b.WriteString(e.Problem)
	if e.Remedy != "" {
		b.WriteString("; " + e.Remedy)
	}
	return b.String()
}

// Errors is all that is wrong in a register, in the order of its lines.
type Errors []*Error

// Error has one line an error.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find each *Error.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, one := range e {
		all[i] = one
	}
	return all
}

// sorted returns nil rather than an empty list, so that it can be an error.
func (e Errors) sorted() error {
	if len(e) == 0 {
		return nil
	}
	sort.SliceStable(e, func(i, j int) bool {
		if e[i].Line != e[j].Line {
			return e[i].Line < e[j].Line
		}
		return e[i].Column < e[j].Column
	})
	return e
}

// maxErrors bounds what one register reports: the rest is more of the same.
const maxErrors = 50

// nearest returns the word of known that was probably meant, or "".
func nearest(word string, known []string) string {
	best, least := "", len(word)/2+1
	for _, k := range known {
		if d := distance(strings.ToLower(word), k); d < least {
			best, least = k, d
		}
	}
	return best
}

// misspelt returns the word of known that differs from word by a slip of the keyboard,
// or "": a name that is merely the nearest is no help.
func misspelt(word string, known []string) string {
	n := nearest(word, known)
	if n == "" || distance(strings.ToLower(word), strings.ToLower(n)) > max(1, min(2, len(word)/4)) {
		return ""
	}
	return n
}

// distance is Levenshtein's, in bytes: enough to catch a slip of the keyboard.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// OneOf says what may be written in place of a word that is not known, and what was
// probably meant.
func OneOf(word string, known []string) string { return oneOf(word, known) }

// oneOf says what may be written, and what was probably meant.
func oneOf(word string, known []string) string {
	if n := nearest(word, known); n != "" && word != "" {
		return fmt.Sprintf("did you mean %s? one of: %s", n, strings.Join(known, ", "))
	}
	return "one of: " + strings.Join(known, ", ")
}
