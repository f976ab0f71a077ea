package repo

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/ecart-rgpd/ecart/item"
)

// A program asks the git program about a repository: which blobs the present
// holds, and which commits brought and removed a blob. Objects are read through
// it only where a pack cannot be swept.
type program struct{ path string }

// command is git without hooks, monitors, pagers and prompts, which a repository
// may set to run commands of its own. What it prints on standard error is never
// shown: it may hold names.
//
// Commands that only read objects are allowed in a repository of another user.
// Those that look at files run the filters of its configuration, and keep git's
// own guard.
func (p program) command(ctx context.Context, args ...string) *exec.Cmd {
	settings := []string{
		"-C", p.path, "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull,
		"-c", "core.packedGitLimit=32m", "-c", "core.packedGitWindowSize=1m", "-c", "core.deltaBaseCacheLimit=32m", "--no-pager",
	}
	if args[0] != "diff" && args[0] != "ls-files" {
		settings = append(settings, "-c", "safe.directory=*")
	}
	cmd := exec.CommandContext(ctx, "git", append(settings, args...)...)
	cmd.Env = append(environment(), "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	if args[0] != "clone" { // a partial clone would fetch what it lacks
		cmd.Env = append(cmd.Env, "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none")
	}
	return cmd
}

// environment is the process's, without what would point git at another
// repository: inside a hook GIT_DIR is set. The index of a partial commit is kept.
func environment() []string {
	var keep []string
	for _, e := range os.Environ() {
		name, _, _ := strings.Cut(e, "=")
		switch name {
		case "GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE":
			continue
		}
		keep = append(keep, e)
	}
	return keep
}

// present returns raw blob id → path for all of HEAD; empty before the first
// commit.
func (p program) present(ctx context.Context) (map[string]string, error) {
	present := map[string]string{}
	if err := p.command(ctx, "rev-parse", "--verify", "-q", "HEAD^{commit}").Run(); err != nil {
		if _, notFound := exec.LookPath("git"); notFound != nil {
			return nil, errors.New("the git program is needed for history: install git")
		}
		return present, nil
	}
	out, err := p.command(ctx, "ls-tree", "-r", "-z", "--full-tree", "HEAD").Output()
	if err != nil {
		return nil, refused("git ls-tree", err)
	}
	for _, entry := range bytes.Split(out, []byte{0}) {
		meta, name, ok := bytes.Cut(entry, []byte{'\t'})
		fields := bytes.Fields(meta)
		if !ok || len(fields) != 3 || string(fields[1]) != "blob" {
			continue
		}
		if id, err := hex.DecodeString(string(fields[2])); err == nil && present[string(id)] == "" {
			present[string(id)] = string(name)
		}
	}
	return present, nil
}

// Place names the commit, path and date of blobs of the past, by their ids in
// hex. One pass over the log, oldest first; a blob that no commit holds (an
// index that was never committed) is not in the answer. Merges are compared with
// all their parents at once: what only one of them lacks was done before.
func (h *History) Place(ctx context.Context, blobs []string) (map[string]item.Past, error) {
	l := &logReader{want: make(map[string]bool, len(blobs)), places: make(map[string]item.Past, len(blobs))}
	for _, b := range blobs {
		l.want[b] = true
	}
	cmd := h.git.command(ctx, "log", "--all", "--reflog", "--reverse", "--topo-order", "--raw", "--no-abbrev", "--no-renames", "-c", "-z", "--root", "--format=%x01%H %at %P")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("git log: %w", err)
	}
	err = l.read(bufio.NewReaderSize(out, 1<<16))
	if e := cmd.Wait(); err == nil && e != nil {
		err = errors.New("git log failed: part of the history is not placed")
	}
	if len(l.places) > 0 {
		h.git.reachable(ctx, &l.line, l.places)
	}
	return l.places, err
}

// A logReader reads `git log --raw -c -z`.
type logReader struct {
	want   map[string]bool
	places map[string]item.Past
	line   lineage
	commit string
	date   time.Time
	token  []byte
	spare  []byte
	fields [][]byte // of a change
	path   string   // the last one kept: most blobs of a file come one after the other
}

// read goes through a log: a commit, or the head of a change with its path
// behind it.
func (l *logReader) read(r *bufio.Reader) error {
	for {
		err := l.next(r)
		if at := bytes.IndexByte(l.token, 1); at >= 0 {
			head, rest, _ := bytes.Cut(l.token[at+1:], []byte{'\n'})
			l.head(string(head))
			l.token = rest
		}
		if token := bytes.TrimLeft(l.token, "\n"); err == nil && len(token) > 0 && token[0] == ':' {
			l.split(token)
			wanted := l.wanted()
			l.token, l.spare = l.spare, l.token // the fields are of it
			if err = l.next(r); err == nil && wanted {
				l.change(string(l.token))
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// next reads up to the next zero byte.
func (l *logReader) next(r *bufio.Reader) error {
	l.token = l.token[:0]
	for {
		part, err := r.ReadSlice(0)
		l.token = append(l.token, part...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		l.token = bytes.TrimSuffix(l.token, []byte{0})
		return err
	}
}

// head is a commit: its id, its date and its parents.
func (l *logReader) head(line string) {
	commit, rest, _ := strings.Cut(line, " ")
	at, parents, _ := strings.Cut(rest, " ")
	l.line.add(commit, parents)
	seconds, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		seconds = 0
	}
	l.commit, l.date = commit, time.Unix(seconds, 0).UTC()
}

// split cuts `:mode mode id id M`, or `::mode mode mode id id id MM` of a merge
// of two, into the ids before and the one after.
func (l *logReader) split(token []byte) {
	parents := 0
	for parents < len(token) && token[parents] == ':' {
		parents++
	}
	l.fields = l.fields[:0]
	n := 0
	for field := range bytes.SplitSeq(token[parents:], []byte{' '}) {
		if n > parents && n < 2*parents+2 {
			l.fields = append(l.fields, field)
		}
		n++
	}
}

// wanted tells whether the change at hand is about a blob that is asked for.
func (l *logReader) wanted() bool {
	for _, id := range l.fields {
		if l.want[string(id)] {
			return true
		}
	}
	return false
}

// change notes the first commit that has a blob and the last that takes it away.
func (l *logReader) change(path string) {
	if len(l.fields) < 2 {
		return
	}
	if path == l.path {
		path = l.path
	}
	l.path = path
	last := len(l.fields) - 1
	after := string(l.fields[last])
	if _, known := l.places[after]; l.want[after] && !known {
		l.places[after] = item.Past{Commit: l.commit, Path: path, Date: l.date}
	}
	for _, before := range l.fields[:last] {
		if p, known := l.places[string(before)]; known && p.Path == path && string(before) != after {
			p.Removed = l.commit
			l.places[string(before)] = p
		}
	}
}
