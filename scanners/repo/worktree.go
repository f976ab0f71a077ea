// Package repo reads git repositories: what a work tree holds now, and all of
// the past.
package repo

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// ErrNone says that a folder is in no repository.
var ErrNone = git.ErrRepositoryNotExists

// ErrBare says that a repository has no work tree.
var ErrBare = errors.New("bare repository")

// A WorkTree tells which files of a folder git knows or would add.
type WorkTree struct {
	root       string // of the work tree, without symbolic links
	tracked    map[string]bool
	submodules map[string]bool
	patterns   map[string][]gitignore.Pattern // by folder, '/' separated; "" is the root
}

// OpenWorkTree opens the work tree that path is in. The error is
// ErrNone when it is in none.
func OpenWorkTree(path string) (*WorkTree, error) {
	r, err := git.PlainOpenWithOptions(path, &git.PlainOpenOptions{DetectDotGit: true, EnableDotGitCommonDir: true})
	if err != nil {
		return nil, err
	}
	tree, err := r.Worktree()
	if errors.Is(err, git.ErrIsBareRepository) {
		return nil, ErrBare
	}
	if err != nil {
		return nil, err
	}
	w := &WorkTree{tracked: map[string]bool{}, submodules: map[string]bool{}, patterns: map[string][]gitignore.Pattern{}}
	if w.root, err = filepath.EvalSymlinks(tree.Filesystem.Root()); err != nil {
		return nil, err
	}
	index, err := r.Storer.Index()
	if err != nil {
		return nil, err
	}
	for _, e := range index.Entries {
		if e.Mode == filemode.Submodule {
			w.submodules[e.Name] = true
			continue
		}
		w.tracked[e.Name] = true
		for dir := parent(e.Name); dir != "" && !w.tracked[dir+"/"]; dir = parent(dir) {
			w.tracked[dir+"/"] = true
		}
	}
	w.patterns[""] = append(read(filepath.Join(w.root, ".git", "info", "exclude"), nil), read(filepath.Join(w.root, ".gitignore"), nil)...)
	return w, nil
}

// Root returns the root of the work tree.
func (w *WorkTree) Root() string { return w.root }

// Exclude says why the file or folder at a system path is not read: git ignores
// it, or it is another repository. A tracked file is read whatever .gitignore
// says.
func (w *WorkTree) Exclude(path string) string {
	rel, err := filepath.Rel(w.root, path)
	if err != nil || strings.HasPrefix(rel, "..") {
		return ""
	}
	name := filepath.ToSlash(rel)
	switch {
	case w.submodules[name]:
		return "submodule: another repository"
	case w.tracked[name] || w.tracked[name+"/"]:
		return ""
	}
	info, err := os.Lstat(path)
	if err != nil {
		return ""
	}
	if info.IsDir() && name != "." && nested(path) {
		return "another repository"
	}
	if w.ignores(name, info.IsDir()) {
		return "ignored by git"
	}
	return ""
}

// nested tells whether a folder is a repository of its own.
func nested(path string) bool {
	_, err := os.Lstat(filepath.Join(path, ".git"))
	return err == nil
}

// ignores asks the patterns of all folders above, the nearest last: the last
// one that speaks wins.
func (w *WorkTree) ignores(name string, dir bool) bool {
	parts := strings.Split(name, "/")
	ignored := false
	for depth := range parts {
		for _, p := range w.of(strings.Join(parts[:depth], "/"), parts[:depth]) {
			switch p.Match(parts, dir) {
			case gitignore.Exclude:
				ignored = true
			case gitignore.Include:
				ignored = false
			case gitignore.NoMatch:
			}
		}
	}
	return ignored
}

// of returns the patterns of one folder, read once.
func (w *WorkTree) of(dir string, parts []string) []gitignore.Pattern {
	p, ok := w.patterns[dir]
	if !ok {
		p = read(filepath.Join(w.root, filepath.FromSlash(dir), ".gitignore"), parts)
		w.patterns[dir] = p
	}
	return p
}

// read reads one file of patterns; one that cannot be opened excludes nothing.
func read(file string, domain []string) (out []gitignore.Pattern) {
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // read only
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if line := strings.TrimSuffix(lines.Text(), "\r"); line != "" && line[0] != '#' {
			out = append(out, gitignore.ParsePattern(line, append([]string(nil), domain...)))
		}
	}
	return out
}

func parent(name string) string {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return ""
	}
	return name[:i]
}
