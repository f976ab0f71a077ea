package document

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
)

// cuttable returns a file that can be read at any offset.
func cuttable(path string, content []byte) *File {
	f := opened(path, content)
	f.Open = func() (io.ReadCloser, error) { return closing{bytes.NewReader(content)}, nil }
	return f
}

type closing struct{ *bytes.Reader }

func (closing) Close() error { return nil }

// stretched reads a file stretch by stretch.
func inStretches(t testing.TB, f *File, size int64) (o *taken, n int) {
	t.Helper()
	cuts, _ := Cuts(Formats(), f, size)
	o = &taken{formats: Formats()}
	for i := 1; i < len(cuts); i++ {
		if cuts[i] < cuts[i-1] {
			t.Fatalf("cuts go back: %d", cuts)
		}
		if err := ReadStretch(context.Background(), o.formats, f, &Stretch{From: cuts[i-1], To: cuts[i]}, o); err != nil {
			t.Fatal(err)
		}
	}
	return o, max(len(cuts)-1, 0)
}

// boxOf and packOf are containers of some parts that are texts.
func boxOf(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, "From a Thu May  4\nFrom: z%d@courrier.example\nSubject: s\nDate: Thu, 04 May 2023 10:11:12 +0200\n\n%s\n", i, strings.Repeat("ligne de texte\n", 40))
	}
	return b.Bytes()
}

func packOf(t testing.TB, names ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = fmt.Fprintf(w, "%d %s", i, strings.Repeat("ligne de texte\n", 60))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func some(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprintf("d/f%d.txt", i))
	}
	return names
}

// What holds files is cut between them, and every one is read once, in order.
func TestCutsOfContainers(t *testing.T) {
	long := append(boxOf(5), bytes.Repeat([]byte("une très longue lettre\n"), 2000)...)
	for name, c := range map[string]struct {
		content []byte
		least   int
	}{
		"a.mbox": {boxOf(60), 10}, "long.mbox": {append(long, boxOf(30)...), 5}, "one.mbox": {append(boxOf(1), bytes.Repeat([]byte("x\n"), 20_000)...), 0},
		"a.zip": {packOf(t, some(60)...), 10}, "a.docx": {packOf(t, append(some(60), "[Content_Types].xml", "word/document.xml")...), 0},
		"one.zip": {packOf(t, "d/f.txt"), 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, n := inStretches(t, cuttable(name, c.content), 2<<10)
			if n < c.least || c.least == 0 && n > 0 {
				t.Fatalf("%d stretches", n)
			}
			if want := read(t, name, c.content); n > 0 && (got.text.String() != want.text.String() || len(got.unread) != len(want.unread)) {
				t.Errorf("%d bytes, unread %v; whole %d, %v", got.text.Len(), got.unread, want.text.Len(), want.unread)
			}
		})
	}
}

// Entries that share their bytes, as those of bombs do, are not read in stretches:
// each would have an allowance of its own.
func TestCutsOfBomb(t *testing.T) {
	content := packOf(t, some(40)...)
	first := bytes.Index(content, []byte("PK\x01\x02"))
	for i := first; i >= 0 && i < len(content); {
		copy(content[i+20:], []byte{0, 0, 1, 0}) // each says that 64 KiB are its own
		next := bytes.Index(content[i+4:], []byte("PK\x01\x02"))
		if next < 0 {
			break
		}
		i += 4 + next
	}
	if cuts, _ := Cuts(Formats(), cuttable("a.zip", content), 2<<10); cuts != nil {
		t.Errorf("%d cuts", len(cuts))
	}
}

// claiming returns an archive whose entries say, by the field of ZIP64, that their
// packed bytes are so many.
func claiming(t *testing.T, packed ...int64) []byte {
	le := binary.LittleEndian
	content, dir := packOf(t, some(len(packed))...), []byte(nil)
	at := bytes.Index(content, []byte("PK\x01\x02"))
	end := bytes.LastIndex(content, []byte("PK\x05\x06"))
	for from, i := at, 0; from < end; i++ {
		head := bytes.Clone(content[from : from+46])
		names, extra := int(le.Uint16(head[28:])), int(le.Uint16(head[30:]))
		le.PutUint32(head[20:], 0xFFFFFFFF)
		le.PutUint16(head[30:], 12)
		dir = append(append(dir, head...), content[from+46:from+46+names]...)
		dir = le.AppendUint64(append(dir, 1, 0, 8, 0), uint64(packed[i]))
		from += 46 + names + extra
	}
	tail := bytes.Clone(content[end:])
	le.PutUint32(tail[12:], uint32(len(dir)))
	return append(append(content[:at:at], dir...), tail...)
}

// Sizes that overflow when they are added hide no bomb.
func TestCutsOfWideBomb(t *testing.T) {
	sizes := make([]int64, 40)
	for i := range sizes {
		sizes[i] = 900
	}
	if cuts, _ := Cuts(Formats(), cuttable("a.zip", claiming(t, sizes...)), 2<<10); cuts == nil {
		t.Fatal("an honest archive has no cuts")
	}
	sizes[3], sizes[20] = math.MaxInt64, 1<<54 // behind those of one stretch, so that the sum of all is negative
	f := cuttable("a.zip", claiming(t, sizes...))
	if cuts, _ := Cuts(Formats(), f, 2<<10); cuts != nil {
		t.Errorf("%d cuts", len(cuts))
	}
	dir, err := openZip(bytes.NewReader(claiming(t, sizes...)), f.Size, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, o := &Stretch{From: dir.at, To: dir.at + 200}, &taken{formats: Formats()} // four entries
	if err := ReadStretch(context.Background(), o.formats, f, s, o); err != nil || !strings.Contains(fmt.Sprint(o.unread), string(Changed)) || o.text.Len() > 0 {
		t.Errorf("a stretch of it: %d bytes, unread %v, %v", o.text.Len(), o.unread, err)
	}
	if b := newBudget(math.MaxInt64); b.bytes < newBudget(1<<54).bytes {
		t.Errorf("a budget of %d bytes", b.bytes)
	}
}

func FuzzStretches(f *testing.F) {
	f.Add(boxOf(10), true)
	f.Add(packOf(f, some(10)...), false)
	f.Fuzz(func(t *testing.T, b []byte, box bool) {
		name := "a.zip"
		if box {
			name = "a.mbox"
		}
		got, n := inStretches(t, cuttable(name, b), 2<<10)
		if n > 0 && box {
			if want := read(t, name, b); got.text.String() != want.text.String() {
				t.Errorf("%d bytes in %d stretches, %d whole", got.text.Len(), n, want.text.Len())
			}
		}
	})
}
