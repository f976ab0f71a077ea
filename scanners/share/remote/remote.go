//go:build !nolocalremote

// Package remote walks file shares that are reached over a network: SMB, SFTP,
// S3, WebDAV, FTP, Azure Blob, Google Drive, OneDrive, Dropbox. rclone speaks to
// them; nothing of it that writes is called.
package remote

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"sort"
	"strings"

	_ "github.com/rclone/rclone/backend/azureblob"
	_ "github.com/rclone/rclone/backend/drive"
	_ "github.com/rclone/rclone/backend/dropbox"
	_ "github.com/rclone/rclone/backend/ftp"
	_ "github.com/rclone/rclone/backend/onedrive"
	_ "github.com/rclone/rclone/backend/s3"
	_ "github.com/rclone/rclone/backend/sftp"
	_ "github.com/rclone/rclone/backend/smb"
	_ "github.com/rclone/rclone/backend/webdav"
	"github.com/rclone/rclone/fs"
	"github.com/rclone/rclone/fs/config/configfile"
	"github.com/rclone/rclone/fs/config/configmap"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/share"
)

// A Tree is a folder of a remote share. It is a scanners.Source.
type Tree struct {
	fs     fs.Fs
	ctx    context.Context // with the settings of Open, for Find
	target string
	all    string // what everyone may do: "read" where the server asks for no name
}

// Open connects to place, which is written as rclone does: `nas:rh` for a
// remote of the user's rclone.conf, or `:sftp,host=…:folder`. `${NAME}` is taken
// from the environment, for secrets that ecart.yaml must not hold.
func Open(ctx context.Context, place, target string) (*Tree, error) {
	configfile.Install()
	fs.GetConfig(context.Background()).LogLevel = fs.LogLevelEmergency // its messages name paths
	ctx, c := fs.AddConfig(ctx)
	c.UseServerModTime = true // one request an object less on S3
	c.LowLevelRetries = 5
	info, name, path, config, err := fs.ConfigFs(os.Expand(place, os.Getenv))
	if err != nil {
		return nil, reason(target, err)
	}
	config.AddGetter(safeguards(info.Name, config), configmap.PriorityNormal-1) // before all others
	f, err := info.NewFs(ctx, name, path, config)
	if err != nil {
		return nil, reason(target, err)
	}
	return &Tree{fs: f, ctx: ctx, target: target, all: everyone(info.Name, config)}, nil
}

// reason tells what is wrong with a remote without its address, which may hold
// a password.
func reason(target string, err error) error {
	return fmt.Errorf("target %s: remote: %w", target, why(err))
}

// safeguards are settings that make a kind of remote safe to read: known hosts
// only, and no commands run on the server.
func safeguards(kind string, config configmap.Getter) configmap.Simple {
	if kind != "sftp" {
		return nil
	}
	s := configmap.Simple{"shell_type": "none", "disable_hashcheck": "true", "skip_links": "true"}
	if hosts, _ := config.Get("known_hosts_file"); hosts == "" {
		if home, err := os.UserHomeDir(); err == nil {
			s["known_hosts_file"] = filepath.Join(home, ".ssh", "known_hosts")
		}
	}
	return s
}

// everyone tells what those who reach the server may do there without an account:
// "read" when we do not give one either.
func everyone(kind string, config configmap.Getter) string {
	given := func(keys ...string) bool {
		for _, key := range keys {
			if value, _ := config.Get(key); value != "" && value != "false" {
				return true
			}
		}
		return false
	}
	user, _ := config.Get("user")
	open := false
	switch kind {
	case "webdav":
		open = !given("user", "bearer_token", "bearer_token_command")
	case "s3":
		open = !given("env_auth", "access_key_id")
	case "ftp":
		open = user == "anonymous" || user == "ftp"
	case "smb":
		open = strings.EqualFold(user, "guest")
	}
	if open {
		return "read"
	}
	return ""
}

// Items yields every file once, in order of the bytes of its path.
func (t *Tree) Items(ctx context.Context) iter.Seq2[item.Item, error] {
	return func(yield func(item.Item, error) bool) {
		w := &walk{ctx: ctx, tree: t, yield: yield}
		w.folder("", "")
	}
}

// walk is one pass over a remote.
type walk struct {
	ctx   context.Context
	tree  *Tree
	yield func(item.Item, error) bool
}

// An entry is one name of a folder: as the server has it, and as we write it.
type entry struct {
	fs.DirEntry
	path string // ours
	key  string // with '/' behind a folder: the order of whole paths
}

// folder walks the folder that the server calls dir and we path; false ends the
// walk.
func (w *walk) folder(dir, path string) bool {
	if err := w.ctx.Err(); err != nil {
		return w.yield(item.Item{}, err)
	}
	list, err := w.tree.fs.List(w.ctx, dir)
	switch {
	case err != nil && w.ctx.Err() != nil:
		return w.yield(item.Item{}, w.ctx.Err())
	case err != nil && dir == "":
		w.yield(item.Item{}, why(err))
		return false
	case err != nil:
		return w.yield(item.Item{At: w.at(path), Unread: string(why(err))}, nil)
	case dir == "" && len(list) == 0:
		w.yield(item.Item{}, share.ErrEmpty)
		return false
	}
	for _, e := range inOrder(list, path) {
		if !w.entry(e) {
			return false
		}
	}
	return true
}

func inOrder(list fs.DirEntries, path string) []entry {
	entries := make([]entry, 0, len(list))
	for _, e := range list {
		name := e.Remote()[strings.LastIndexByte(e.Remote(), '/')+1:]
		full, end := share.Name(name), ""
		if _, ok := e.(fs.Directory); ok {
			full, end = share.FolderName(full), "/"
		}
		if path != "" {
			full = path + "/" + full
		}
		x := entry{e, full, full + end}
		entries = append(entries, x)
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].key < entries[j].key })
	return entries
}

func (w *walk) entry(e entry) bool {
	o, ok := e.DirEntry.(fs.Object)
	if !ok {
		return w.folder(e.Remote(), e.path)
	}
	return w.yield(w.tree.item(w.ctx, o, e.path), nil)
}

func (w *walk) at(path string) item.Location {
	return item.Location{Target: w.tree.target, Path: path}
}

// Close ends the connection.
func (t *Tree) Close(ctx context.Context) error {
	if shutdown := t.fs.Features().Shutdown; shutdown != nil {
		return shutdown(ctx)
	}
	return nil
}
