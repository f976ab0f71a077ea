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

// readLoose inflates a loose object. The content is nil for what is no blob.
func readLoose(path string) (content []byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, withoutPath(err)
	}
	defer func() { _ = f.Close() }() // read only
	z, err := zlib.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, errLoose
	}
	r := bufio.NewReader(z)
	head, err := r.ReadBytes(0)
	if err != nil {
		return nil, errLoose
	}
	kind, length, _ := bytes.Cut(head[:len(head)-1], []byte(" "))
	if string(kind) != "blob" {
		return nil, nil
	}
	size, err := strconv.ParseInt(string(length), 10, 64)
	if err != nil || size < 0 || size > maxObject {
		return nil, errLoose
	}
	content = make([]byte, 0, min(size, 1<<20))
	b := bytes.NewBuffer(content)
	if n, err := io.Copy(b, io.LimitReader(r, size+1)); err != nil || n != size {
		return nil, errLoose
	}
	return b.Bytes(), nil
}
