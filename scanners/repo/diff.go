package repo

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// A Diff is what a change adds to a work tree: the files it touches, with the
// lines it adds. It is a scanners.Source.
type Diff struct {
	git    program
	root   string
	base   string // revision compared with; empty with staged
	staged bool   // what would be committed, read from the index
	below  string // path within the work tree, '/' separated; empty for all
	whole  string // the one file all of which counts as added; empty for a true change
	batch  *batch // of staged files asked for by name; see Hold
}

// OpenDiff compares the work tree that path is in with the commit where it left
// base (a pull request).
func OpenDiff(ctx context.Context, path, base string) (*Diff, error) {
	d, err := openDiff(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := d.git.command(ctx, "rev-parse", "--verify", "-q", base+"^{commit}").Run(); err != nil {
		return nil, fmt.Errorf("revision %q is not in this repository: fetch it, or check its name", base)
	}
	d.base = base
	if out, err := d.git.command(ctx, "merge-base", base, "HEAD").Output(); err == nil {
		d.base = strings.TrimSpace(string(out))
	}
	return d, nil
}

// OpenSince compares the work tree that path is in with a revision.
func OpenSince(ctx context.Context, path, revision string) (*Diff, error) {
	d, err := OpenDiff(ctx, path, revision)
	if err == nil {
		d.base = revision
	}
	return d, err
}

// OpenStaged reads what the next commit would add.
func OpenStaged(ctx context.Context, path string) (*Diff, error) {
	d, err := openDiff(ctx, path)
	if err == nil {
		d.staged = true
	}
	return d, err
}

func openDiff(ctx context.Context, path string) (*Diff, error) {
	d := &Diff{git: program{path}}
	out, err := d.git.command(ctx, "rev-parse", "--show-toplevel", "--show-prefix").Output()
	if err != nil {
		return nil, ErrNone
	}
	lines := strings.Split(string(out), "\n")
	d.root, d.below = lines[0], strings.TrimSuffix(lines[1], "/")
	d.git.path = d.root
	return d, nil
}

// Items yields the touched files by path.
func (d *Diff) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		added, err := d.added(ctx)
		if err != nil {
			yield(item.Item{}, err)
			return
		}
		paths := make([]string, 0, len(added))
		for p := range added {
			paths = append(paths, p)
		}
		sort.Strings(paths)
		for _, p := range paths {
			if !yield(d.file(ctx, p, added[p]), nil) {
				return
			}
		}
	}
}

// file is one touched file, with its path below the target.
func (d *Diff) file(ctx context.Context, path string, added []item.Lines) item.Item {
	it := item.Item{At: item.Location{Path: d.name(path)}, Added: added, Size: -1}
	if !d.staged {
		if info, err := os.Lstat(filepath.Join(d.root, filepath.FromSlash(path))); err == nil && info.Mode()&os.ModeSymlink != 0 {
			it.Skip = errLink.Error()
		}
		it.Open = func() (io.ReadCloser, error) { return d.open(path) }
	} else {
		it.Open = func() (io.ReadCloser, error) {
			out, err := d.git.command(ctx, "cat-file", "blob", ":"+path).Output()
			if err != nil {
				return nil, refused("git cat-file", err)
			}
			return io.NopCloser(bytes.NewReader(out)), nil
		}
	}
	return it
}

// AddedTo returns the lines that the change adds to one file of the work tree,
// below the target or not; none for a file that is not in the tree.
func (d *Diff) AddedTo(ctx context.Context, file string) ([]item.Lines, error) {
	all, name := d.around(ctx, file)
	if all == nil {
		return nil, nil
	}
	added, err := all.added(ctx)
	return added[name], err
}

// around returns d over the whole work tree, or git takes a renamed file for a new
// one, and the path of file there; nil when it is in no such tree.
func (d *Diff) around(ctx context.Context, file string) (*Diff, string) {
	in, name, err := OpenFileAsChange(ctx, file)
	if err != nil || in.root != d.root {
		return nil, ""
	}
	all := *d
	all.below = ""
	return &all, name
}

