package state

import (
	"bytes"
	"sort"

	"go.etcd.io/bbolt"
)

// A Gap is the fingerprint of a gap: eight bytes of a hash of its rule and of
// the name of its object, in which what looks like a value was replaced.
type Gap [8]byte

var gapsKey = []byte("gaps")

// Gaps returns the gaps of the last run that kept them; false when none did.
func (s *Store) Gaps() (gaps map[Gap]bool, known bool, err error) {
	err = s.db.View(func(tx *bbolt.Tx) error {
		b := tx.Bucket(metaBucket).Get(gapsKey)
		known = b != nil
		gaps = make(map[Gap]bool, len(b)/len(Gap{}))
		for ; len(b) >= len(Gap{}); b = b[len(Gap{}):] {
			gaps[Gap(b[:len(Gap{})])] = true
		}
		return nil
	})
	return gaps, known, err
}

// KeepGaps has the next run know the gaps of this one.
func (s *Store) KeepGaps(gaps map[Gap]bool) error {
	list := make([]Gap, 0, len(gaps))
	for g := range gaps {
		list = append(list, g)
	}
	sort.Slice(list, func(i, j int) bool { return bytes.Compare(list[i][:], list[j][:]) < 0 })
	b := make([]byte, 0, len(list)*len(Gap{}))
	for _, g := range list {
		b = append(b, g[:]...)
	}
	return s.db.Update(func(tx *bbolt.Tx) error { return tx.Bucket(metaBucket).Put(gapsKey, b) })
}
