package main

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"github.com/ecart-rgpd/ecart/scanners/document"
)

// This file tells the state of an earlier run from other bolt databases by the
// names of its buckets. It reads two pages by itself: the library opens nothing
// but files by their path, and a state may lie in an archive.

// stateBuckets are what every state has at its root, in order.
var stateBuckets = []string{"about", "items", "versions"}

// Of the format of bolt: a page begins with id (8 bytes), flags (2), count (2)
// and overflow (4); a meta page goes on with magic, version, page size and flags
// (4 each), the page of the root (8), its sequence, the free list, the number of
// pages and that of the transaction (8 each).
const (
	boltHeader   = 16
	boltMeta     = boltHeader + 56 // bytes of a meta page that are looked at
	boltElement  = 16              // flags, position, size of key, size of value
	boltLeaf     = 0x02            // a page of keys
	boltBucket   = 0x01            // a key that names a bucket
	mostBoltPage = 64 << 10
)

var littleEndian = binary.LittleEndian

// isState tells whether a bolt database has the buckets of a state.
func isState(f *document.File) (bool, error) {
	r, err := f.Open()
	if err != nil {
		return false, err
	}
	defer func() { _ = r.Close() }() // only read
	first := make([]byte, boltMeta)
	if _, err := io.ReadFull(r, first); err != nil {
		return false, short(err)
	}
	size := int64(littleEndian.Uint32(first[boltHeader+8:]))
	if size < 1<<10 || size > mostBoltPage || size&(size-1) != 0 {
		return false, nil
	}
	second := make([]byte, boltMeta) // the other of the two, which are written in turn
	if _, err := io.CopyN(io.Discard, r, size-boltMeta); err != nil {
		return false, short(err)
	}
	if _, err := io.ReadFull(r, second); err != nil {
		return false, short(err)
	}
	page := make([]byte, size)
	root := rootOf(first, second)
	if root < 2 || f.Size > 0 && root >= f.Size/size {
		return false, nil
	}
	if err := forward(r, root*size-size-boltMeta); err != nil {
		return false, short(err)
	}
	if _, err := io.ReadFull(r, page); err != nil {
		return false, short(err)
	}
	return slices.Equal(bucketsOf(page), stateBuckets), nil
}

// short forgives a file that ends too early: it is another program's.
func short(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// forward skips n bytes, without reading them where that can be.
func forward(r io.Reader, n int64) error {
	if s, ok := r.(io.Seeker); ok {
		_, err := s.Seek(n, io.SeekCurrent)
		return err
	}
	_, err := io.CopyN(io.Discard, r, n)
	return err
}

// rootOf is the page of the root by the newer of both meta pages.
func rootOf(first, second []byte) int64 {
	meta := first
	if string(second[boltHeader:boltHeader+4]) == string(boltMagic) && littleEndian.Uint64(second[boltMeta-8:]) > littleEndian.Uint64(first[boltMeta-8:]) {
		meta = second
	}
	return int64(littleEndian.Uint64(meta[boltHeader+16:]) & (1<<40 - 1))
}

// bucketsOf names the buckets of a page of keys; a broken page has none.
func bucketsOf(page []byte) (names []string) {
	if littleEndian.Uint16(page[8:])&boltLeaf == 0 {
		return nil
	}
	for i := range int(littleEndian.Uint16(page[10:])) {
		at := boltHeader + i*boltElement
		if at+boltElement > len(page) {
			return nil
		}
		from := at + int(littleEndian.Uint32(page[at+4:]))
		to := from + int(littleEndian.Uint32(page[at+8:]))
		if from < 0 || to < from || to > len(page) {
			return nil
		}
		if littleEndian.Uint32(page[at:])&boltBucket != 0 {
			names = append(names, string(page[from:to]))
		}
	}
	return names
}
