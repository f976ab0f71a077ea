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
	"slices"
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
		return nil, errors.New("git ls-tree failed")
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
// index that was never committed) is not in the answer.
func (h *History) Place(ctx context.Context, blobs []string) (map[string]item.Past, error) {
	l := &logReader{want: map[string]bool{}, places: map[string]item.Past{}}
	for _, b := range blobs {
		l.want[b] = true
	}
	cmd := h.git.command(ctx, "log", "--all", "--reflog", "--reverse", "--topo-order", "--raw", "--no-abbrev", "--no-renames", "-m", "-z", "--root", "--format=%x01%H %at %P")
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
		h.git.reachable(ctx, l.places)
	}
	return l.places, err
}

// A logReader reads `git log --raw -z`.
type logReader struct {
	want   map[string]bool
	places map[string]item.Past
	commit string
	others []string // its parents but the first
	date   time.Time
}

func (l *logReader) read(r *bufio.Reader) error {
	for {
		token, err := r.ReadString(0)
		token = strings.TrimLeft(strings.TrimSuffix(token, "\x00"), "\n")
		if err := l.token(token, r); err != nil {
			return err
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// token is a commit, or the head of a change with its path behind it.
func (l *logReader) token(token string, r *bufio.Reader) error {
	if at := strings.IndexByte(token, 1); at >= 0 {
		head, rest, _ := strings.Cut(token[at+1:], "\n")
		l.head(strings.Fields(head))
		token = strings.TrimLeft(rest, "\n")
	}
	if !strings.HasPrefix(token, ":") {
		return nil
	}
	path, err := r.ReadString(0)
	if err != nil {
		return err
	}
	l.change(strings.Fields(token), strings.TrimSuffix(path, "\x00"))
	return nil
}

// head is a commit: its id, its date and its parents.
func (l *logReader) head(fields []string) {
	if len(fields) < 2 {
		return
	}
	seconds, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		seconds = 0
	}
	l.commit, l.date, l.others = fields[0], time.Unix(seconds, 0).UTC(), nil
	if len(fields) > 3 {
		l.others = fields[3:]
	}
}

// change notes the first commit that has a blob and the last that takes it away.
// A merge differs from each parent by what the other one did: it takes away only
// what nobody did before. The third parent of a stash holds its untracked files:
// the stash does not take those away.
func (l *logReader) change(fields []string, path string) {
	if len(fields) != 5 {
		return
	}
	before, after := fields[2], fields[3]
	if _, known := l.places[after]; l.want[after] && !known {
		l.places[after] = item.Past{Commit: l.commit, Path: path, Date: l.date}
	}
	if p, known := l.places[before]; known && before != after && p.Path == path && (l.others == nil || p.Removed == "" && !slices.Contains(l.others[1:], p.Commit)) {
		p.Removed = l.commit
		l.places[before] = p
	}
}

// reachable marks the places whose commit the current branch leads to.
func (p program) reachable(ctx context.Context, places map[string]item.Past) {
	out, err := p.command(ctx, "rev-list", "HEAD").Output()
	if err != nil {
		return // no HEAD: nothing is reachable from it
	}
	of := map[string]bool{}
	for line := range bytes.Lines(out) {
		of[string(bytes.TrimSpace(line))] = true
	}
	for id, place := range places {
		place.Reachable = of[place.Commit]
		places[id] = place
	}
}
