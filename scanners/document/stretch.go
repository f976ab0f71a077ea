package document

import (
	"bytes"
	"context"
	"io"

	"github.com/ecart-rgpd/ecart/item"
)

// A Stretch is a piece of a large file, read as a document of its own by whoever
// has the time: a CSV file by rows, with its header known, JSON by its lines, a log
// or text by lines; a box by messages, an archive by members.
type Stretch struct {
	From, To int64 // bytes of the file; of an archive, of its directory
	Lines    int   // line ends in it, or one more than its messages, once it was read
	dialect  *dialect
}

// wayToCut is how far behind the wished place a cut is looked for, in bytes.
const wayToCut = 1 << 20

// Cuts returns where f may be cut in stretches of about size bytes: 0 first, the
// size of the file last; of an archive, the places in its directory. nil says that
// it is read whole: it is small, its format cannot be cut, or no record begins near
// a place to cut. The answer depends on the bytes of the file alone, so that
// everybody cuts at the same places.
func Cuts(formats []Format, f *File, size int64) (cuts []int64, kind item.StretchKind) {
	if size <= 0 || f.Size < 2*size || f.Open == nil {
		return nil, kind
	}
	rc, err := f.Open()
	if err != nil {
		return nil, kind
	}
	defer func() { _ = rc.Close() }() // who reads it hears of a change
	at, ok := rc.(io.ReaderAt)
	if !ok {
		return nil, kind
	}
	c := &stretchCutter{file: at, size: f.Size}
	head := c.read(0, sniffed)
	format := formatOf(formats, fileName(f.At.Path), head)
	switch {
	case len(head) < sniffed:
		return nil, kind
	case format.Name == Zip.Name:
		return c.members(f, size), item.OfMembers
	case format.Name == Mbox.Name:
		return c.messages(size), item.OfMessages
	case unicodeCharset(head) != nil || !c.open(format, f, head):
		return nil, kind
	}
	return c.all(size), item.OfLines
}

// formatOf is the format that is asked first.
func formatOf(formats []Format, name string, head []byte) *Format {
	for i := range formats {
		if formats[i].Match(name, head) {
			return &formats[i]
		}
	}
	return &Format{}
}

// A stretchCutter looks for places where a record begins.
type stretchCutter struct {
	file  io.ReaderAt
	size  int64
	start func(text []byte, i int) bool // a record begins at text[i], behind a line end
}

// read returns up to n bytes at an offset; fewer at the end or behind an error.
func (c *stretchCutter) read(from int64, n int) []byte {
	b := make([]byte, min(int64(n), c.size-from))
	k, _ := c.file.ReadAt(b, from)
	return b[:k]
}

// open finds out what a record of the file is; false when it is no matter of
// lines.
func (c *stretchCutter) open(format *Format, f *File, head []byte) bool {
	switch format.Name {
	case CSV.Name:
		d := headDialect(f)
		if d == nil || d.lines == 0 || d.regular*2 < d.lines {
			return false
		}
		c.start = func(text []byte, i int) bool { return d.rowAt(text, i, 2) }
	case JSON.Name:
		first := c.read(0, room)
		if !isJSONLines(first) {
			return false
		}
		sign := bytes.TrimLeft(bytes.TrimPrefix(first, utf8Mark), "\r\n\t ")[0]
		c.start = func(text []byte, i int) bool {
			before := bytes.TrimRight(text[:i], "\r\n\t ")
			return i < len(text) && text[i] == sign && len(before) > 0 && before[len(before)-1] == sign+2 // } and ] stand two behind { and [
		}
	case Text.Name:
		prose := kindOf(&File{At: f.At, Head: head}) == item.Prose
		c.start = func(text []byte, i int) bool {
			return !prose || i < 2 || i > chunk/8 || text[i-2] == '\n' || text[i-2] == '\r' // between paragraphs, where there are any
		}
	default:
		return false
	}
	return true
}

// all returns every cut, nil when one cannot be made.
func (c *stretchCutter) all(size int64) []int64 {
	cuts := []int64{0}
	for want := size; want < c.size-size/2; want += size {
		cut := c.near(want)
		if cut <= cuts[len(cuts)-1] {
			return nil
		}
		cuts = append(cuts, cut)
	}
	return append(cuts, c.size)
}

