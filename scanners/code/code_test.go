package code

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/document"
)

// taken keeps what a format hands over.
type taken struct{ segs []*item.Segment }

func (t *taken) Segment(s *item.Segment) error { t.segs = append(t.segs, s); return nil }
func (t *taken) Part(*document.File) error     { return nil }
func (t *taken) Unread(item.Location, string)  {}
func (t *taken) Skipped(string)                {}
func (t *taken) Dated(string)                  {}

// readText runs the formats over one file.
func readText(t testing.TB, name, text string) *item.Segment {
	t.Helper()
	all := &item.Segment{}
	f := &document.File{At: item.Location{Target: "t", Path: name}, Size: int64(len(text)), Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
	if readerOf(strings.ToLower(path.Base(name))) == nil {
		return all
	}
	out := &taken{}
	if err := Formats[0].Read(context.Background(), f, out); !errors.Is(err, document.ErrNotMine) {
		t.Fatal(err)
	}
	for _, s := range out.segs {
		all.Columns = append(all.Columns, s.Columns...)
		all.Flows = append(all.Flows, s.Flows...)
		all.Thirds = append(all.Thirds, s.Thirds...)
	}
	return all
}

func describe(s *item.Segment) string {
	var b bytes.Buffer
	for _, c := range s.Columns {
		fmt.Fprintf(&b, "field %d %s.%s %s %v len=%d key=%v %q\n", c.Line, c.Container, c.Name, c.Type, c.Aliases, c.Length, c.Key, c.Comment)
	}
	for _, f := range s.Flows {
		fmt.Fprintf(&b, "flow %d %s %s.%s third=%s in=%s %v\n", f.Line, f.Sink, f.Source.Container, f.Source.Name, f.Third, f.Inside, f.Path)
	}
	for _, t := range s.Thirds {
		fmt.Fprintf(&b, "third %d %s %s %s host=%v aside=%v\n", t.Line, t.ID, t.Clue, t.Country, t.Host, t.Aside)
	}
	return b.String()
}

// TestDump prints what is read of the files in ECART_DUMP: for working on it.
func TestDump(t *testing.T) {
	if os.Getenv("ECART_DUMP") == "" {
		t.Skip("set ECART_DUMP to files")
	}
	for _, name := range strings.Fields(os.Getenv("ECART_DUMP")) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("=== %s\n%s", name, describe(readText(t, name, string(text))))
	}
}
