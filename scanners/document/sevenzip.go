package document

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/bodgit/sevenzip"
	"github.com/nwaples/rardecode/v2"
)

// SevenZip reads 7z archives.
var SevenZip = Format{
	Name:  "7z",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("7z\xBC\xAF\x27\x1C")) },
	Read:  readSevenZip,
}

// Rar reads RAR archives, old and new.
var Rar = Format{
	Name:  "rar",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("Rar!\x1A\x07")) },
	Read:  readRar,
}

// rarMemory bounds the dictionary of RAR in bytes.
const rarMemory = 32 << 20

func readSevenZip(ctx context.Context, f *File, out Out) error {
	r, size, done, err := f.at()
	if err != nil {
		return err
	}
	defer done()
	z, err := sevenzip.NewReader(r, size)
	if err != nil {
		return lockedSevenZip(err)
	}
	b := f.allowance()
	for _, e := range z.File {
		if e.FileInfo().IsDir() || e.UncompressedSize == 0 {
			continue
		}
		open := func() (io.ReadCloser, error) {
			rc, err := e.Open()
			if err != nil {
				return nil, lockedSevenZip(err)
			}
			m := &meter{r: lockedReader{rc}, budget: b, packed: func() int64 { return size }}
			return &unpackedFile{Reader: m, behind: rc}, nil
		}
		if err := f.part(out, e.Name, int64(e.UncompressedSize), open); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// lockedReader tells an encrypted archive from a corrupt one.
type lockedReader struct{ r io.Reader }

func (l lockedReader) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = lockedSevenZip(err)
	}
	return n, err
}

func lockedSevenZip(err error) error {
	var e *sevenzip.ReadError
	if errors.As(err, &e) && e.Encrypted {
		return Encrypted
	}
	return Corrupt
}

func readRar(ctx context.Context, f *File, out Out) error {
	packed, err := f.Open()
	if err != nil {
		return err
	}
	count := &counter{r: packed}
	r, err := rardecode.NewReader(count, rardecode.MaxDictionarySize(rarMemory))
	if err != nil {
		return rarReason(err)
	}
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return rarReason(err)
		}
		if h.IsDir {
			continue
		}
		m := &meter{r: r, budget: f.allowance(), packed: func() int64 { return count.n }}
		if err := f.stream(out, h.Name, h.UnPackedSize, m); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

func rarReason(err error) error {
	switch {
	case errors.Is(err, rardecode.ErrArchiveEncrypted), errors.Is(err, rardecode.ErrArchivedFileEncrypted):
		return Encrypted
	case errors.Is(err, rardecode.ErrMultiVolume):
		return Reason("one volume of several")
	case errors.Is(err, rardecode.ErrDictionaryTooLarge):
		return TooLarge
	}
	return Corrupt
}