// near returns the first start of a record behind a place, 0 when there is none.
func (c *stretchCutter) near(want int64) int64 {
	for n := 64 << 10; ; n = wayToCut {
		text := c.read(want, n)
		for i := bytes.IndexByte(text, '\n') + 1; i > 0 && i < len(text); {
			if c.start(text, i) {
				return want + int64(i)
			}
			next := bytes.IndexByte(text[i:], '\n') + 1
			if next == 0 {
				break
			}
			i += next
		}
		if n == wayToCut {
			return 0
		}
	}
}

// rowAt tells whether n whole rows of the usual number of cells begin at text[i].
func (d *dialect) rowAt(text []byte, i, n int) bool {
	for range n {
		cells := 0
		for {
			_, _, i = cell(text, i, d.delimiter, false)
			cells++
			if i >= len(text) {
				return false
			}
			if text[i] == '\n' {
				break
			}
			i++
		}
		i++
		if cells != d.fields {
			return false
		}
	}
	return true
}

// headDialect tells how a table is written by its start, as its first stretch
// does; nil when it cannot be read.
func headDialect(f *File) *dialect {
	in := inputs.Get().(*input)
	defer in.release()
	if err := in.start(&File{At: f.At, Size: f.Size, Open: f.Open}); err != nil || in.err != nil {
		return nil
	}
	w := windowOver(&File{At: f.At, in: in})
	if !w.next(rowCutter{}.cut) {
		return nil
	}
	d := sniff(w.text[:min(len(w.text), 64<<10)], w.last)
	return &d
}

// ReadStretch reads a stretch of f, between two of its Cuts, as Read reads a
// file. Lines behind the first stretch count from item.FarLine on: how many stand
// before them is known to who has read those.
func ReadStretch(ctx context.Context, formats []Format, f *File, s *Stretch, out Out) error {
	rc, err := f.Open()
	if err != nil {
		out.Unread(f.At, reason(err))
		return nil
	}
	at, ok := rc.(io.ReaderAt)
	if !ok {
		_ = rc.Close()
		out.Unread(f.At, string(Changed))
		return nil
	}
	head := make([]byte, sniffed)
	n, _ := at.ReadAt(head, 0) // what is wrong with the file shows in the stretch
	format := formatOf(formats, fileName(f.At.Path), head[:n])
	alone := []Format{{Name: format.Name, Match: func(string, []byte) bool { return true }, Read: format.Read}}
	part := &File{At: f.At, Size: -1, Head: head[:n], stretch: s, budget: newBudget(s.To - s.From)}
	piece := &section{ReadCloser: rc, at: at, offset: s.From, end: s.To}
	part.Open = func() (io.ReadCloser, error) { return piece, nil }
	switch format.Name {
	case Zip.Name:
		part.Size, part.budget = f.Size, nil
		part.Open = func() (io.ReadCloser, error) { return rc, nil }
		return Read(ctx, alone, part, out)
	case Mbox.Name:
		return Read(ctx, alone, part, out)
	case CSV.Name:
		if s.From > 0 {
			s.dialect = headDialect(f)
		}
	}
	err = Read(ctx, alone, part, out)
	s.Lines = piece.lines
	return err
}

// A section is a part of an open file, read once from its start to its end.
type section struct {
	io.ReadCloser
	at          io.ReaderAt
	offset, end int64
	lines       int
}

func (s *section) Read(p []byte) (int, error) {
	if s.offset >= s.end {
		return 0, io.EOF
	}
	n, err := s.at.ReadAt(p[:min(int64(len(p)), s.end-s.offset)], s.offset)
	s.offset += int64(n)
	s.lines += bytes.Count(p[:n], newline)
	if err == io.EOF && s.offset < s.end {
		err = io.ErrUnexpectedEOF
	}
	if n > 0 && err == io.EOF {
		err = nil
	}
	return n, err
}

// Changed tells whether the open file is no longer as it was listed.
func (s *section) Changed() bool {
	c, ok := s.ReadCloser.(interface{ Changed() bool })
	return ok && c.Changed()
}

// firstLine is the number of the first line of what is read.
func (f *File) firstLine() int {
	if f.stretch != nil && f.stretch.From > 0 {
		return item.FarLine
	}
	return 1
}
