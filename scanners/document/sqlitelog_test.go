package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
)

// beside is an open file with another one beside it.
type beside struct {
	*bytes.Reader
	log io.ReadCloser
	err error
}

func (beside) Close() error { return nil }
func (b beside) Beside(func(string) string) (io.ReadCloser, error) {
	return b.log, b.err
}

// database is the first page of an empty database that keeps a log.
func database() []byte {
	b := make([]byte, 512)
	copy(b, "SQLite format 3\x00\x02\x00\x02\x02")
	b[100] = 13
	return b
}

// A log that cannot be opened is told: the file without it may lack rows.
func TestSQLiteLogUnread(t *testing.T) {
	o := &taken{}
	f := opened("w.db", database())
	f.Open = func() (io.ReadCloser, error) {
		return beside{bytes.NewReader(database()), nil, errors.New("refused")}, nil
	}
	if err := Read(context.Background(), Formats(), f, o); err != nil || strings.Join(o.unread, "") != "w.db: "+string(logUnread) {
		t.Errorf("%v, unread %q", err, o.unread)
	}
}

// The two files beside a database are known by their content.
func TestSQLiteLogFiles(t *testing.T) {
	log := string(binary.BigEndian.AppendUint32(nil, 0x377f0682)) + strings.Repeat("\x00", 100)
	for name, of := range map[string]struct{ content, unread, skipped string }{
		"w.db-wal": {log, "w.db-wal: " + string(logApart), ""},
		"other":    {log, "other: " + string(logAlone), ""},
		"w.db-shm": {"\x18\xe2\x2d\x00" + strings.Repeat("\x00", 100), "", index},
	} {
		o := read(t, name, []byte(of.content))
		if strings.Join(o.unread, ",") != of.unread || strings.Join(o.skipped, ",") != of.skipped {
			t.Errorf("%s: unread %q, skipped %q", name, o.unread, o.skipped)
		}
	}
}

func FuzzSQLiteLog(f *testing.F) {
	head := binary.BigEndian.AppendUint32(nil, 0x377f0683)
	head = binary.BigEndian.AppendUint32(head, 3007000)
	head = append(binary.BigEndian.AppendUint32(head, 512), make([]byte, 12)...)
	sum := logSum{order: binary.BigEndian}
	sum.add(head)
	head = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(head, sum.a), sum.b)
	f.Add(database(), append(head, make([]byte, logFrameHead+512)...))
	f.Fuzz(func(t *testing.T, file, log []byte) {
		of := opened("w.db", file)
		of.Open = func() (io.ReadCloser, error) {
			return beside{bytes.NewReader(file), beside{Reader: bytes.NewReader(log)}, nil}, nil
		}
		if err := Read(context.Background(), []Format{SQLite, SQLiteLog, Unknown}, of, &taken{}); err != nil {
			t.Fatal(err)
		}
	})
}
