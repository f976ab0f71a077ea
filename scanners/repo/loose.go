package repo

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/ecart-rgpd/ecart/scanners/document"
	"github.com/klauspost/compress/zlib"
)

var errLoose = errors.New("corrupt loose object")

// loose calls object for every loose object below dir, in order of id.
func (s *store) loose(dir string, object func(id []byte, path string) error) error {
	for n := range 256 {
		prefix := hex.EncodeToString([]byte{byte(n)})
		entries, err := os.ReadDir(filepath.Join(dir, prefix))
		if err != nil {
			continue // most of the 256 folders are not there
		}
		for _, e := range entries {
			id, err := hex.DecodeString(prefix + e.Name())
			if err != nil || len(id) != s.hash {
				continue // a temporary file of git
			}
			if err := object(id, filepath.Join(dir, prefix, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// readLoose inflates a loose object; one that is large is to be streamed. nil is for
// what is no blob.
func readLoose(path string) (*version, error) {
	r, err := openLoose(path)
	if r == nil || err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // read only
	if r.left > maxHeld {
		size, packed := r.left, r.packed
		return &version{size: size, stream: func() (io.ReadCloser, error) {
			if err := document.Bursts(size, packed); err != nil {
				return nil, err
			}
			r, err := openLoose(path)
			if err == nil && (r == nil || r.left != size) {
				err = errLoose // another object took its place
			}
			if err != nil {
				return nil, err
			}
			return r, nil
		}}, nil
	}
	content := make([]byte, 0, min(r.left, 1<<20))
	b := bytes.NewBuffer(content)
	if _, err := io.Copy(b, r); err != nil {
		return nil, errLoose
	}
	return &version{content: b.Bytes()}, nil
}

// A looseBlob is a blob in a file of its own.
type looseBlob struct {
	streamed
	f      *os.File
	packed int64 // bytes of the file
}

// openLoose opens a loose object behind its head; nil is for what is no blob.
func openLoose(path string) (r *looseBlob, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, withoutPath(err)
	}
	defer func() {
		if r == nil {
			_ = f.Close() // read only
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, withoutPath(err)
	}
	z, err := zlib.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, errLoose
	}
	b := bufio.NewReader(z)
	head, err := b.ReadSlice(0)
	if err != nil {
		return nil, errLoose
	}
	kind, length, _ := bytes.Cut(head[:len(head)-1], []byte(" "))
	if string(kind) != "blob" {
		return nil, nil
	}
	size, err := strconv.ParseInt(string(length), 10, 64)
	if err != nil || size < 0 {
		return nil, errLoose
	}
	return &looseBlob{streamed{io.NopCloser(b), size}, f, info.Size()}, nil
}

func (l *looseBlob) Close() error { return l.f.Close() }
