package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/code"
	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/ecart-rgpd/ecart/scanners/repo"
	"github.com/ecart-rgpd/ecart/scanners/schema"
	"github.com/ecart-rgpd/ecart/scanners/share"
	"github.com/ecart-rgpd/ecart/scanners/share/remote"
)

// formats lists every document format, in the order in which they are asked.
// A new format of scanners/document is listed there; those of SQL and source
// code come first, because they know the files better.
func formats() []document.Format { return formatsOCR(nil) }

// formatsOCR is formats, with pictures read by ocr; nil is none.
func formatsOCR(ocr *document.OCR) []document.Format {
	return schema.Dated(slices.Concat([]document.Format{ownOutput, repo.LFSPointer}, code.Before, schema.Formats, code.Formats, document.FormatsOCR(ocr)))
}

// targets turns arguments, else the entries of ecart.yaml, into sources.
func (f *scanFlags) targets(ctx context.Context, args []string, c *config) ([]target, error) {
	entries := slices.Clone(c.Targets)
	for i := range entries {
		if kind(entries[i].Path) != "git" {
			entries[i].Path = c.path(entries[i].Path)
		}
		entries[i].Database = c.databaseFile(entries[i].Database)
		for j, s := range entries[i].Schema {
			entries[i].Schema[j] = c.path(s)
		}
	}
	if len(args) > 0 {
		configured := entries
		entries = nil
		for _, a := range args {
			if _, place, named := strings.Cut(a, "="); a == "" || named && place == "" {
				return nil, fmt.Errorf("target %q names no place: give a path, a URL or NAME=PATH", a)
			}
			entries = append(entries, argument(a, configured))
		}
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("nothing to scan: give a target, or run where ecart.yaml is")
	}
	opened := &settings{} // closed whole when one cannot be opened
	names := map[string]bool{}
	for _, e := range entries {
		if names[e.Name] {
			opened.close()
			return nil, fmt.Errorf("two targets are named %s: give them names with NAME=PATH", e.Name)
		}
		names[e.Name] = true
		t, err := f.open(ctx, e, c)
		if err != nil {
			opened.close()
			return nil, err
		}
		opened.targets = append(opened.targets, t)
	}
	return opened.targets, nil
}

var namedTarget = pattern.New(`^([A-Za-z0-9][A-Za-z0-9_.-]*)=(.+)$`)

// argument reads a target of the command line: NAME=PLACE, the entry of
// ecart.yaml with that name or place, else a place named after its last part.
func argument(arg string, configured []targetEntry) targetEntry {
	name, place := "", arg
	if m := namedTarget.FindStringSubmatch(arg); m != nil {
		name, place = m[1], m[2]
	}
	for _, e := range configured {
		if name == "" && (e.Name == arg || e.Path != "" && samePath(e.Path, place) || e.Database == place || e.Remote == place) {
			return e
		}
	}
	e := targetEntry{Name: name}
	switch kind(place) {
	case "database":
		e.Database = place
	case "remote":
		e.Remote = place
	default:
		e.Path = place
	}
	if e.Name == "" {
		e.Name = lastPart(place)
	}
	return e
}

// kind tells a database URL and an rclone remote from a path.
func kind(place string) string {
	if _, err := os.Stat(place); err == nil {
		return "path"
	}
	scheme, rest, ok := strings.Cut(place, ":")
	switch {
	case !ok || len(scheme) < 2: // no colon, or a drive letter
		return "path"
	case slices.Contains([]string{"postgres", "postgresql", "mysql", "mariadb", "sqlite", "sqlite3", "sqlserver", "mssql"}, scheme):
		return "database"
	case strings.HasPrefix(rest, "//") || strings.Contains(scheme, "@") || strings.Contains(scheme, "/"):
		return "git"
	}
	return "remote"
}

// mounted are schemes of shares that people write as URLs, and that we read once
// they are mounted, or through a remote of rclone.
var mounted = []string{"smb", "cifs", "nfs", "afp", "sftp", "ftp", "ftps", "dav", "davs", "webdav", "webdavs", "s3"}

// shareURL says what to give instead of the URL of a share; empty for all else.
func shareURL(place string) string {
	scheme, _, ok := strings.Cut(place, "://")
	unc := runtime.GOOS != "windows" && strings.HasPrefix(place, `\\`)
	if ok && slices.Contains(mounted, strings.ToLower(scheme)) || unc {
		return "shares are read where they are mounted (give that folder), or through rclone: `rclone config` makes a remote, then NAME:FOLDER"
	}
	return ""
}

// unreadEngines are schemes of databases that have no reader here: without a word
// of them they would be taken for addresses of git.
var unreadEngines = []string{"bigquery", "cassandra", "clickhouse", "cockroachdb", "couchdb", "db2", "elasticsearch", "firebird", "jdbc", "mongodb", "mongodb+srv", "neo4j", "odbc", "oracle", "redis", "rediss", "redshift", "snowflake"}

// unreadEngine tells the URL of a database of an engine that we do not read.
func unreadEngine(place string) (engine string, unread bool) {
	scheme, _, ok := strings.Cut(place, "://")
	scheme, _, _ = strings.Cut(strings.ToLower(scheme), ":") // jdbc:oracle:thin://
	return scheme, ok && slices.Contains(unreadEngines, scheme)
}

// lastPart names a target after the last part of its path or URL, without what
// could be a secret.
func lastPart(place string) string {
	if u, err := url.Parse(place); err == nil && u.Scheme != "" && u.Path != "" {
		place = u.Path
	}
	if abs, err := filepath.Abs(place); err == nil && !strings.Contains(place, ":") {
		place = abs
	}
	parts := strings.FieldsFunc(place, func(r rune) bool { return r == '/' || r == '\\' || r == ':' })
	if len(parts) == 0 {
		return "target"
	}
	return strings.TrimSuffix(parts[len(parts)-1], ".git")
}

