package share

import (
	"bufio"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// ignoreFile holds patterns of what not to read, in the form of `.gitignore`.
const ignoreFile = ".ecartignore"

// ignore is the patterns in force in a folder: its own and those above.
type ignore []gitignore.Pattern

// with returns the patterns in force in dir, whose entries are list.
func (g ignore) with(dir, path string, list []fs.DirEntry) ignore {
	for _, e := range list {
		if e.Name() == ignoreFile && e.Type().IsRegular() {
			return append(g[:len(g):len(g)], patterns(filepath.Join(dir, ignoreFile), parts(path))...)
		}
	}
	return g
}

// patterns reads one ignore file. One that cannot be opened excludes nothing:
// reading too much is the safe side.
func patterns(file string, domain []string) ignore {
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // read only
	var out ignore
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := strings.TrimSuffix(lines.Text(), "\r")
		if line != "" && line[0] != '#' {
			out = append(out, gitignore.ParsePattern(line, domain))
		}
	}
	return out
}

// match tells whether the last pattern that speaks of path excludes it.
func (g ignore) match(path string, dir bool) bool {
	if len(g) == 0 {
		return false
	}
	names := parts(path)
	for i := len(g) - 1; i >= 0; i-- {
		if r := g[i].Match(names, dir); r != gitignore.NoMatch {
			return r == gitignore.Exclude
		}
	}
	return false
}

func parts(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}
