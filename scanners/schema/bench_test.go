package schema

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// silence takes everything and keeps nothing.
type silence struct{ segments, bytes int }

func (s *silence) Segment(seg *item.Segment) error {
	s.segments++
	s.bytes += len(seg.Text)
	return nil
}
func (s *silence) Part(*document.File) error    { return nil }
func (s *silence) Unread(item.Location, string) {}
func (s *silence) Skipped(string)               {}
func (s *silence) Dated(string)                 {}

// dump returns about n bytes of a mysqldump: lines of 1 MB.
func dump(n int) []byte {
	var b bytes.Buffer
	b.WriteString("-- MySQL dump 10.13\nCREATE TABLE `client` (`id` int, `nom` varchar(40), `courriel` varchar(80), `note` text);\n")
	for i := 0; b.Len() < n; i++ {
		if i%10000 == 0 {
			if i > 0 {
				b.WriteString(";\n")
			}
			b.WriteString("INSERT INTO `client` VALUES ")
		} else {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "(%d,'Nom %d','n%d@exemple.example','ligne une\\nligne d\\'apr\\xe8s, et (encore) du texte')", i, i, i)
	}
	b.WriteString(";\n")
	return b.Bytes()
}

func BenchmarkDump(b *testing.B) {
	data := dump(64 << 20)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if err := Format.Read(context.Background(), fileOf("d.sql", data), &silence{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCopy(b *testing.B) {
	data := []byte("--\n-- PostgreSQL database dump\n--\nCOPY public.t (a, b, c) FROM stdin;\n" + strings.Repeat("12\tun texte assez court\tcourriel@exemple.example\n", 1<<20) + "\\.\n")
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if err := Format.Read(context.Background(), fileOf("d.sql", data), &silence{}); err != nil {
			b.Fatal(err)
		}
	}
}

// endless repeats a row without end, up to left bytes.
type endless struct {
	head, row []byte
	left      int
	rest      []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if e.head != nil {
		e.rest, e.head = e.head, nil
	}
	if len(e.rest) == 0 {
		if e.left <= 0 {
			return 0, io.EOF
		}
		e.rest = e.row
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	e.left -= n
	return n, nil
}

// TestLongLines reads a line of 300 MB and a value of 40 MB: memory must not
// follow.
func TestLongLines(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	value := bytes.Repeat([]byte("texte "), 7<<20)
	for name, e := range map[string]*endless{
		"many rows": {head: []byte("INSERT INTO t (a, b) VALUES (0,'')"), row: []byte(",(1,'une valeur, (et) l\\'autre')"), left: 300 << 20},
		"one value": {head: append([]byte("INSERT INTO t (a) VALUES ('"), value...), row: []byte("'),('fin');"), left: 1},
		"no row":    {head: []byte("SELECT "), row: []byte("1 + 2 + "), left: 100 << 20},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			f := fileOf("t.sql", nil)
			f.Open = func() (io.ReadCloser, error) { return io.NopCloser(e), nil }
			var s silence
			if err := Format.Read(context.Background(), f, &s); err != nil {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 128<<20 {
				t.Errorf("heap grew by %d MiB", grown>>20)
			}
			if s.segments == 0 || s.bytes < 30<<20 {
				t.Errorf("%d segments, %d bytes", s.segments, s.bytes)
			}
		})
	}
}
