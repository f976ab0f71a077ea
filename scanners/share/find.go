package share

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ecart-rgpd/ecart/item"
)

// item is one regular file at the system path file, which we write path.
func (t *Tree) item(file, path string, info fs.FileInfo, s stat) item.Item {
	it := item.Item{
		At:       item.Location{Target: t.target, Path: path},
		Size:     info.Size(),
		Open:     opener(file, info, s.ours),
		Identity: identity(info, s.changed),
	}
	if t.options.FileTimes {
		it.Date = info.ModTime().UTC().Truncate(time.Second)
		it.Everyone = t.everyone(file, info)
	}
	return it
}

// Find returns the file that a walk of this folder called ref: its system path
// below the root. What the walk left out is not asked again.
func (t *Tree) Find(ref string) item.Item {
	root, err := t.resolved()
	file, path := root+ref, pathOf(ref)
	if path == "" {
		path = Name(filepath.Base(root))
	}
	var info fs.FileInfo
	if err == nil {
		info, err = os.Lstat(file)
	}
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist // another thing has its name now
	}
	if err != nil {
		return item.Item{At: item.Location{Target: t.target, Path: path}, Open: func() (io.ReadCloser, error) { return nil, err }}
	}
	return t.item(file, path, info, status(info))
}

// resolved returns the root without symbolic links, found out once.
func (t *Tree) resolved() (string, error) {
	t.once.Do(func() { t.real, t.err = filepath.EvalSymlinks(t.root) })
	return t.real, t.err
}

// pathOf writes a system path below the root the way locations do.
func pathOf(ref string) string {
	path := ""
	for ref = strings.TrimPrefix(ref, string(os.PathSeparator)); ref != ""; {
		name, rest, folder := strings.Cut(ref, string(os.PathSeparator))
		name = Name(name)
		if folder {
			name = FolderName(name)
		}
		path, ref = join(path, name), rest
	}
	return path
}
