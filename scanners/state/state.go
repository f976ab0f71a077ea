// Package state keeps what a scan found from run to run in one bbolt file, so
// that files that did not change are not read again.
//
// The file holds names of files, with what looks like a value in them replaced,
// their size and times, and findings: categories, places and counts. It holds no
// value and no hash of one. It is encrypted or not as the disk is.
package state

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// format is the version of the file; another one is begun afresh.
const format = "2"

// pending is how many results wait for one write to disk. A run that is killed
// loses no more than these.
const pending = 512

var (
	metaBucket     = []byte("about")
	itemsBucket    = []byte("items")
	versionsBucket = []byte("versions")
	formatKey      = []byte("format")
	lastKey        = []byte("last")
)

// A Store is an open state file. Its methods may be called at the same time.
type Store struct {
	db      *bbolt.DB
	version uint64 // number of the rules and detectors

	mu      sync.Mutex
	waiting map[string][]byte
	last    uint32   // number of the newest record
	met     []uint64 // a bit for each record met in this run
	err     error    // the first that a write met
}

// Open opens or makes the state file at path. version names the rules and
// detectors: what was found by others is read again.
func Open(path, version string) (*Store, error) {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: 3 * time.Second})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("state %s: another scan is using it", path)
	case errors.Is(err, os.ErrPermission), errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("state %s: %w", path, err)
	case err != nil:
		return nil, fmt.Errorf("state %s: not a state file of ecart: %w", path, err)
	}
	s := &Store{db: db, waiting: map[string][]byte{}}
	if err := db.Update(func(tx *bbolt.Tx) error { return s.begin(tx, version) }); err != nil {
		return nil, errors.Join(fmt.Errorf("state %s: %w", path, err), db.Close())
	}
	return s, nil
}

// begin empties a file of another format, and goes on with its numbers.
func (s *Store) begin(tx *bbolt.Tx, version string) error {
	meta, err := tx.CreateBucketIfNotExists(metaBucket)
	if err != nil {
		return err
	}
	if was := meta.Get(formatKey); was != nil && string(was) != format {
		if err := tx.DeleteBucket(itemsBucket); err != nil && !errors.Is(err, bolterrors.ErrBucketNotFound) {
			return err
		}
	}
	if _, err := tx.CreateBucketIfNotExists(itemsBucket); err != nil {
		return err
	}
	if was := meta.Get(lastKey); len(was) == numberBytes {
		s.last = binary.LittleEndian.Uint32(was)
	}
	if err := s.number(tx, version); err != nil {
		return err
	}
	return meta.Put(formatKey, []byte(format))
}

// number gives a version its number, which records hold in its place: it is
// longer than most of them.
func (s *Store) number(tx *bbolt.Tx, version string) error {
	versions, err := tx.CreateBucketIfNotExists(versionsBucket)
	if err != nil {
		return err
	}
	if was := versions.Get([]byte(version)); len(was) == numberBytes {
		s.version = uint64(binary.LittleEndian.Uint32(was))
		return nil
	}
	if s.version, err = versions.NextSequence(); err != nil {
		return err
	}
	return versions.Put([]byte(version), binary.LittleEndian.AppendUint32(nil, uint32(s.version)))
}

// A record is what is kept of one object.
type record struct {
	Coverage item.Coverage       `json:"c"`
	Findings []detectors.Finding `json:"f,omitempty"`
}

// plain tells whether one file was read whole and nothing was found in it, as
// most are: then its size is all there is to keep.
func (r record) plain() bool {
	c := r.Coverage
	return len(r.Findings)+len(c.Skipped)+len(c.Unread)+c.Unchanged == 0 && c.Items == 1 && c.Read == 1 && c.Stopped == ""
}

// encode writes a plain record as its number of bytes, any other as JSON.
func (r record) encode() ([]byte, error) {
	if r.plain() {
		return binary.AppendVarint(nil, r.Coverage.Bytes), nil
	}
	b, err := json.Marshal(r)
	return append([]byte{'='}, b...), err
}

