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
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// errIndexRebuilt is said of a repository that git itself would not read.
var errIndexRebuilt = errors.New("corrupt pack index: its pack was read through a new one (git index-pack repairs it)")

// rebuild makes a new index of a pack in a temporary folder: the one beside it
// is missing or broken. It fails when the pack itself does not hold together.
func (s *store) rebuild(ctx context.Context, pack string) (x *index, err error) {
	dir, err := os.MkdirTemp("", "ecart-idx-*")
	if err != nil {
		return nil, withoutPath(err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left is removed by the system
	format := "sha1"
	if s.hash == 32 {
		format = "sha256"
	}
	file := filepath.Join(dir, "pack.idx")
	abs, err := filepath.Abs(pack)
	if err != nil {
		return nil, err
	}
	if err := (program{s.common}).command(ctx, "index-pack", "--object-format="+format, "-o", file, abs).Run(); err != nil {
		return nil, errPack
	}
	table, err := os.ReadFile(file)
	if err != nil {
		return nil, withoutPath(err)
	}
	return parseIndex(table, s.hash)
}

// rest gives, through `git cat-file`, the blobs that are wanted and that no sweep
// has given: those of packs of a form that it does not know. whole tells whether
// git had nothing to complain of.
func (s *store) rest(ctx context.Context, want func(id []byte) bool, give func(id []byte, v *version) error) (whole bool, err error) {
	git := program{s.common}
	list := git.command(ctx, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)", "--unordered", "--buffer")
	var complaints bytes.Buffer
	list.Stderr = &complaints
	out, listErr := list.Output()
	var ids []string
	for line := range strings.Lines(string(out)) {
		name, kind, _ := strings.Cut(strings.TrimSpace(line), " ")
		if id, err := hex.DecodeString(name); err == nil && kind == "blob" && want(id) {
			ids = append(ids, name)
		}
	}
	whole = listErr == nil && complaints.Len() == 0
	for deaths := 0; len(ids) > 0; deaths++ {
		given, err := git.contents(ctx, ids, give)
		if err != nil {
			return false, err
		}
		if ids = ids[given:]; len(ids) == 0 {
			break
		}
		whole = false // it gives up at the first object that it cannot make
		if ids = ids[1:]; deaths >= maxDeaths {
			break
		}
	}
	return whole, ctx.Err()
}

// maxDeaths is how often git is started again behind an object it dies of.
const maxDeaths = 200

// contents gives the blobs of ids, and returns of how many git said something.
func (p program) contents(ctx context.Context, ids []string, give func(id []byte, v *version) error) (given int, err error) {
	cmd := p.command(ctx, "cat-file", "--batch", "--buffer")
	cmd.Stdin = strings.NewReader(strings.Join(ids, "\n") + "\n")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, fmt.Errorf("git cat-file: %w", err)
	}
	defer end(cmd)
	r, v := bufio.NewReaderSize(out, 1<<16), &version{}
	for given < len(ids) {
		head, err := r.ReadString('\n')
		if err != nil {
			return given, nil // git died; the caller starts it again
		}
		fields := strings.Fields(head)
		if given++; len(fields) != 3 {
			continue // missing
		}
		size, err := strconv.ParseInt(fields[2], 10, 64)
		id, idErr := hex.DecodeString(fields[0])
		if err != nil || idErr != nil || size < 0 || size > maxObject {
			return given - 1, nil // the caller goes on behind this one
		}
		v.note = note{seen: v.note.seen}
		if v.content, err = filled(r, v.content, int(size)); err != nil {
			return given - 1, nil
		}
		if _, err := r.Discard(1); err != nil {
			return given - 1, nil
		}
		if err := give(id, v); err != nil {
			return given, err
		}
	}
	return given, nil
}

// filled reads size bytes into a buffer, which may be into. Room for a large blob is made
// as its bytes come: git says the size before it knows that it can make them.
func filled(r io.Reader, into []byte, size int) ([]byte, error) {
	const step = 1 << 20
	into = into[:0]
	for len(into) < size {
		n := min(size-len(into), step)
		into = slices.Grow(into, n)
		if _, err := io.ReadFull(r, into[len(into):len(into)+n]); err != nil {
			return into, err
		}
		into = into[:len(into)+n]
	}
	return into, nil
}

// end waits for a program whose answer is no longer asked for.
func end(cmd *exec.Cmd) {
	if cmd.Process != nil {
		_ = cmd.Process.Kill() // it may have ended
	}
	_ = cmd.Wait() // what it did not say is known by what it said
}
