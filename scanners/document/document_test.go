package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
)

// opened returns a file whose Open gives content, a little at a time so that
// nothing counts on full reads.
func opened(path string, content []byte) *File {
	return &File{
		At: item.Location{Target: "t", Path: path}, Size: int64(len(content)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(&slow{bytes.NewReader(content)}), nil },
	}
}

type slow struct{ r io.Reader }

func (s *slow) Read(p []byte) (int, error) { return s.r.Read(p[:min(len(p), 60_000)]) }

// taken collects what a format hands over: the owned part of every segment, one
// line each, with its place.
type taken struct {
	text    bytes.Buffer // owned text, glued
	lines   []string     // what was seen, described
	columns []string
	unread  []string
	skipped []string
	dates   []string
	cards   []string // what each is called, and where it begins and ends
	formats []Format
	bytes   int
	fail    error
}

func (o *taken) Segment(s *item.Segment) error {
	to := s.To
	if to == 0 {
		to = len(s.Text)
	}
	o.text.Write(s.Text[s.From:to])
	o.bytes += to - s.From
	for _, c := range s.Cards {
		o.cards = append(o.cards, fmt.Sprintf("%s %v %.11s %q", c.Name, c.Firm, s.Text[c.Start:c.End], s.Text[c.End-9:c.End]))
	}
	o.describe(s, to)
	return o.fail
}

func (o *taken) describe(s *item.Segment, to int) {
	for _, c := range s.Columns {
		name := strings.TrimPrefix(c.Container+"."+c.Name, ".")
		if !contains(o.columns, name) {
			o.columns = append(o.columns, name)
		}
	}
	if s.Grid == nil {
		return
	}
	for at := s.From; at < to; {
		c, ok := s.Grid.Cell(at)
		if !ok || c.End <= at {
			at++
			continue
		}
		o.lines = append(o.lines, fmt.Sprintf("%d %s=%s", c.Line, s.Columns[c.Column].Name, s.Text[c.Start:c.End]))
		at = c.End
	}
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

func (o *taken) Part(f *File) error { return Read(context.Background(), o.formats, f, o) }

func (o *taken) Unread(at item.Location, reason string) {
	o.unread = append(o.unread, at.Path+": "+reason)
}
func (o *taken) Skipped(reason string) { o.skipped = append(o.skipped, reason) }
func (o *taken) Dated(d string)        { o.dates = append(o.dates, d); sort.Strings(o.dates) }

// read runs all formats over content.
func read(t testing.TB, path string, content []byte) *taken {
	t.Helper()
	o := &taken{formats: Formats()}
	if err := Read(context.Background(), o.formats, opened(path, content), o); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestReadSaysWhatItCannotRead(t *testing.T) {
	for _, c := range []struct{ why, path, content, unread, skipped string }{
		{"nothing in it", "a.txt", "", "", "empty file"},
		{"binary", "a.bin", strings.Repeat("\x00\x01\x02zz", 900), "a.bin: unknown format", ""},
		{"program", "a.exe", "MZ\x90\x00\x03\x00\x00\x00", "", program},
		{"text that starts like one", "a.txt", "MZ est une région", "", ""},
	} {
		o := read(t, c.path, []byte(c.content))
		if strings.Join(o.unread, ",") != c.unread || strings.Join(o.skipped, ",") != c.skipped {
			t.Errorf("%s: unread %q, skipped %q", c.why, o.unread, o.skipped)
		}
	}
}

func TestAPanicIsOneFileNotRead(t *testing.T) {
	bad := Format{Name: "bad", Match: func(string, []byte) bool { return true }, Read: func(context.Context, *File, Out) error {
		panic("a value")
	}}
	o := &taken{}
	if err := Read(context.Background(), []Format{bad}, opened("f", []byte("x")), o); err != nil {
		t.Fatal(err)
	}
	if len(o.unread) != 1 || strings.Contains(o.unread[0], "value") {
		t.Errorf("unread %q", o.unread)
	}
}

func TestErrorsOfOutAreReturnedAsTheyAre(t *testing.T) {
	stop := errors.New("stop")
	o := &taken{fail: stop}
	if err := Read(context.Background(), Formats(), opened("f", []byte("x")), o); !errors.Is(err, stop) || len(o.unread) > 0 {
		t.Errorf("got %v, unread %v", err, o.unread)
	}
}

func TestASecondFormatGetsAllBytes(t *testing.T) {
	notMine := Format{Name: "first", Match: func(string, []byte) bool { return true }, Read: func(_ context.Context, f *File, _ Out) error {
		r, err := f.Open()
		if err != nil {
			return err
		}
		if _, err := io.ReadAll(r); err != nil {
			return err
		}
		return ErrNotMine
	}}
	o, content := &taken{}, strings.Repeat("ligne\n", 200_000)
	if err := Read(context.Background(), []Format{notMine, Text}, opened("f.txt", []byte(content)), o); err != nil {
		t.Fatal(err)
	}
	if o.text.String() != content {
		t.Errorf("%d bytes of %d, unread %v", o.text.Len(), len(content), o.unread)
	}
}

// Compiled things that real histories are full of hold no text by nature.
func TestNatureOfCompiled(t *testing.T) {
	rest := strings.Repeat("\x00\x9c\x01\x02", 40)
	for name, test := range map[string]struct{ head, want string }{
		"flash, packed":       {"CWS\x0b\xd5\x90\x00\x00\x78\xda" + rest, program},
		"flash, plain":        {"FWS\x08\xf0\xc2\x01\x00" + rest, program},
		"text that says CWS":  {"CWS est une société de travaux et de services.\n", ""},
		"ICU resource bundle": {"\x20\x00\xda\x27\x14\x00\x00\x00\x00\x00\x02\x00ResB" + rest, index},
		"gettext":             {"\xde\x12\x04\x95\x00\x00\x00\x00\x02\x00\x00\x00" + rest, index},
		"AppleDouble":         {"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + rest, index},
		".DS_Store":           {"\x00\x00\x00\x01Bud1\x00\x00" + rest, index},
		"ICC":                 {"\x00\x00\x0b\xe8\x00\x00\x00\x00\x02\x00\x00\x00mntrRGB XYZ \x07\xd0\x00\x02\x00\x16\x00\x0e\x00\x00\x00\x00acsp" + rest, picture},
		"EOT":                 {"\x10\x30\x00\x00\x5a\x2f\x00\x00\x02\x00\x02\x00\x00\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x01\x00\x90\x01\x00\x00\x04\x00\x00\x00LP\x00\x00\x00\x00\x00\x00\x00\x00" + rest, font},
		"anything":            {"\x01\x02\x03\x04" + rest, ""},
	} {
		if got := nature("(history)", []byte(test.head)); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
