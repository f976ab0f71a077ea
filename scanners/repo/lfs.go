package repo

import (
	"bytes"
	"context"

	"github.com/ecart-rgpd/ecart/scanners/document"
)

var lfsHead = []byte("version https://git-lfs.github.com/spec/")

// LFSPointer knows the small files that stand for an object kept elsewhere: what
// they point to was not read.
var LFSPointer = document.Format{
	Name:  "git-lfs",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, lfsHead) && len(head) < 1024 },
	Read: func(_ context.Context, _ *document.File, _ document.Out) error {
		return document.Reason("Git LFS pointer: its object is not here")
	},
}
