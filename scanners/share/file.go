package share

import (
	"context"
	"io"
	"os"
	"path/filepath"
)

// OpenFile opens the file that locations call path, for what the walk learned of
// it only later. A name that the system writes otherwise than we do is not found.
func (t *Tree) OpenFile(path string) (io.ReadCloser, error) {
	it := t.Find(string(os.PathSeparator) + filepath.FromSlash(path))
	if it.At.Path != path {
		return nil, os.ErrNotExist
	}
	return it.Open()
}

// Files lists the files that a walk would read, by path.
func (t *Tree) Files(ctx context.Context) (paths []string, err error) {
	for it, err := range t.Items(ctx) {
		switch {
		case err != nil && it.At.Path == "":
			return nil, err
		case err == nil && it.Skip == "" && it.Unread == "":
			paths = append(paths, it.At.Path)
		}
	}
	return paths, nil
}
