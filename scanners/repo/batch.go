package repo

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// A batch is one `git cat-file` that is asked for file after file. It starts with
// the first.
type batch struct {
	one   sync.Mutex
	start func() *exec.Cmd
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *bufio.Reader
}

var errCat = errors.New("git cat-file failed")

// Hold makes OpenFile ask one process for all staged files until it is let go.
func (d *Diff) Hold(ctx context.Context) (letGo func()) {
	if !d.staged {
		return func() {}
	}
	b := &batch{start: func() *exec.Cmd { return d.git.command(ctx, "cat-file", "--batch") }}
	d.batch = b
	return func() {
		d.batch = nil
		b.close()
	}
}

func (b *batch) begin() error {
	if b.cmd != nil {
		return nil
	}
	cmd := b.start()
	in, err := cmd.StdinPipe()
	if err != nil {
		return errCat
	}
	out, err := cmd.StdoutPipe()
	if err != nil || cmd.Start() != nil {
		return errCat
	}
	b.cmd, b.in, b.out = cmd, in, bufio.NewReaderSize(out, 1<<16)
	return nil
}

// stagedFile opens a staged file by its path from the root.
func (d *Diff) stagedFile(path string) (io.ReadCloser, error) {
	if d.batch == nil || strings.Contains(path, "\n") { // the end of a question
		return d.file(context.Background(), path, nil).Open()
	}
	text, err := d.batch.blob(":" + path)
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(text)), nil
}

// blob asks for the content of one object. What is not there, is no file or is
// larger than is safe is not found.
func (b *batch) blob(name string) ([]byte, error) {
	b.one.Lock()
	defer b.one.Unlock()
	if err := b.begin(); err != nil {
		return nil, err
	}
	if _, err := io.WriteString(b.in, name+"\n"); err != nil {
		return nil, errCat
	}
	head, err := b.out.ReadString('\n')
	if err != nil {
		return nil, errCat
	}
	if rest, ok := strings.CutPrefix(head, name+" "); ok && (rest == "missing\n" || rest == "ambiguous\n") {
		return nil, os.ErrNotExist
	}
	fields := strings.Fields(head) // id, kind, size
	if len(fields) != 3 {
		return nil, errCat
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil || size < 0 {
		return nil, errCat
	}
	var text []byte
	if fields[1] == "blob" && size <= maxObject {
		text = make([]byte, size)
		_, err = io.ReadFull(b.out, text)
	} else {
		_, err = io.CopyN(io.Discard, b.out, size)
	}
	if _, e := b.out.Discard(1); err != nil || e != nil {
		return nil, errCat
	}
	if text == nil {
		return nil, os.ErrNotExist
	}
	return text, nil
}

// close ends the process, which ends by itself when nothing more is asked.
func (b *batch) close() {
	if b.cmd == nil {
		return
	}
	_ = b.in.Close() // it may have ended
	end(b.cmd)
}