// decode reads what encode wrote.
func (r *record) decode(b []byte) bool {
	if len(b) > 1 && b[0] == '=' && b[1] == '{' {
		return json.Unmarshal(b[1:], r) == nil
	}
	n, used := binary.Varint(b)
	r.Coverage = item.Coverage{Items: 1, Read: 1, Bytes: n}
	return used > 0
}

// A value is: the number of the record, that of the version, and the record. Numbers let a run note in one bit that it met a record,
// where writing to each would cost more than the scan does.
const numberBytes = 4

// Get returns what was found in an object whose identity and rules are the same.
func (s *Store) Get(target, path, identity string) (findings []detectors.Finding, coverage item.Coverage, ok bool) {
	k := key(target, path, identity)
	var kept []byte
	err := s.db.View(func(tx *bbolt.Tx) error {
		kept = append(kept, tx.Bucket(itemsBucket).Get([]byte(k))...)
		return nil
	})
	if err != nil || len(kept) < numberBytes {
		return nil, coverage, false
	}
	version, used := binary.Uvarint(kept[numberBytes:])
	var r record
	if used <= 0 || version != s.version || !r.decode(kept[numberBytes+used:]) {
		return nil, coverage, false
	}
	s.mu.Lock()
	s.meet(binary.LittleEndian.Uint32(kept))
	s.mu.Unlock()
	return r.Findings, r.Coverage, true
}

// Put keeps what was found in an object.
func (s *Store) Put(target, path, identity string, findings []detectors.Finding, coverage item.Coverage) {
	b, err := record{coverage, findings}.encode()
	if err != nil {
		s.fail(err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	s.meet(s.last)
	v := binary.LittleEndian.AppendUint32(make([]byte, 0, len(b)+2*numberBytes), s.last)
	s.waiting[key(target, path, identity)] = append(binary.AppendUvarint(v, s.version), b...)
	if len(s.waiting) >= pending {
		s.write()
	}
}

// meet notes that a record is of this run.
func (s *Store) meet(n uint32) {
	for int(n/64) >= len(s.met) {
		s.met = append(s.met, 0)
	}
	s.met[n/64] |= 1 << (n % 64)
}

// hasMet tells whether a record is of this run.
func (s *Store) hasMet(n uint32) bool {
	return int(n/64) < len(s.met) && s.met[n/64]&(1<<(n%64)) != 0
}

// key names an object. Names that were masked may be the same: the identity
// tells them apart.
func key(target, path, identity string) string {
	return target + "\x00" + path + "\x00" + identity
}

// write stores what waits in one transaction.
func (s *Store) write() {
	err := s.db.Update(func(tx *bbolt.Tx) error {
		items := tx.Bucket(itemsBucket)
		items.FillPercent = 0.9 // a walk goes through names in order
		for _, k := range slices.Sorted(maps.Keys(s.waiting)) {
			if err := items.Put([]byte(k), s.waiting[k]); err != nil {
				return err
			}
		}
		return tx.Bucket(metaBucket).Put(lastKey, binary.LittleEndian.AppendUint32(nil, s.last))
	})
	if err != nil && s.err == nil {
		s.err = err
	}
	clear(s.waiting)
}

func (s *Store) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
}

// Forget drops what this run did not meet in the targets it walked to their end:
// files that are gone.
func (s *Store) Forget(targets ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.write()
	return s.db.Update(func(tx *bbolt.Tx) error {
		for _, t := range targets {
			if err := s.forget(tx.Bucket(itemsBucket), []byte(t+"\x00")); err != nil {
				return err
			}
		}
		return nil
	})
}

// forget deletes the keys under prefix that were not met.
func (s *Store) forget(items *bbolt.Bucket, prefix []byte) error {
	c := items.Cursor()
	for k, v := c.Seek(prefix); k != nil && string(k[:min(len(k), len(prefix))]) == string(prefix); k, v = c.Next() {
		if len(v) < numberBytes || !s.hasMet(binary.LittleEndian.Uint32(v)) {
			if err := c.Delete(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close writes what waits and returns the first error of any write: a state that
// is not complete must be known, though nothing is lost by it.
func (s *Store) Close() error {
	s.mu.Lock()
	s.write()
	err := s.err
	s.mu.Unlock()
	return errors.Join(err, s.db.Close())
}
