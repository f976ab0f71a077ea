package document

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// inMemory is how many bytes of a file that cannot be read at any offset are
// kept in memory; more goes to a temporary file without a name.
const inMemory = 8 << 20

// at returns the bytes of the file at any offset, and a function to call when
// done with them.
func (f *File) at() (io.ReaderAt, int64, func(), error) {
	in := f.in
	if in.taken {
		return nil, 0, nil, errors.New("the file was read already")
	}
	in.taken = true
	done := func() {}
	if in.end && in.err == nil {
		return bytes.NewReader(in.buf[:in.n]), int64(in.n), done, nil
	}
	if at, ok := in.rc.(io.ReaderAt); ok && f.Size > 0 {
		return at, f.Size, done, nil
	}
	return spool(&replay{in: in})
}

// spool keeps a stream so that it can be read at any offset.
func spool(r io.Reader) (io.ReaderAt, int64, func(), error) {
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(r, inMemory))
	if err != nil {
		return nil, 0, nil, err
	}
	if n < inMemory {
		return bytes.NewReader(b.Bytes()), n, func() {}, nil
	}
	return spoolToDisk(io.MultiReader(&b, r))
}

// spoolToDisk keeps a stream in a temporary file that no other user may read and
// that is gone when we are, where the system allows it.
func spoolToDisk(r io.Reader) (io.ReaderAt, int64, func(), error) {
	t, err := os.CreateTemp("", "ecart-*")
	if err != nil {
		return nil, 0, nil, Reason("no room for a temporary file")
	}
	_ = os.Remove(t.Name()) // refused on Windows: done at the end there
	done := func() {
		_ = t.Close()
		_ = os.Remove(t.Name())
	}
	n, err := io.Copy(t, r)
	if err != nil {
		done()
		var full *os.PathError
		if errors.As(err, &full) {
			err = Reason("no room for a temporary file")
		}
		return nil, 0, nil, err
	}
	return t, n, done, nil
}
