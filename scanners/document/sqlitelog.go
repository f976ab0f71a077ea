package document

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"strings"
)

// The log that SQLite writes beside a file (file-wal): what was committed since the
// file itself was last brought up to date. Without it, rows are missed in silence.
const (
	logSuffix    = "-wal"
	logHead      = 32 // bytes before the first frame
	logFrameHead = 24 // bytes before the page of a frame
)

// The reasons of a log.
const (
	logUnread = Reason("its write-ahead log (-wal) cannot be read, so rows of it may be missing: scan it as sqlite:FILE")
	logAlone  = Reason("a write-ahead log of SQLite, without its database beside it")
	logApart  = Reason("a write-ahead log of SQLite, which is read only beside its database in a folder")
	logRead   = "log of an SQLite database, read with it"
)

// SQLiteLog knows the two files that SQLite keeps beside a database.
var SQLiteLog = Format{Name: "sqlite-log", Match: isSQLiteLog, Read: readSQLiteLog}

func isSQLiteLog(name string, head []byte) bool {
	if len(head) < logHead {
		return false
	}
	first := binary.BigEndian.Uint32(head)
	if strings.HasSuffix(name, "-shm") {
		const version = 3007000
		return first == version || binary.LittleEndian.Uint32(head) == version
	}
	return isLogMagic(first)
}

func isLogMagic(first uint32) bool { return first&^1 == 0x377f0682 }

// readSQLiteLog leaves the log to its database, and says when there is none.
func readSQLiteLog(_ context.Context, f *File, out Out) error {
	if !isLogMagic(binary.BigEndian.Uint32(f.Head)) {
		out.Skipped(index)
		return nil
	}
	file, ok := strings.CutSuffix(f.At.Path, logSuffix)
	if !ok || file == "" {
		return logAlone
	}
	database, err := f.beside(func(path string) string { return strings.TrimSuffix(path, logSuffix) })
	switch {
	case errors.Is(err, errNoBeside):
		return logApart
	case errors.Is(err, fs.ErrNotExist):
		return logAlone
	case err != nil:
		return err
	}
	out.Skipped(logRead)
	return database.Close()
}

// errNoBeside says that a source cannot open what stands beside a file.
var errNoBeside = errors.New("nothing beside it can be opened")

// beside opens the file whose path name makes of this one's, where the source
// reads a folder.
func (f *File) beside(name func(path string) string) (io.ReadCloser, error) {
	if f.in != nil {
		if b, ok := f.in.rc.(interface {
			Beside(name func(path string) string) (io.ReadCloser, error)
		}); ok {
			return b.Beside(name)
		}
	}
	return nil, errNoBeside
}

// A sqliteLog holds where the newest committed version of each page stands.
type sqliteLog struct {
	r     io.ReaderAt
	head  [logHead]byte
	at    map[uint32]int64
	pages uint32 // of the database after the last commit
}

// withLog lets s read the pages that the log beside the file holds. The function
// it returns ends that, with an error when the log began anew meanwhile.
func (s *sqliteFile) withLog(f *File) (func() error, error) {
	rc, err := f.beside(func(path string) string { return path + logSuffix })
	if errors.Is(err, errNoBeside) || errors.Is(err, fs.ErrNotExist) {
		return func() error { return nil }, nil
	}
	if err != nil {
		return nil, logUnread
	}
	r, ok := rc.(io.ReaderAt)
	if !ok {
		_ = rc.Close() // only read
		return nil, logUnread
	}
	l := &sqliteLog{r: r, at: map[uint32]int64{}}
	if err := l.index(s.page); err != nil {
		_ = rc.Close() // only read
		return nil, logUnread
	}
	if len(l.at) > 0 {
		s.log, s.size = l, int64(l.pages)*int64(s.page)
	}
	return func() error {
		changed := l.changed()
		if err := rc.Close(); err != nil {
			return err
		}
		if changed {
			return Changed
		}
		return nil
	}, nil
}

// index walks the frames up to the last that a commit ends and whose sums are right,
// as SQLite itself does: what comes after is of an earlier log, or of no commit yet.
func (l *sqliteLog) index(page int) error {
	if n, err := l.r.ReadAt(l.head[:], 0); n < logHead {
		if err == nil || errors.Is(err, io.EOF) {
			return nil // an empty log
		}
		return err
	}
	head := l.head[:]
	sum := logSum{order: binary.ByteOrder(binary.LittleEndian)}
	if head[3]&1 == 1 {
		sum.order = binary.BigEndian
	}
	sum.add(head[:24])
	if !isLogMagic(binary.BigEndian.Uint32(head)) || int(binary.BigEndian.Uint32(head[8:])) != page || !sum.is(head[24:]) {
		return nil // no log that SQLite would take
	}
	frame, open := make([]byte, logFrameHead+page), map[uint32]int64{}
	for at := int64(logHead); ; at += int64(len(frame)) {
		if n, err := l.r.ReadAt(frame, at); n < len(frame) {
			if err == nil || errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		sum.add(frame[:8])
		sum.add(frame[logFrameHead:])
		if string(frame[8:16]) != string(head[16:24]) || !sum.is(frame[16:]) {
			return nil
		}
		open[binary.BigEndian.Uint32(frame)] = at + logFrameHead
		if pages := binary.BigEndian.Uint32(frame[4:]); pages > 0 {
			l.pages = pages
			for n, at := range open {
				l.at[n] = at
			}
			clear(open)
		}
	}
}

// changed tells whether the log was begun anew since it was indexed.
func (l *sqliteLog) changed() bool {
	if len(l.at) == 0 {
		return false
	}
	var now [logHead]byte
	_, err := l.r.ReadAt(now[:], 0)
	return err != nil || now != l.head
}

// A logSum is the running sum of a log.
type logSum struct {
	order binary.ByteOrder
	a, b  uint32
}

func (s *logSum) add(p []byte) {
	for ; len(p) >= 8; p = p[8:] {
		s.a += s.order.Uint32(p) + s.b
		s.b += s.order.Uint32(p[4:]) + s.a
	}
}

func (s *logSum) is(p []byte) bool {
	return s.a == binary.BigEndian.Uint32(p) && s.b == binary.BigEndian.Uint32(p[4:])
}
