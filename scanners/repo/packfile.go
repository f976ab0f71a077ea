package repo

import (
	"bufio"
	"errors"
	"io"
	"os"
	"sync/atomic"

	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/klauspost/compress/zlib"
)

// A packFile is the file of a pack, read stretch by stretch. It is not mapped: the
// pages of a mapped file count as memory of the program, to give them back and fault
// them in again costs more than to copy what is read, and not every system maps.
type packFile struct {
	io.ReaderAt
	size  int64
	close func()
	users atomic.Int32 // who opened it, and the large blobs that are being read
}

func openPackFile(path string) (*packFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close() // read only
		return nil, err
	}
	return newPackFile(f, info.Size(), func() { _ = f.Close() }), nil
}

func newPackFile(r io.ReaderAt, size int64, shut func()) *packFile {
	f := &packFile{ReaderAt: r, size: size, close: shut}
	f.users.Store(1)
	return f
}

// done closes the file with its last user.
func (f *packFile) done() {
	if f.users.Add(-1) == 0 {
		f.close()
	}
}

// A window is a stretch of a pack in memory. Entries that rest on each other mostly lie
// side by side, so a little more than asked for is read.
type window struct {
	buf  []byte
	from int64
}

const (
	readAhead  = 16 << 10  // bytes
	headAhead  = 256 << 10 // bytes, where only the heads of entries are read, from the last to the first
	keptWindow = 1 << 20   // bytes of room; what is larger is let go
)

// read returns the bytes of f from start to end; fewer where the file ends.
func (w *window) read(f *packFile, start, end int64) []byte {
	return w.load(f, start, end, start, max(end, start+readAhead))
}

// readHead is read for entries that come from the last to the first.
func (w *window) readHead(f *packFile, start int64) []byte {
	end := start + maxHead
	return w.load(f, start, end, max(0, end-headAhead), end)
}

// load returns f[start:end], out of f[lo:hi] when it has to be read.
func (w *window) load(f *packFile, start, end, lo, hi int64) []byte {
	end, hi = min(end, f.size), min(hi, f.size)
	if start >= end {
		return nil
	}
	if start < w.from || end > w.from+int64(len(w.buf)) {
		if cap(w.buf) > keptWindow {
			w.buf = nil
		}
		w.buf, w.from = sized(w.buf, int(hi-lo)), lo
		n, _ := f.ReadAt(w.buf, lo) // what is missing is seen by who reads on
		w.buf = w.buf[:n]
	}
	last := int64(len(w.buf))
	return w.buf[min(start-w.from, last):min(end-w.from, last)]
}

// stream returns a reader of a whole blob that is too large to be held. What its head
// claims is bounded by the bytes there are of it, as what an archive holds is: no more
// than that comes out.
func (p *pack) stream(i int) func() (io.ReadCloser, error) {
	start, end := p.span(i)
	return func() (io.ReadCloser, error) {
		r := bufio.NewReader(io.NewSectionReader(p.file, start, end-start))
		head, _ := r.Peek(maxHead) // shorter where the file ends
		_, size, used := header(head)
		if used == 0 {
			return nil, errPack
		}
		if err := document.Bursts(size, end-start); err != nil {
			return nil, err
		}
		if _, err := r.Discard(used); err != nil {
			return nil, errPack
		}
		z, err := zlib.NewReader(r)
		if err != nil {
			return nil, errPack
		}
		return &streamed{z, size}, nil
	}
}

// A streamed is a blob of a known size on its way out of a compressed stream.
type streamed struct {
	z    io.ReadCloser
	left int64
}

func (s *streamed) Read(b []byte) (int, error) {
	n, err := s.z.Read(b)
	s.left -= int64(n)
	switch {
	case s.left < 0, errors.Is(err, io.EOF) && s.left > 0:
		return n, errPack
	case err != nil && !errors.Is(err, io.EOF):
		return n, errPack // what libraries say of a stream may quote it
	}
	return n, err
}

func (s *streamed) Close() error { return s.z.Close() }
