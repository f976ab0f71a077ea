package repo

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// OpenFileAsChange opens the work tree that a file is in as if the whole file were
// new, and returns its path there.
func OpenFileAsChange(ctx context.Context, file string) (d *Diff, name string, err error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, "", err
	}
	if abs, err = filepath.EvalSymlinks(abs); err != nil {
		return nil, "", err
	}
	if d, err = openDiff(ctx, filepath.Dir(abs)); err != nil {
		return nil, "", err
	}
	name = filepath.Base(abs)
	if d.below != "" {
		name = d.below + "/" + name
	}
	d.below, d.whole = "", name
	return d, name, nil
}

// OpenFile opens a file of the tree that the change leads to, touched or not, by
// its path below the target. What is no file of the tree, as a link, is not found.
func (d *Diff) OpenFile(path string) (io.ReadCloser, error) {
	path = d.inRepository(path)
	if d.staged {
		return d.stagedFile(path)
	}
	f, err := d.open(path)
	if errors.Is(err, errLink) || errors.Is(err, errNotFile) {
		err = os.ErrNotExist
	}
	return f, err
}

// What is no file of the tree: a link may lead anywhere, and what is no file may
// never end.
var (
	errLink    = errors.New("symbolic link, not followed")
	errNotFile = errors.New("special file")
)

// open opens a file of the work tree by its path from the root. Links of its
// folders are followed within the tree, never out of it.
func (d *Diff) open(path string) (io.ReadCloser, error) {
	root, err := os.OpenRoot(d.root)
	if err != nil {
		return nil, withoutPath(err)
	}
	defer func() { _ = root.Close() }() // nothing was written
	name := filepath.FromSlash(path)
	info, err := root.Lstat(name)
	switch {
	case err != nil:
		if _, there := os.Lstat(filepath.Join(d.root, name)); there == nil {
			return nil, errLink // its folder leads out
		}
		return nil, withoutPath(err)
	case info.Mode()&os.ModeSymlink != 0:
		return nil, errLink
	case !info.Mode().IsRegular():
		return nil, errNotFile
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, withoutPath(err)
	}
	return f, nil
}

// inRepository is a path below the target as git has it.
func (d *Diff) inRepository(path string) string {
	if d.below == "" {
		return path
	}
	return d.below + "/" + path
}

// Files lists the files of that tree by path below the target, sorted.
func (d *Diff) Files(ctx context.Context) ([]string, error) {
	args := []string{"ls-files", "--cached", "-z"}
	if !d.staged {
		args = append(args, "--others", "--exclude-standard")
	}
	out, err := d.git.command(ctx, append(args, "--", first(d.below, "."))...).Output()
	if err != nil {
		return nil, refused("git ls-files", err)
	}
	var all []string
	for _, p := range strings.Split(string(out), "\x00") {
		if p != "" {
			all = append(all, d.name(p))
		}
	}
	sort.Strings(all)
	return all, nil
}

// name is a path of git below the target.
func (d *Diff) name(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, d.below), "/")
}

// Added returns the lines that the change adds, by path below the target.
func (d *Diff) Added(ctx context.Context) (map[string][]item.Lines, error) {
	added, err := d.added(ctx)
	if err != nil {
		return nil, err
	}
	named := make(map[string][]item.Lines, len(added))
	for p, lines := range added {
		named[d.name(p)] = lines
	}
	return named, nil
}
