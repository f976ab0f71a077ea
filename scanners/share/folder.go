// Package share walks file shares: local and mounted folders here, remote ones
// in remote.
package share

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// Options change what a walk yields. The zero Options suit a repository's
// folder: no file times, nothing excluded but by `.ecartignore`.
type Options struct {
	// FileTimes lets the time of a file stand as its date. A clone resets them,
	// so only shares set it. It goes with access rights, which a clone resets too.
	FileTimes bool
	// Exclude says why the file or folder at an operating system path is counted
	// but not read (a declaration, our own output); "" means read it. nil means
	// nothing is excluded.
	Exclude func(path string) string
}

// A Tree is a local or mounted folder, or a single file. It is a
// scanners.Source and only ever reads.
type Tree struct {
	root, target string
	options      Options

	rights rights // of folders, as far as met

	once sync.Once // guards what Find needs
	real string
	err  error
}

// Folder returns the folder, or the single file, at root as a source of items
// of target.
func Folder(root, target string, o Options) *Tree {
	return &Tree{root: root, target: target, options: o}
}

// Items yields every file below the root once, in order of the bytes of its
// path. Symbolic links are not followed: what they lead to within the root is
// met in its own place, and what lies outside is not of this target.
func (t *Tree) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		root, err := filepath.EvalSymlinks(t.root)
		if err != nil {
			yield(item.Item{}, err)
			return
		}
		info, err := os.Stat(root)
		if err != nil {
			yield(item.Item{}, err)
			return
		}
		w := &walk{ctx: ctx, tree: t, yield: yield, base: root, linked: map[inode]bool{}}
		if info.IsDir() {
			if isEmpty(root) {
				yield(item.Item{}, ErrEmpty)
				return
			}
			w.folder(root, "", nil)
			return
		}
		w.file(root, Name(filepath.Base(root)), info, logOf(root))
	}
}

// ErrEmpty ends the walk of a folder that holds nothing at all, which is what the
// place of an unmounted share looks like: to call that clean would be wrong, and
// what earlier runs found there is not gone.
var ErrEmpty = document.Reason("the folder is empty: nothing was read; if a share belongs there, it is not mounted")

// isEmpty tells whether a folder can be listed and has no entry.
func isEmpty(dir string) bool {
	d, err := os.Open(dir)
	if err != nil {
		return false // said by the walk
	}
	names, err := d.Readdirnames(1)
	return d.Close() == nil && len(names) == 0 && errors.Is(err, io.EOF)
}

// walk is one pass over a tree.
type walk struct {
	ctx    context.Context
	tree   *Tree
	yield  func(item.Item, error) bool
	base   string         // the root, as the system has it
	linked map[inode]bool // files with several names, once met
}

// entry is one name of a folder: as the system has it, and as we write it.
type entry struct {
	fs.DirEntry
	key string // our name, with '/' behind a folder: the order of whole paths
	log string // identity of the log of SQLite beside it; "" without
}

// folder walks the folder at the system path dir, which we write path. It
// returns false when the walk is to end.
func (w *walk) folder(dir, path string, ignored ignore) bool {
	if err := w.ctx.Err(); err != nil {
		w.yield(item.Item{}, err)
		return false
	}
	list, err := entriesOf(dir)
	if err != nil && !w.unread(path, err) {
		return false
	}
	ignored = ignored.with(dir, path, list)
	logs := logsOf(dir, list)
	for _, e := range inOrder(list) {
		e.log = logs[e.Name()]
		if !w.entry(e, below(dir, e.Name()), join(path, strings.TrimSuffix(e.key, "/")), ignored) {
			return false
		}
	}
	return true
}

// entriesOf is os.ReadDir without its order: ours is another.
func entriesOf(dir string) ([]fs.DirEntry, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	list, err := d.ReadDir(-1)
	if e := d.Close(); err == nil {
		err = e
	}
	return list, err
}

// below is filepath.Join of a clean folder and a name in it.
func below(dir, name string) string {
	switch {
	case dir == "" || dir == ".":
		return name
	case os.IsPathSeparator(dir[len(dir)-1]):
		return dir + name
	}
	return dir + string(os.PathSeparator) + name
}

// inOrder sorts by the bytes of whole paths: `a.b` comes before `a/b`. Names that we
// write alike are in the order of those of the system.
func inOrder(list []fs.DirEntry) []entry {
	entries := make([]entry, len(list))
	for i, e := range list {
		entries[i] = entry{DirEntry: e, key: Name(e.Name())}
		if e.IsDir() {
			entries[i].key = FolderName(entries[i].key) + "/"
		}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if c := strings.Compare(a.key, b.key); c != 0 {
			return c
		}
		return strings.Compare(a.Name(), b.Name())
	})
	return entries
}

// entry yields one file, or walks one folder.
func (w *walk) entry(e entry, file, path string, ignored ignore) bool {
	if e.Type()&fs.ModeSymlink != 0 {
		return w.skip(path, "symbolic link, not followed")
	}
	if reason := w.excluded(file, path, e.IsDir(), ignored); reason != "" {
		return w.skip(path, reason)
	}
	if e.IsDir() {
		return w.folder(file, path, ignored)
	}
	if !e.Type().IsRegular() {
		return w.skip(path, "special file")
	}
	info, err := e.Info()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return w.skip(path, "gone before it was read")
	case err != nil:
		return w.unread(path, err)
	}
	return w.file(file, path, info, e.log)
}

// excluded says why the file or folder is not read.
func (w *walk) excluded(file, path string, dir bool, ignored ignore) string {
	if w.tree.options.Exclude != nil {
		if reason := w.tree.options.Exclude(file); reason != "" {
			return reason
		}
	}
	if ignored.match(path, dir) {
		return "excluded by " + ignoreFile
	}
	if dir && filepath.Base(file) == ".git" && isRepository(file) {
		return "git objects: scan the folder as a repository"
	}
	return ""
}

// isRepository tells whether a folder holds the objects of a git repository.
func isRepository(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "objects"))
	return err == nil && info.IsDir()
}

// file yields one regular file; log is the identity of the log beside it.
func (w *walk) file(file, path string, info fs.FileInfo, log string) bool {
	s := status(info)
	if s.links > 1 && s.inode != (inode{}) {
		if w.linked[s.inode] {
			return w.skip(path, "hard link to a file already met")
		}
		w.linked[s.inode] = true
	}
	if s.hole {
		return w.skip(path, "sparse file without data")
	}
	it := w.tree.item(file, path, info, s)
	it.Identity += log
	it.Ref = w.ref(file)
	return w.yield(it, nil)
}

// ref is what Find knows a file by: its path below the root, a separator before
// it. The root "." is no beginning of the paths below it.
func (w *walk) ref(file string) string {
	if w.base == "." {
		return string(os.PathSeparator) + file
	}
	return file[len(w.base):]
}

func (w *walk) skip(path, reason string) bool {
	return w.yield(item.Item{At: w.at(path), Skip: reason}, nil)
}

func (w *walk) unread(path string, err error) bool {
	if path == "" {
		path = "."
	}
	return w.yield(item.Item{At: w.at(path), Unread: Reason(err)}, nil)
}

func (w *walk) at(path string) item.Location {
	return item.Location{Target: w.tree.target, Path: path}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}

// Reason puts an error of the file system in words without its path, which may
// hold a value.
func Reason(err error) string {
	var in *fs.PathError
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, fs.ErrNotExist):
		return "gone before it was read"
	case errors.As(err, &in):
		return in.Err.Error()
	}
	return "read error"
}
