package schema

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
	"golang.org/x/tools/txtar"
)

// checking asks every grid for every offset and fails on cells out of place.
type checking struct {
	listing
	t     *testing.T
	bytes int
}

func (c *checking) Segment(s *item.Segment) error {
	c.bytes += len(s.Text)
	if s.Grid == nil {
		return nil
	}
	for at := range s.Text {
		if cell, ok := s.Grid.Cell(at); ok && (at < cell.Start || at >= cell.End || cell.End > len(s.Text) || cell.Column < 0 || cell.Column >= len(s.Columns) || cell.Line < 1) {
			c.t.Fatalf("offset %d: cell %+v of %d columns in %q", at, cell, len(s.Columns), s.Text)
		}
	}
	g := s.Grid.(interface {
		Rows() int
		Column(int, func(item.Cell) bool)
	})
	g.Rows()
	for i := range s.Columns {
		g.Column(i, func(cell item.Cell) bool {
			if cell.Start < 0 || cell.End > len(s.Text) || cell.Start > cell.End {
				c.t.Fatalf("column %d: cell %+v in %q", i, cell, s.Text)
			}
			return true
		})
	}
	return nil
}

// FuzzSQL: no text makes the reader fail, and no byte of one is lost.
func FuzzSQL(f *testing.F) {
	archives, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range archives {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			for d := range dialects {
				f.Add(string(file.Data), d)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string, d int) {
		c := &checking{t: t}
		path := dialects[uint(d)%uint(len(dialects))] + ".sql"
		file := fileOf(path, []byte(text))
		if err := Format.Read(context.Background(), file, c); err != nil {
			t.Fatal(err)
		}
		got, want := c.bytes, len(mend([]byte(text)))
		if got < want-4 && len(trimmed(text)) > 0 && got == 0 {
			t.Errorf("%d bytes of %d handed over", got, want)
		}
	})
}

func trimmed(s string) string {
	b := []byte(s)
	for len(b) > 0 && (isBlank(b[0]) || b[0] < 0x20) {
		b = b[1:]
	}
	return string(b)
}

var dialects = []string{"a", "mysql", "postgres", "sqlite", "mssql", "oracle"}

// FuzzMigrations: no text makes a reader of migrations fail or go on for ever.
func FuzzMigrations(f *testing.F) {
	data, err := os.ReadFile("testdata/migrations.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range txtar.Parse(data).Files {
		for i := range migrations {
			f.Add(string(file.Data), i)
		}
	}
	f.Fuzz(func(_ *testing.T, text string, i int) {
		m := migrations[uint(i)%uint(len(migrations))]
		_ = m.read(text, "app/migrations/x.xml", newCatalog(), func(int, string) {})
	})
}
