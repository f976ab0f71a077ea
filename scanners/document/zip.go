package document

import (
	"encoding/binary"
	"errors"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

// A zipDir reads the directory of a ZIP file entry by entry, so that one with
// millions of entries needs no memory.
type zipDir struct {
	r      io.ReaderAt
	at     int64 // of the next entry
	left   uint64
	shift  int64 // bytes before the archive in its file
	buf    []byte
	budget *budget
}

// A zipEntry is one file of a ZIP archive.
type zipEntry struct {
	name      string
	method    uint16
	encrypted bool
	dir       bool
	packed    int64
	size      int64
	at        int64 // of its local header
}

const (
	zipEnd     = 0x06054b50
	zip64Loc   = 0x07064b50
	zip64End   = 0x06064b50
	zipCentral = 0x02014b50
	zipLocal   = 0x04034b50
)

// openZip finds the directory at the end of r.
func openZip(r io.ReaderAt, size int64, b *budget) (*zipDir, error) {
	tail := make([]byte, min(size, 66<<10))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	for i := len(tail) - 22; i >= 0; i-- {
		if binary.LittleEndian.Uint32(tail[i:]) == zipEnd {
			return zipDirectory(r, tail, i, size, b)
		}
	}
	return nil, Truncated
}

func zipDirectory(r io.ReaderAt, tail []byte, i int, size int64, b *budget) (*zipDir, error) {
	le := binary.LittleEndian
	end := size - int64(len(tail)) + int64(i)
	d := &zipDir{r: r, buf: make([]byte, 46, 46+1<<16), budget: b}
	d.left = uint64(le.Uint16(tail[i+10:]))
	length, at := int64(le.Uint32(tail[i+12:])), int64(le.Uint32(tail[i+16:]))
	if i >= 20 && le.Uint32(tail[i-20:]) == zip64Loc {
		var rec [56]byte
		if _, err := r.ReadAt(rec[:], int64(le.Uint64(tail[i-12:]))); err != nil || le.Uint32(rec[:]) != zip64End {
			return nil, Corrupt
		}
		d.left = le.Uint64(rec[32:])
		length, at = int64(le.Uint64(rec[40:])), int64(le.Uint64(rec[48:]))
		end -= 20 + 56
	}
	// A program that unpacks itself stands before the archive and shifts it.
	if start := end - length; start >= 0 && at >= 0 && start >= at {
		d.shift = start - at
	}
	d.at = at + d.shift
	return d, nil
}

// next returns the next entry; io.EOF after the last.
func (d *zipDir) next() (zipEntry, error) {
	if d.left == 0 {
		return zipEntry{}, io.EOF
	}
	d.left--
	le, h := binary.LittleEndian, d.buf[:46]
	if _, err := d.r.ReadAt(h, d.at); err != nil || le.Uint32(h) != zipCentral {
		return zipEntry{}, Corrupt
	}
	names, extra, comment := int(le.Uint16(h[28:])), int(le.Uint16(h[30:])), int(le.Uint16(h[32:]))
	e := zipEntry{
		method: le.Uint16(h[10:]), encrypted: h[8]&1 != 0, packed: int64(le.Uint32(h[20:])),
		size: int64(le.Uint32(h[24:])), at: int64(le.Uint32(h[42:])),
	}
	more := make([]byte, names+extra)
	if _, err := d.r.ReadAt(more, d.at+46); err != nil {
		return zipEntry{}, Corrupt
	}
	e.name = string(more[:names])
	e.dir = names > 0 && more[names-1] == '/'
	e.wide(more[names:])
	e.at += d.shift
	d.at += int64(46 + names + extra + comment)
	return e, nil
}

// wide reads sizes over 4 GiB from the extra field.
func (e *zipEntry) wide(extra []byte) {
	le := binary.LittleEndian
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if extra = extra[4:]; n > len(extra) {
			return
		}
		if field := extra[:n]; id == 1 {
			for _, v := range []*int64{&e.size, &e.packed, &e.at} {
				if *v == 0xFFFFFFFF && len(field) >= 8 {
					*v, field = int64(le.Uint64(field)), field[8:]
				}
			}
		}
		extra = extra[n:]
	}
}

// open returns the unpacked bytes of an entry.
func (d *zipDir) open(e zipEntry) (io.ReadCloser, error) {
	if e.encrypted {
		return nil, Encrypted
	}
	var h [30]byte
	le := binary.LittleEndian
	if _, err := d.r.ReadAt(h[:], e.at); err != nil || le.Uint32(h[:]) != zipLocal || e.packed < 0 || e.size < 0 {
		return nil, Corrupt
	}
	start := e.at + 30 + int64(le.Uint16(h[26:])) + int64(le.Uint16(h[28:]))
	packed := io.NewSectionReader(d.r, start, e.packed)
	unpacked, err := inflate(packed, e.method)
	if err != nil {
		return nil, err
	}
	m := &meter{r: unpacked, budget: d.budget, packed: func() int64 { return e.packed }}
	return &unpackedFile{Reader: m, behind: unpacked}, nil
}

// unpackedFile reads through a meter, and closes what is behind it once: its
// inflater serves somebody else after.
type unpackedFile struct {
	io.Reader
	behind io.Closer
	closed bool
}

func (u *unpackedFile) Close() error {
	if u.closed {
		return nil
	}
	u.closed = true
	return u.behind.Close()
}

// inflate undoes a method of compression.
func inflate(r io.Reader, method uint16) (io.ReadCloser, error) {
	switch method {
	case 0:
		return io.NopCloser(r), nil
	case 8:
		return newInflater(r), nil
	case 93:
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(zstdMemory), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, Corrupt
		}
		return z.IOReadCloser(), nil
	case 99:
		return nil, Encrypted
	}
	return nil, Reason("packed by a method that is not known")
}

// zstdMemory bounds the window of zstd in bytes.
const zstdMemory = 16 << 20

// An inflater comes from a pool: its tables and window are 40 KiB.
type inflater struct {
	io.Reader
}

var inflaters sync.Pool

func newInflater(r io.Reader) io.ReadCloser {
	if f, ok := inflaters.Get().(*inflater); ok {
		_ = f.Reader.(flate.Resetter).Reset(r, nil) // always nil
		return f
	}
	return &inflater{flate.NewReader(r)}
}

// Close gives the inflater back; it must not be read after.
func (f *inflater) Close() error {
	inflaters.Put(f)
	return nil
}
