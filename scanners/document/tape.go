package document

import (
	"bytes"
	"errors"
	"io"
	"sync"
)

// recorded is how much of a stream is kept in case it is opened again: more
// than any format reads before it knows the file for its own.
const recorded = 2 << 20

// A tape lets a stream be opened more than once: its start is kept while one
// reader looks at it, and the whole is spooled when a second one comes.
type tape struct {
	r      io.Reader
	opened bool
	head   []byte // what was read so far
	over   bool   // more was read than is kept: a single reader wants it all
	at     io.ReaderAt
	size   int64
	done   func()
}

// stream hands over a part that comes from a stream.
func (f *File) stream(out Out, name string, size int64, r io.Reader) error {
	t := &tape{r: r}
	defer t.close()
	return f.part(out, name, size, t.open)
}

// heads are rooms for the start of a long stream, for the next ones.
var heads = sync.Pool{New: func() any { return new([recorded]byte) }}

func (t *tape) open() (io.ReadCloser, error) {
	if !t.opened {
		t.opened = true
		return io.NopCloser(&tapeReader{tape: t}), nil
	}
	if t.at == nil {
		if t.over {
			return nil, Reason("part of a stream, which cannot be read twice")
		}
		var err error
		if t.at, t.size, t.done, err = spool(io.MultiReader(bytes.NewReader(t.head), t.r)); err != nil {
			return nil, err
		}
		t.forget()
	}
	return io.NopCloser(io.NewSectionReader(t.at, 0, t.size)), nil
}

// forget gives back the room of what was kept.
func (t *tape) forget() {
	if cap(t.head) >= recorded {
		heads.Put((*[recorded]byte)(t.head[:recorded]))
	}
	t.head = nil
}

// keep adds to what is kept of the start.
func (t *tape) keep(p []byte) {
	if n := len(t.head); n+len(p) > cap(t.head) && n+len(p) > long {
		t.head = append(heads.Get().(*[recorded]byte)[:0], t.head...)
	}
	t.head = append(t.head, p...)
}

// long is how many bytes of a stream make it likely that there are many.
const long = 128 << 10

func (t *tape) close() {
	t.forget()
	if t.done != nil {
		t.done()
	}
}

// A tapeReader is the first reader of a tape; it reads on from the spool when
// there is one.
type tapeReader struct {
	*tape
	pos int64
}

func (r *tapeReader) Read(p []byte) (n int, err error) {
	if r.at != nil {
		n, err = r.at.ReadAt(p, r.pos)
		if n > 0 && errors.Is(err, io.EOF) {
			err = nil
		}
		r.pos += int64(n)
		return n, err
	}
	n, err = r.r.Read(p)
	r.pos += int64(n)
	switch {
	case r.over:
	case len(r.head)+n > recorded:
		r.over = true
		r.forget()
	default:
		r.keep(p[:n])
	}
	return n, err
}
