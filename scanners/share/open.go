package share

import (
	"io"
	"io/fs"
	"os"
	"strconv"

	"github.com/ecart-rgpd/ecart/scanners/document"
)

// ErrChanged says that a file was written to while it was read.
const ErrChanged = document.Changed

// identity changes when the content may have: size and times.
func identity(info fs.FileInfo, changed int64) string {
	b := make([]byte, 0, 48)
	b = strconv.AppendInt(b, info.Size(), 36)
	b = append(b, '-')
	b = strconv.AppendInt(b, info.ModTime().UnixNano(), 36)
	b = append(b, '-')
	return string(strconv.AppendInt(b, changed, 36))
}

// opener returns the Open of the file as it was listed.
func opener(path string, listed fs.FileInfo, ours bool) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		f, err := openQuietly(path, ours)
		if err != nil {
			return nil, err
		}
		return &file{f, listed, path, ours}, nil
	}
}

// A handle is an open file of the system.
type handle interface {
	io.ReadCloser
	io.ReaderAt
	// changed tells whether the file is no longer as it was listed.
	changed(listed fs.FileInfo) bool
}

// A file reads at any offset, and tells on Close whether it was written to
// since it was listed.
type file struct {
	handle
	listed fs.FileInfo
	path   string
	ours   bool
}

// Beside opens the file of the same folder whose path name makes of this one's: a
// database may keep rows in a file beside it. It is a regular file or no file, and
// the caller closes it.
func (f *file) Beside(name func(path string) string) (io.ReadCloser, error) {
	path := name(f.path)
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, err
	}
	return openQuietly(path, f.ours)
}

// watched is the size in bytes from which a file takes long enough to read for
// somebody else to change it meanwhile; below, asking again costs more than
// reading did.
const watched = 256 << 10

// Changed tells whether the file is no longer as it was listed: what seems wrong
// with its content may be no fault of it.
func (f *file) Changed() bool { return f.changed(f.listed) }

// Close returns ErrChanged when what was read may be no one version of the file.
func (f *file) Close() error {
	changed := f.listed.Size() >= watched && f.changed(f.listed)
	if err := f.handle.Close(); err != nil {
		return err
	}
	if changed {
		return ErrChanged
	}
	return nil
}
