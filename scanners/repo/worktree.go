// Package repo reads git repositories: what a work tree holds now, and all of
// the past.
package repo

import (
	"bufio"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
)

// ErrNone says that a folder is in no repository.
var ErrNone = errors.New("no git repository")

// ErrBare says that a repository has no work tree.
var ErrBare = errors.New("bare repository")

// A WorkTree tells which files of a folder git knows or would add.
type WorkTree struct {
	root       string // of the work tree, without symbolic links
	tracked    map[string]bool
	submodules map[string]bool
	patterns   map[string][]gitignore.Pattern // by folder, '/' separated; "" is the root
}

// OpenWorkTree opens the work tree that path is in. The error is ErrBare for a
// repository without one, ErrNone where there is no repository.
func OpenWorkTree(path string) (*WorkTree, error) {
	if bare(path) {
		return nil, ErrBare
	}
	r, err := git.PlainOpenWithOptions(path, &git.PlainOpenOptions{DetectDotGit: true, EnableDotGitCommonDir: true})
	if errors.Is(err, git.ErrRepositoryNotExists) {
		return nil, ErrNone
	}
	w := &WorkTree{tracked: map[string]bool{}, submodules: map[string]bool{}, patterns: map[string][]gitignore.Pattern{}}
	if err != nil { // a form that go-git does not read, such as SHA-256
		err = w.fromProgram(path)
	} else {
		err = w.fromIndex(r)
	}
	if err != nil {
		return nil, err
	}
	w.patterns[""] = append(read(filepath.Join(w.root, ".git", "info", "exclude"), nil), read(filepath.Join(w.root, ".gitignore"), nil)...)
	return w, nil
}

// bare tells whether path itself holds the objects of a repository.
func bare(path string) bool {
	dir, err := gitDir(path)
	return err == nil && dir == path
}

// fromIndex reads the index with go-git.
func (w *WorkTree) fromIndex(r *git.Repository) error {
	tree, err := r.Worktree()
	if err != nil {
		return err
	}
	if w.root, err = filepath.EvalSymlinks(tree.Filesystem.Root()); err != nil {
		return withoutPath(err)
	}
	index, err := r.Storer.Index()
	if err != nil {
		return err
	}
	for _, e := range index.Entries {
		w.track(e.Name, e.Mode == filemode.Submodule)
	}
	return nil
}

// fromProgram asks the git program for the same.
func (w *WorkTree) fromProgram(path string) error {
	ctx := context.Background()
	root, err := program{path}.command(ctx, "rev-parse", "--show-toplevel").Output()
	if err != nil {
		return errors.New("neither go-git nor the git program reads this repository")
	}
	w.root = filepath.FromSlash(strings.TrimSpace(string(root)))
	list, err := program{w.root}.command(ctx, "ls-files", "-s", "-z").Output()
	if err != nil {
		return refused("git ls-files", err)
	}
	for _, entry := range strings.Split(string(list), "\x00") {
		if meta, name, ok := strings.Cut(entry, "\t"); ok {
			w.track(name, strings.HasPrefix(meta, "160000 "))
		}
	}
	return nil
}

// track notes an entry of the index, and the folders above a file.
func (w *WorkTree) track(name string, submodule bool) {
	if submodule {
		w.submodules[name] = true
		return
	}
	w.tracked[name] = true
	for dir := parent(name); dir != "" && !w.tracked[dir+"/"]; dir = parent(dir) {
		w.tracked[dir+"/"] = true
	}
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
