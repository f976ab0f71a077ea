package repo

import (
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Clone copies a remote repository, or a bundle, to a private temporary folder
// as a bare mirror. Credentials come from git's own helpers and environment;
// nobody is asked. Close removes the copy.
func Clone(ctx context.Context, from string) (dir string, remove func(), err error) {
	if _, err := exec.LookPath("git"); err != nil {
		return "", nil, errors.New("the git program is needed to clone: install git")
	}
	if abs, err := filepath.Abs(from); err == nil && IsBundle(from) {
		from = abs
	}
	dir, err = os.MkdirTemp("", "ecart-git-*")
	if err != nil {
		return "", nil, withoutPath(err)
	}
	remove = func() { _ = os.RemoveAll(dir) } // what is left is removed by the system
	cmd := program{dir}.command(ctx, "clone", "-q", "--mirror", "--no-hardlinks", "--", from, ".")
	if _, err := cmd.Output(); err != nil {
		remove()
		if ctx.Err() != nil {
			return "", nil, ctx.Err()
		}
		return "", nil, refused("git clone of "+Redact(from), err)
	}
	return dir, remove, nil
}

// Redact returns an address without its user and password.
func Redact(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		if at := strings.LastIndexByte(address, '@'); at >= 0 && strings.Contains(address, "://") {
			return address[:strings.Index(address, "://")+3] + address[at+1:]
		}
		return address
	}
	u.User = nil
	return u.String()
}

// IsBundle tells whether a file is a git bundle.
func IsBundle(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // read only
	head := make([]byte, 16)
	n, _ := f.Read(head) // a short file is none
	return strings.HasPrefix(string(head[:n]), "# v2 git bundle") || strings.HasPrefix(string(head[:n]), "# v3 git bundle")
}
