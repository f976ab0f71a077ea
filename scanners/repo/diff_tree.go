package repo

import (
	"context"
	"io"
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
// its path below the target.
func (d *Diff) OpenFile(path string) (io.ReadCloser, error) {
	return d.file(context.Background(), d.inRepository(path), nil).Open()
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