func samePath(a, b string) bool {
	x, errA := filepath.Abs(a)
	y, errB := filepath.Abs(b)
	return errA == nil && errB == nil && x == y
}

// open makes the source of one target.
func (f *scanFlags) open(ctx context.Context, e targetEntry, c *config) (target, error) {
	t := target{entry: e, asked: e, about: reconcile.Target{Name: e.Name}}
	if (len(e.Schema) > 0 || e.Database != "") && f.git.partial() {
		t.about.Part, t.about.Tables, t.source = true, true, scanners.Chain{}
		return t, nil
	}
	if f.queue.remote() && elsewhere(e) {
		if e.Database != "" && f.hasSettings(e) { // to share its tables out
			return f.openDatabase(t)
		}
		return f.leave(t)
	}
	if e.Database != "" {
		return f.openDatabase(t)
	}
	if len(e.Schema) > 0 {
		return openSchema(t)
	}
	if e.Remote != "" {
		tree, err := remote.Open(ctx, e.Remote, e.Name)
		if err != nil {
			return t, err
		}
		t.source = tree
		return t, nil
	}
	if instead := shareURL(e.Path); instead != "" {
		return t, fmt.Errorf("target %s: %s", e.Name, instead)
	}
	if engine, unread := unreadEngine(e.Path); unread {
		return t, fmt.Errorf("target %s: %s:// is no database that ecart reads: use postgres://, mysql://, sqlserver:// or sqlite:FILE, or give an SQL dump", e.Name, engine)
	}
	if isStream(e.Path) {
		return t, fmt.Errorf("target %s: %s: a pipe or a device, which has no end to wait for: save it to a file and give that", e.Name, e.Path)
	}
	if kind(e.Path) == "git" || repo.IsBundle(e.Path) {
		return f.openClone(ctx, t)
	}
	if _, err := os.Stat(e.Path); err != nil {
		return t, fmt.Errorf("target %s: %s: %w: check the path", e.Name, e.Path, cause(err))
	}
	exclude := f.exclude(c)
	tree, err := repo.OpenWorkTree(e.Path)
	switch {
	case err == nil:
		folder := share.Folder(e.Path, e.Name, share.Options{Exclude: either(either(exclude, tree.Exclude), gitFolder)})
		return f.openRepository(ctx, t, folder)
	case errors.Is(err, repo.ErrBare):
		return f.openBare(t)
	case !errors.Is(err, repo.ErrNone):
		return t, fmt.Errorf("target %s: %s: %w", e.Name, e.Path, err)
	case f.git.partial() && len(c.Targets) == 0:
		return t, fmt.Errorf("target %s: %s is in no git repository: --diff, --since and --staged need one", e.Name, e.Path)
	case f.git.partial(): // a change says nothing of the shares beside the repository
		t.about.Part, t.source = true, scanners.Chain{}
		return t, nil
	}
	t.source = share.Folder(e.Path, e.Name, share.Options{FileTimes: true, Exclude: exclude})
	return t, nil
}

// openSchema makes one database of SQL files.
func openSchema(t target) (target, error) {
	files, err := schema.New(t.entry.Schema)
	if err != nil {
		return t, fmt.Errorf("target %s: %w", t.entry.Name, err)
	}
	t.about.Tables, t.source, t.schema = true, files, files
	return t, nil
}

// gitFolder names the objects of a repository that is read as one.
func gitFolder(path string) string {
	if filepath.Base(path) == ".git" {
		return "files of git"
	}
	return ""
}

// either excludes what one or the other excludes.
func either(a, b func(string) string) func(string) string {
	return func(path string) string {
		if reason := a(path); reason != "" {
			return reason
		}
		return b(path)
	}
}

// exclude names the files that declare or report: reading them would find what
// they are about.
func (f *scanFlags) exclude(c *config) func(string) string {
	declarations, databases := map[string]bool{}, map[string]bool{}
	for _, p := range append([]string{f.register, c.path(c.Register), c.path(c.Policy), c.file}, f.rules...) {
		note(declarations, p)
	}
	for _, p := range c.Rules {
		note(declarations, c.path(p))
	}
	for _, e := range c.Targets {
		for _, p := range e.Schema { // read as a database, not as files
			matches, _ := filepath.Glob(c.path(p)) // a wrong pattern is told when it is opened
			for _, m := range matches {
				note(databases, m)
			}
		}
	}
	outputs := map[string]bool{}
	for _, p := range append([]string{f.findings, f.baseline, f.state, f.heartbeat}, f.outputs...) {
		note(outputs, p)
	}
	names := map[string]bool{} // of all of them: asked first, a path costs more
	for _, set := range []map[string]bool{declarations, databases, outputs} {
		for p := range set {
			names[filepath.Base(p)] = true
		}
	}
	return func(path string) string {
		dir, name := filepath.Split(path)
		if !names[name] && f.inventory == "" && dir != "" && !strings.HasSuffix(dir[:len(dir)-1], inventoryFolder) {
			return ""
		}
		abs, err := filepath.Abs(path)
		switch {
		case err != nil:
			return ""
		case declarations[abs]:
			return "declaration"
		case databases[abs]:
			return "read as a database by another target"
		case outputs[abs], filepath.Base(filepath.Dir(abs)) == inventoryFolder, f.inventory != "" && samePath(filepath.Dir(abs), f.inventory):
			return "output of ecart"
		}
		return ""
	}
}

func note(set map[string]bool, path string) {
	if abs, err := filepath.Abs(path); err == nil && path != "" {
		set[abs] = true
	}
}
