// Package pattern holds regular expressions that are compiled when they are
// first used: a package with many of them costs a command that needs none
// nothing.
package pattern

import (
	"regexp"
	"sync"
)

// A Lazy is a regular expression of the program's own. It is safe for many
// goroutines and, as regexp.MustCompile, panics on an expression that does not
// compile, but at its first use.
type Lazy struct {
	get func() *regexp.Regexp
}

// New keeps expr for its first use.
func New(expr string) *Lazy {
	return &Lazy{get: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })}
}

// Of is New for an expression whose words are data: get tells it at the first use.
func Of(get func() string) *Lazy {
	return &Lazy{get: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(get()) })}
}

// Get compiles the expression, once.
func (l *Lazy) Get() *regexp.Regexp { return l.get() }

// MatchString and those below are the methods of regexp.Regexp.
func (l *Lazy) MatchString(s string) bool { return l.get().MatchString(s) }

// Match tells whether b holds a match.
func (l *Lazy) Match(b []byte) bool { return l.get().Match(b) }

// FindString returns the leftmost match, "" for none.
func (l *Lazy) FindString(s string) string { return l.get().FindString(s) }

// FindStringIndex returns the place of the leftmost match, nil for none.
func (l *Lazy) FindStringIndex(s string) []int { return l.get().FindStringIndex(s) }

// FindStringSubmatch returns the leftmost match and its groups, nil for none.
func (l *Lazy) FindStringSubmatch(s string) []string { return l.get().FindStringSubmatch(s) }

// FindAllString returns up to n matches, all when n is negative.
func (l *Lazy) FindAllString(s string, n int) []string { return l.get().FindAllString(s, n) }

// FindAllStringIndex returns their places.
func (l *Lazy) FindAllStringIndex(s string, n int) [][]int { return l.get().FindAllStringIndex(s, n) }

// FindAllStringSubmatch returns up to n matches with their groups.
func (l *Lazy) FindAllStringSubmatch(s string, n int) [][]string {
	return l.get().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex returns their places.
func (l *Lazy) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return l.get().FindAllStringSubmatchIndex(s, n)
}

// FindAll returns up to n matches in b.
func (l *Lazy) FindAll(b []byte, n int) [][]byte { return l.get().FindAll(b, n) }

// FindAllSubmatchIndex returns the places of up to n matches in b and of their
// groups.
func (l *Lazy) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return l.get().FindAllSubmatchIndex(b, n)
}

// ReplaceAllString returns s with each match replaced, $1 standing for a group.
func (l *Lazy) ReplaceAllString(s, with string) string { return l.get().ReplaceAllString(s, with) }

// ReplaceAllStringFunc returns s with each match replaced by what with makes of
// it.
func (l *Lazy) ReplaceAllStringFunc(s string, with func(string) string) string {
	return l.get().ReplaceAllStringFunc(s, with)
}

// Split cuts s at the matches into at most n parts, all when n is negative.
func (l *Lazy) Split(s string, n int) []string { return l.get().Split(s, n) }
