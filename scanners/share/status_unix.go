//go:build unix

package share

import (
	"io/fs"
	"os"
	"syscall"
)

// inode names a file whatever its path.
type inode struct{ device, number uint64 }

// stat is what a system tells of a file beyond fs.FileInfo.
type stat struct {
	inode   inode
	links   uint64
	changed int64 // time of the last change of the file or its rights, ns
	hole    bool  // claims a size and holds no data at all
	ours    bool  // belongs to the user who runs us
}

// sparse is the size in bytes from which a file without one block of data is
// a hole: smaller ones may live in their inode.
const sparse = 64 << 10

func status(info fs.FileInfo) stat {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return stat{}
	}
	return stat{
		inode:   inode{uint64(s.Dev), s.Ino}, //nolint:unconvert // signed on some systems
		links:   uint64(s.Nlink),             //nolint:unconvert // 16 bits on some systems
		changed: changeTime(s),
		hole:    s.Blocks == 0 && s.Size >= sparse,
		ours:    user == 0 || user == int(s.Uid),
	}
}

var user = os.Geteuid()
