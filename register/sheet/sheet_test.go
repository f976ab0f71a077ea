package sheet

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var book = &Book{Sheets: []Sheet{
	{Name: "2_-_Liste", Rows: [][]string{{"Nom  du  traitement", "N° / RÉF"}, nil, {"", "deux\nlignes", " bord "}, {"<a&b>", "\"q\"", "tab\tici"}}, Heads: []int{0}, Widths: []int{30, 10}},
	{Name: "5_-_Listes", Rows: [][]string{{"a"}, {"b"}}},
	{Name: "vide"},
}}

// trimmed drops what a grid cannot tell apart: empty cells and rows at the end.
func trimmed(b *Book) (out [][][]string) {
	for _, s := range b.Sheets {
		var rows [][]string
		for _, r := range s.Rows {
			for len(r) > 0 && r[len(r)-1] == "" {
				r = r[:len(r)-1]
			}
			rows = append(rows, append([]string{}, r...))
		}
		for len(rows) > 0 && len(rows[len(rows)-1]) == 0 {
			rows = rows[:len(rows)-1]
		}
		out = append(out, rows)
	}
	return out
}

func TestWorkbooksComeBack(t *testing.T) {
	book.Sheets[0].Choices = []Choice{{Row: 2, Column: 1, List: "5_-_Listes", From: 0, First: 0, Last: 1}}
	for name, write := range map[string]func(*bytes.Buffer) error{
		"ods": func(b *bytes.Buffer) error { return book.WriteODS(b) }, "xlsx": func(b *bytes.Buffer) error { return book.WriteXLSX(b) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(name, err)
		}
		back, err := Read("x."+name, b.Bytes())
		if err != nil {
			t.Fatal(name, err)
		}
		if d := cmp.Diff(trimmed(book), trimmed(back)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestCSV(t *testing.T) {
	for _, test := range []struct {
		why, src string
		want     [][]string
		note     string
	}{
		{"semicolons and a mark", "\xef\xbb\xbfNom;Âge\r\n\"a;b\";\"c\"\"d\"\r\n", [][]string{{"Nom", "Âge"}, {"a;b", `c"d`}}, ""},
		{"a line break in a cell", "a,b\n\"x\ny\",z\n", [][]string{{"a", "b"}, {"x\ny", "z"}}, ""},
		{"Windows-1252", "Finalit\xe9s;B\nx;y", [][]string{{"Finalités", "B"}, {"x", "y"}}, ""},
		{"UTF-16", "\xff\xfea\x00;\x00b\x00", [][]string{{"a", "b"}}, ""},
		{"an open quote", "a;b\n\"x;y\nz;t\n", [][]string{{"a", "b"}, {`"x`, "y"}, {"z", "t"}}, "never closed"},
		{"a row too wide", "a;b\nx;y;z\n", [][]string{{"a", "b"}, {"x", "y", "z"}}, "1 rows have more cells"},
		{"tabs", "a\tb\nx\ty\n", [][]string{{"a", "b"}, {"x", "y"}}, ""},
	} {
		b, err := Read("x.csv", []byte(test.src))
		if err != nil {
			t.Errorf("%s: %v", test.why, err)
			continue
		}
		if d := cmp.Diff(test.want, b.Sheets[0].Rows); d != "" {
			t.Errorf("%s: %s", test.why, d)
		}
		if got := strings.Join(b.Notes, " "); !strings.Contains(got, test.note) || test.note == "" && got != "" {
			t.Errorf("%s: notes %q", test.why, got)
		}
	}
}

func TestUnreadable(t *testing.T) {
	for name, src := range map[string]string{
		"old excel": "\xd0\xcf\x11\xe0xxxx", "not a workbook": "%PDF-1.7", "a broken zip": "PK\x03\x04 nothing", "binary in a csv": "a\x00b",
	} {
		ext := ".ods"
		if name == "binary in a csv" {
			ext = ".csv"
		}
		if _, err := Read("x"+ext, []byte(src)); err == nil {
			t.Errorf("%s is read", name)
		}
	}
	if _, err := Read("x.csv", make([]byte, MaxSize+1)); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := book.WriteODS(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("a;b\n\"c"))
	f.Fuzz(func(t *testing.T, src []byte) {
		b, err := Read("x.csv", src)
		if (b == nil) == (err == nil) {
			t.Error("either a book or an error")
		}
	})
}
