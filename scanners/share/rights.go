package share

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// rights remembers which folders everyone may enter, and whether the file system
// of the root has rights of its own.
type rights struct {
	mu    sync.Mutex
	open  map[string]bool // system path of a folder: all may enter it, and those above it
	known map[string]bool // root: its rights say something
}

// The bits of a mode that speak of all accounts.
const (
	othersRead  fs.FileMode = 0o004
	othersWrite fs.FileMode = 0o002
	othersEnter fs.FileMode = 0o001
)

// everyone tells what all accounts may do with a file: its own bits, as far as
// every folder from the root of the share on lets them in. What is above the root
// is the machine that scans, not the share; a file named by itself is no share.
func (t *Tree) everyone(file string, info fs.FileInfo) string {
	mode := info.Mode()
	if mode&(othersRead|othersWrite) == 0 {
		return ""
	}
	root, err := t.resolved()
	if err != nil || file == root || !t.rights.tell(root) || !t.rights.enter(root, filepath.Dir(file)) {
		return ""
	}
	if mode&othersWrite != 0 {
		return "write"
	}
	return "read"
}

// tell tells whether the rights under root are real: mounts of other systems
// make them up.
func (r *rights) tell(root string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known, r.open = map[string]bool{root: realRights(root)}, map[string]bool{}
	}
	return r.known[root]
}

// enter tells whether all accounts may enter dir and each folder up to root.
func (r *rights) enter(root, dir string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.walk(root, dir)
}

func (r *rights) walk(root, dir string) bool {
	if open, met := r.open[dir]; met {
		return open
	}
	info, err := os.Stat(dir)
	open := err == nil && info.Mode()&othersEnter != 0
	if up := filepath.Dir(dir); open && dir != root && up != dir {
		open = r.walk(root, up)
	}
	if len(r.open) < maxFolders {
		r.open[dir] = open
	}
	return open
}

// maxFolders bounds what is remembered; past it folders are asked again.
const maxFolders = 100_000
