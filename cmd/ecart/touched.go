package main

import (
	"os"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
	"github.com/ecart-rgpd/ecart/scanners/repo"
)

// touched returns the lines of the treatments of reg in which a change adds or removes
// a line. A treatment that is gone whole touches no other one.
func touched(reg *register.Register, added []item.Lines, removed []repo.Removal) (all []item.Lines) {
	if reg == nil || len(added)+len(removed) == 0 {
		return nil
	}
	src, err := os.ReadFile(reg.File)
	if err != nil {
		return nil // it was read: what changed since is told by its lines alone
	}
	lines := strings.Split(string(src), "\n")
	for _, t := range reg.Treatments {
		if t.Line < 1 || t.Line > len(lines) {
			continue
		}
		of := item.Lines{First: t.Line, Last: lastOf(lines, t.Line)}
		start := lines[t.Line-1]
		byAdded := slices.ContainsFunc(added, func(l item.Lines) bool { return l.First <= of.Last && of.First <= l.Last })
		byRemoved := slices.ContainsFunc(removed, func(r repo.Removal) bool {
			return of.First <= r.After && r.After <= of.Last && !slices.ContainsFunc(r.Lines, func(line string) bool { return alike(line, start) })
		})
		if byAdded || byRemoved {
			all = append(all, of)
		}
	}
	return all
}

// lastOf is the last line of the entry of a list that begins on line first: those
// that are further in, without the comments before the next entry.
func lastOf(lines []string, first int) int {
	last, in := first, indent(lines[first-1])
	for i, line := range lines[first:] {
		text := strings.TrimSpace(line)
		switch {
		case text == "" || strings.HasPrefix(text, "#"):
		case indent(line) <= in:
			return last
		default:
			last = first + 1 + i
		}
	}
	return last
}

// alike tells whether two lines begin entries of one list.
func alike(a, b string) bool {
	n := indent(b)
	return indent(a) == n && n < len(a) && n < len(b) && a[n] == b[n]
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }
