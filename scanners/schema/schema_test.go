package schema

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite what the tests expect")

// A listing writes down what a format hands over, one line a column or cell.
type listing struct{ b bytes.Buffer }

func (l *listing) Segment(s *item.Segment) error {
	if s.Oldest != "" {
		fmt.Fprintf(&l.b, "dates %s %s\n", s.Oldest, s.Newest)
	}
	switch s.Kind {
	case item.Declare:
		for _, c := range s.Columns {
			fmt.Fprintf(&l.b, "%d: %s\n", c.Line, columnText(c))
		}
	case item.Table:
		l.cells(s)
	case item.Code, item.Data, item.Comment:
		if len(s.Text) > 0 && bytes.Contains(s.Text, []byte("SHOW")) {
			fmt.Fprintf(&l.b, "%d: text %q\n", s.At.Line, s.Text)
		}
	}
	return nil
}

func columnText(c item.Column) string {
	t := c.Container + "." + c.Name
	if c.Type != "" {
		t += " " + c.Type
	}
	if c.Length > 0 {
		t += fmt.Sprintf("(%d)", c.Length)
	}
	if c.Key {
		t += " key"
	}
	if c.Comment != "" {
		t += fmt.Sprintf(" %q", c.Comment)
	}
	return t
}

// cells asks for every offset, as a detector might, in the order of the text.
func (l *listing) cells(s *item.Segment) {
	for at := 0; at < len(s.Text); at++ {
		if c, ok := s.Grid.Cell(at); ok {
			fmt.Fprintf(&l.b, "%d: %s.%s = %q\n", c.Line, s.Columns[c.Column].Container, s.Columns[c.Column].Name, s.Text[c.Start:c.End])
			at = c.End
		}
	}
}

func (l *listing) Part(f *document.File) error {
	fmt.Fprintf(&l.b, "part %s\n", f.At.Path)
	return nil
}

func (l *listing) Unread(at item.Location, reason string) {
	fmt.Fprintf(&l.b, "%d: unread: %s\n", at.Line, reason)
}
func (l *listing) Skipped(reason string) { fmt.Fprintf(&l.b, "skipped: %s\n", reason) }
func (l *listing) Dated(string)          {}

func fileOf(path string, data []byte) *document.File {
	return &document.File{
		At: item.Location{Target: "repo", Path: path}, Size: int64(len(data)), Head: data[:min(len(data), 4096)],
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
	}
}

// list reads one file with the first format that says it is its own.
func list(t *testing.T, path string, data []byte) string {
	t.Helper()
	var l listing
	f := fileOf(path, data)
	for _, format := range Formats {
		if !format.Match(strings.ToLower(path), f.Head) {
			continue
		}
		err := format.Read(context.Background(), f, &l)
		if errors.Is(err, document.ErrNotMine) {
			if l.b.Len() > 0 { // the text of a program goes on to other formats
				return l.b.String()
			}
			continue
		}
		if err != nil {
			fmt.Fprintf(&l.b, "error: %v\n", err)
		}
		return l.b.String()
	}
	return "no format\n"
}

// TestListings reads the files of each archive in testdata; the file `want`
// holds what is handed over.
func TestListings(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives in testdata", err)
	}
	for _, path := range archives {
		t.Run(filepath.Base(path), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			want := -1
			for i, f := range a.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				fmt.Fprintf(&got, "# %s\n%s", f.Name, list(t, f.Name, f.Data))
			}
			if want < 0 {
				a.Files, want = append(a.Files, txtar.File{Name: "want"}), len(a.Files)
			}
			if *update {
				a.Files[want].Data = []byte(got.String())
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if w := string(a.Files[want].Data); w != got.String() {
				t.Errorf("got\n%s\nwant\n%s", got.String(), w)
			}
		})
	}
}
