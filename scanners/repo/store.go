package repo

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A store is where the objects of a repository are: its own folder and those it
// borrows from (alternates).
type store struct {
	dir     string   // the git folder
	common  string   // the git folder shared by linked work trees
	objects []string // object folders, its own first
	hash    int      // bytes of an object id: 20, or 32 for SHA-256
	shallow bool
	partial bool // some objects were left on a remote
}

// openStore finds the objects of the repository at path: a work tree, a linked
// one, or a bare repository.
func openStore(path string) (*store, error) {
	dir, err := gitDir(path)
	if err != nil {
		return nil, err
	}
	s := &store{dir: dir, common: dir, hash: 20}
	if b, err := os.ReadFile(filepath.Join(dir, "commondir")); err == nil {
		s.common = absolute(dir, strings.TrimSpace(string(b)))
	}
	config, err := os.ReadFile(filepath.Join(s.common, "config"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("its config: %w", withoutPath(err))
	}
	low := bytes.ToLower(config)
	if bytes.Contains(low, []byte("objectformat = sha256")) {
		s.hash = 32
	}
	s.partial = bytes.Contains(low, []byte("promisor = true")) || bytes.Contains(low, []byte("partialclone"))
	_, err = os.Stat(filepath.Join(s.common, "shallow"))
	s.shallow = err == nil
	s.borrow(filepath.Join(s.common, "objects"), map[string]bool{})
	return s, nil
}

// gitDir is the git folder of path.
func gitDir(path string) (string, error) {
	dot := filepath.Join(path, ".git")
	info, err := os.Stat(dot)
	switch {
	case err == nil && info.IsDir():
		return dot, nil
	case err == nil: // a linked work tree or a submodule: `gitdir: <path>`
		b, err := os.ReadFile(dot)
		if err != nil {
			return "", withoutPath(err)
		}
		to, ok := strings.CutPrefix(strings.TrimSpace(string(b)), "gitdir: ")
		if !ok {
			return "", errors.New("its .git file names no folder")
		}
		return absolute(path, to), nil
	}
	for _, part := range []string{"HEAD", "objects"} {
		if _, err := os.Stat(filepath.Join(path, part)); err != nil {
			return "", ErrNone
		}
	}
	return path, nil
}

// borrow follows alternates, each once.
func (s *store) borrow(dir string, seen map[string]bool) {
	if seen[dir] {
		return
	}
	seen[dir] = true
	s.objects = append(s.objects, dir)
	b, err := os.ReadFile(filepath.Join(dir, "info", "alternates"))
	if err != nil {
		return
	}
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			s.borrow(absolute(dir, line), seen)
		}
	}
}

// packs lists the index files of all packs, sorted within each folder. That of a
// pack that has none is listed too.
func (s *store) packs() (all []string) {
	for _, dir := range s.objects {
		var found []string
		for _, pattern := range []string{"*.idx", "pack-*.pack"} {
			files, _ := filepath.Glob(filepath.Join(dir, "pack", pattern)) // the pattern is right
			for _, f := range files {
				found = append(found, strings.TrimSuffix(strings.TrimSuffix(f, ".pack"), ".idx")+".idx")
			}
		}
		slices.Sort(found)
		all = append(all, slices.Compact(found)...)
	}
	return all
}

func absolute(base, path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(base, path)
}

// withoutPath drops the path of a file error: it may hold a name of a person.
func withoutPath(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