// added returns the added lines by path.
func (d *Diff) added(ctx context.Context) (map[string][]item.Lines, error) {
	if d.whole != "" {
		return map[string][]item.Lines{d.whole: everyLine()}, nil
	}
	out, err := d.compare(ctx, "-U0")
	if err != nil {
		return nil, err
	}
	added := hunks(out)
	changed, err := d.compare(ctx, "--numstat", "-z", "--diff-filter=AM")
	if err != nil {
		return nil, err
	}
	for _, p := range binaries(changed) {
		added[p] = everyLine()
	}
	if d.staged {
		return added, nil
	}
	others, err := d.git.command(ctx, "ls-files", "--others", "--exclude-standard", "-z", "--", first(d.below, ".")).Output()
	if err != nil {
		return nil, refused("git ls-files", err)
	}
	for _, p := range strings.Split(string(others), "\x00") {
		if p != "" { // not yet known to git: all of it is new
			added[p] = everyLine()
		}
	}
	return added, nil
}

// compare is git diff of what is looked at, in the form that how asks for.
func (d *Diff) compare(ctx context.Context, how ...string) ([]byte, error) {
	args := append([]string{"diff"}, how...)
	args = append(args, "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/")
	if d.staged {
		args = append(args, "--cached")
	} else {
		args = append(args, d.base)
	}
	if d.below != "" {
		args = append(args, "--", d.below)
	}
	out, err := d.git.command(ctx, args...).Output()
	if err != nil {
		// Where git takes a folder for none of its own, diff does not say why.
		if _, why := d.git.command(ctx, "ls-files", "-z", "--", "none").Output(); why != nil {
			err = why
		}
		return nil, refused("git diff", err)
	}
	return out, nil
}

// everyLine is what a file adds of which git tells no lines.
func everyLine() []item.Lines { return []item.Lines{{First: 1, Last: 1 << 30}} }

// binaries reads `git diff --numstat -z`: the files that git has no lines of,
// such as office documents and UTF-16. All of them counts as added.
func binaries(stat []byte) (paths []string) {
	for _, entry := range strings.Split(string(stat), "\x00") {
		if path, ok := strings.CutPrefix(entry, "-\t-\t"); ok && path != "" {
			paths = append(paths, path)
		}
	}
	return paths
}

// hunks reads a diff without context lines.
func hunks(diff []byte) map[string][]item.Lines {
	added := map[string][]item.Lines{}
	path := ""
	r := bufio.NewReader(bytes.NewReader(diff))
	for {
		line, err := r.ReadString('\n')
		switch {
		case strings.HasPrefix(line, "diff --git "):
			path = ""
		case path == "" && strings.HasPrefix(line, "+++ "):
			path = target(strings.TrimRight(line[4:], "\t\r\n"))
		case path != "" && strings.HasPrefix(line, "@@ "):
			if l, ok := hunk(line); ok {
				added[path] = append(added[path], l)
			}
		}
		if err != nil {
			return added
		}
	}
}

// target is the path of a `+++` line; empty for a deleted file.
func target(s string) string {
	if strings.HasPrefix(s, `"`) { // git quotes odd names as C does
		if u, err := strconv.Unquote(s); err == nil {
			s = u
		}
	}
	p, ok := strings.CutPrefix(s, "b/")
	if !ok {
		return ""
	}
	return p
}

// hunk reads `@@ -a,b +c,d @@`; false when nothing is added.
func hunk(line string) (item.Lines, bool) {
	fields := strings.Fields(line)
	if len(fields) < 3 || !strings.HasPrefix(fields[2], "+") {
		return item.Lines{}, false
	}
	from, count, found := strings.Cut(fields[2][1:], ",")
	n, err := strconv.Atoi(from)
	size := 1
	if found {
		size, err = strconv.Atoi(count)
	}
	return item.Lines{First: n, Last: n + size - 1}, err == nil && size > 0
}
