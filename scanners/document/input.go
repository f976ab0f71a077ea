package document

import (
	"errors"
	"io"
	"sync"

	"github.com/ecart-rgpd/ecart/item"
)

// A text is cut in chunks of chunk bytes, each handed over with margin bytes of
// its neighbours on either side: enough for the longest value and its context.
// 512 KiB stays in the second level cache.
const (
	chunk  = 512 << 10
	margin = 4 << 10
	room   = margin + chunk + margin
)

// An input is one worker's buffers for one file, reused from file to file.
type input struct {
	buf  []byte // room bytes; the first n hold the start of the file
	n    int
	rc   io.ReadCloser
	size int64 // as listed; 0 or -1 when not known
	end  bool  // all bytes are in buf
	err  error // what ended the reading, when not the end of the file

	file   File
	out    guard
	seg    item.Segment
	window window
	csv    csvGrid
	json   jsonGrid
	taken  bool // the stream was handed to a format
	worn   bool // a window was over buf, which may have rewritten it
}

var inputs = sync.Pool{New: func() any { return &input{buf: make([]byte, room)} }}

// start opens f and reads as much as the buffer holds.
func (in *input) start(f *File) error {
	rc, err := f.Open()
	if err != nil {
		return err
	}
	in.rc, in.size, in.n, in.end, in.err, in.taken, in.worn = rc, f.Size, 0, false, nil, false, false
	in.n = in.fill(in.buf, 0)
	return nil
}

// again goes back to the start of f when a format has begun to read it.
func (in *input) again(f *File) error {
	if !in.taken {
		return nil
	}
	if in.whole() {
		in.taken = false
		return nil
	}
	if err := in.close(); err != nil {
		return err
	}
	return in.start(f)
}

// whole tells whether the bytes in hand are the whole file, as it is.
func (in *input) whole() bool { return in.end && in.err == nil && !in.worn }

// fill reads into b from n until it is full or the file ends, and returns how
// many bytes it holds. A file that has given its listed size is not asked again:
// for small files that call would be a fifth of the cost.
func (in *input) fill(b []byte, n int) int {
	for n < len(b) && !in.end {
		k, err := in.rc.Read(b[n:])
		n += k
		switch {
		case err != nil:
			in.end = true
			if !errors.Is(err, io.EOF) {
				in.err = err
			}
		case in.size > 0 && in.size == int64(n) && in.size < room:
			in.end = true
		}
	}
	return n
}

// close ends the reading of the file and returns what was wrong with it.
func (in *input) close() error {
	if in.rc == nil {
		return in.err
	}
	err := in.rc.Close()
	in.rc = nil
	if in.err != nil {
		return in.err
	}
	return err
}

// changed tells whether the open file is no longer as it was listed, where its
// source can tell.
func (in *input) changed() bool {
	c, ok := in.rc.(interface{ Changed() bool })
	return ok && c.Changed()
}

// release gives the buffers back.
func (in *input) release() {
	if in.rc != nil {
		_ = in.rc.Close() // an error was returned already
	}
	buf, spare := in.buf, in.window.spare
	cells, rows, all, marks := in.csv.cells, in.csv.rows, in.csv.all, in.json.marks
	*in = input{buf: buf}
	in.window.spare = spare
	in.csv.cells, in.csv.rows, in.csv.all, in.json.marks = cells, rows, all, marks
	inputs.Put(in)
}

// open returns the bytes from the start: the first time those in hand and the
// rest of the open file, later again from again.
func (in *input) open(again func() (io.ReadCloser, error)) (io.ReadCloser, error) {
	if in.taken && !in.whole() {
		return again()
	}
	in.taken = true
	return &replay{in: in}, nil
}

// Whole returns all bytes of a file small enough to be in memory already, which
// costs no second reading; false when they are not. They are to be read only,
// and no longer than Read of the format runs.
func (f *File) Whole() ([]byte, bool) {
	if f.in == nil || !f.in.whole() {
		return nil, false
	}
	return f.in.buf[:f.in.n], true
}

// replay reads the buffer first, then the file. Closing it leaves the file
// open: Read closes it.
type replay struct {
	in *input
	at int
}

func (r *replay) Read(p []byte) (int, error) {
	if r.at < r.in.n {
		k := copy(p, r.in.buf[r.at:r.in.n])
		r.at += k
		return k, nil
	}
	if r.in.end {
		if r.in.err != nil {
			return 0, r.in.err
		}
		return 0, io.EOF
	}
	return r.in.rc.Read(p)
}

func (r *replay) Close() error { return nil }
