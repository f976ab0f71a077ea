//go:build !nolocalremote

package remote

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/rclone/rclone/fs"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/share"
)

// item is one object of the remote, which we write path.
func (t *Tree) item(ctx context.Context, o fs.Object, path string) item.Item {
	modified := o.ModTime(ctx).UTC()
	return item.Item{
		At: item.Location{Target: t.target, Path: path}, Size: o.Size(), Date: modified, Open: opener(ctx, o), Ref: o.Remote(), Everyone: t.all,
		// Never the server's hash: it is one of the content, without a key.
		Identity: fmt.Sprintf("%d-%d", o.Size(), modified.UnixNano()),
	}
}

// Find returns the object that a walk of this remote called ref: its path on the
// server. It costs a request.
func (t *Tree) Find(ref string) item.Item {
	names := strings.Split(ref, "/")
	for i := range names {
		names[i] = share.Name(names[i])
	}
	path := strings.Join(names, "/")
	o, err := t.fs.NewObject(t.ctx, ref)
	if err != nil {
		return item.Item{At: item.Location{Target: t.target, Path: path}, Open: func() (io.ReadCloser, error) { return nil, err }}
	}
	return t.item(t.ctx, o, path)
}
