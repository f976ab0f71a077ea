package schema

import (
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"

	"github.com/ecart-rgpd/ecart/scanners/document"
)

// The types of blocks behind the table of contents.
const (
	blockRows  = 1
	blockLarge = 3 // large objects
)

// The reasons why rows of an archive are not read to their end.
const (
	errBlock   = document.Reason("the rows of this dump are damaged: part of them was not read")
	errPacking = document.Reason("the rows of this dump are compressed in a way that is not known")
	errBomb    = document.Reason("unpacks to far more than its size: not unpacked further")
	errLarge   = document.Reason("large objects of this dump were not read")
)

// unpackable is how many bytes the rows of a file may unpack to. Text packs ten
// times, seldom a hundred.
func unpackable(size int64) int64 { return 256<<20 + 200*max(size, 0) }

// Read gives the declarations, then the rows of block after block. What stops
// it is kept in lost: what was read until then counts.
func (a *archive) Read(p []byte) (int, error) {
	if a.declared.Len() > 0 {
		return a.declared.Read(p)
	}
	for !a.ended {
		if a.block == nil {
			if err := a.next(); err != nil {
				a.end(err)
			}
			continue
		}
		n, err := a.block.Read(p)
		if a.left -= int64(n); a.left < 0 {
			a.end(errBomb)
		} else if errors.Is(err, io.EOF) {
			a.block, err = nil, nil
		}
		if err != nil {
			a.end(errBlock)
		}
		if n > 0 {
			return n, nil
		}
	}
	return 0, io.EOF
}

// end ends the text; io.EOF is its true end.
func (a *archive) end(err error) {
	a.ended = true
	if !errors.Is(err, io.EOF) {
		a.lost = err
	}
}

// next goes to the next block of rows.
func (a *archive) next() error {
	if a.format != formatCustom {
		return io.EOF
	}
	kind, err := a.r.ReadByte()
	if err != nil {
		return io.EOF
	}
	id, err := a.int()
	switch {
	case err != nil:
		return errBlock
	case kind == blockLarge:
		return a.large()
	case kind != blockRows:
		return errBlock
	}
	c := &chunks{a: a}
	rows, err := a.unpacked(c)
	if err != nil {
		return err
	}
	a.block = io.MultiReader(strings.NewReader(a.copies[id]), rows, &rest{c})
	return nil
}

// unpacked returns the rows of a block.
func (a *archive) unpacked(c *chunks) (io.Reader, error) {
	switch a.packing {
	case packedNone:
		return c, nil
	case packedZlib:
		return &lazily{from: c, open: func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) }}, nil
	case packedLZ4:
		return lz4.NewReader(c), nil
	case packedZstd:
		return &lazily{from: c, open: func(r io.Reader) (io.Reader, error) {
			z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
			if err != nil {
				return nil, err
			}
			return z.IOReadCloser(), nil
		}}, nil
	}
	return nil, errPacking
}

// large passes over large objects: each is an id with its chunks.
func (a *archive) large() error {
	for {
		id, err := a.int()
		if err != nil {
			return errBlock
		}
		if id == 0 {
			a.lost = errLarge
			return nil
		}
		if _, err := io.Copy(io.Discard, &chunks{a: a}); err != nil {
			return errBlock
		}
	}
}

// chunks reads the bytes of one block: pieces that say their length, up to one
// of none.
type chunks struct {
	a    *archive
	left int64
	done bool
}

func (c *chunks) Read(p []byte) (int, error) {
	for c.left == 0 && !c.done {
		n, err := c.a.int()
		switch {
		case err != nil || n < 0:
			return 0, io.ErrUnexpectedEOF
		case n == 0:
			c.done = true
		}
		c.left = n
	}
	if c.done {
		return 0, io.EOF
	}
	n, err := c.a.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// rest reads a block to its end when the unpacking has stopped before, and gives
// nothing.
type rest struct{ c *chunks }

func (r *rest) Read([]byte) (int, error) {
	if _, err := io.Copy(io.Discard, r.c); err != nil {
		return 0, err
	}
	return 0, io.EOF
}

// lazily opens an unpacker when it is first read: a block may be empty.
type lazily struct {
	from *chunks
	open func(io.Reader) (io.Reader, error)
	r    io.Reader
}

func (l *lazily) Read(p []byte) (int, error) {
	if l.r == nil {
		r, err := l.open(l.from)
		if err != nil {
			return 0, err
		}
		l.r = r
	}
	return l.r.Read(p)
}
