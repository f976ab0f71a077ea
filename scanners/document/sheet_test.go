package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/item"
)

// workbookOf writes an XLSX file with one sheet, whose XML write gives.
func workbookOf(t testing.TB, shared string, write func(w io.Writer)) []byte {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, e := range []struct{ name, text string }{
		{"[Content_Types].xml", "<Types/>"},
		{"xl/workbook.xml", `<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/sharedStrings.xml", `<sst><si><t>` + shared + `</t></si></sst>`},
		{"xl/worksheets/sheet1.xml", ""},
	} {
		w, err := z.Create(e.name)
		if err != nil {
			t.Fatal(err)
		}
		if e.text == "" {
			write(w)
		} else if _, err := io.WriteString(w, e.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// A sheetMeter counts what comes out of a sheet, and how large it was at a time.
type sheetMeter struct {
	taken
	cells, text, largest int
	heap                 uint64
}

func (m *sheetMeter) Segment(s *item.Segment) error {
	if cells, ok := s.Grid.(item.Cells); ok {
		m.cells += len(cells)
	}
	m.text += len(s.Text)
	m.largest = max(m.largest, len(s.Text))
	if m.text>>24 != (m.text-len(s.Text))>>24 || m.heap == 0 {
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		m.heap = max(m.heap, now.HeapInuse)
	}
	return nil
}

// TestHostileSheets reads sheets that a spreadsheet could not hold.
func TestHostileSheets(t *testing.T) {
	widest := func(cell string, rows int) func(io.Writer) {
		return func(w io.Writer) {
			_, _ = io.WriteString(w, `<worksheet><dimension ref="A1:XFD1048576"/><sheetData>`)
			for r := 1; r <= rows; r++ {
				_, _ = fmt.Fprintf(w, `<row r="%d">%s</row>`, r, strings.Repeat(cell, 1<<14))
			}
			_, _ = io.WriteString(w, `</sheetData></worksheet>`)
		}
	}
	for _, c := range []struct {
		why, shared string
		sheet       func(io.Writer)
		cells       int // at least
		unread      bool
	}{
		{"as wide as can be", "x", func(w io.Writer) {
			_, _ = io.WriteString(w, `<worksheet><dimension ref="A1:XFD1048576"/><sheetData>`)
			for i, b := range bytes.Split(bytes.Repeat(pseudoText, 16), []byte("a")) {
				_, _ = fmt.Fprintf(w, `<row r="%d"><c r="XFD%d" t="str"><v>%s</v></c>%s</row>`, i*20+1, i*20+1, b, strings.Repeat("<c><v>7</v></c>", 40))
			}
			widest(`<c><v>7</v></c>`, 70)(w)
		}, 70 << 14, false},
		{"a long text in every cell", strings.Repeat("long ", 6000), widest(`<c t="s"><v>0</v></c>`, 40), 0, true},
		{"a cell of 64 MiB", "x", func(w io.Writer) {
			_, _ = io.WriteString(w, `<worksheet><sheetData><row><c t="inlineStr"><is><t>`)
			for range 64 << 10 {
				_, _ = w.Write(pseudoText[:1024])
			}
			_, _ = io.WriteString(w, `</t></is></c></row></sheetData></worksheet>`)
		}, 1, false},
	} {
		t.Run(c.why, func(t *testing.T) {
			content := workbookOf(t, c.shared, c.sheet)
			runtime.GC()
			m := &sheetMeter{}
			m.formats = Formats()
			if err := Read(t.Context(), m.formats, opened("a.xlsx", content), m); err != nil {
				t.Fatal(err)
			}
			t.Logf("%d bytes packed, %d cells, %d bytes of text, %d MiB of heap", len(content), m.cells, m.text, m.heap>>20)
			if m.cells < c.cells || len(m.unread) > 0 != c.unread {
				t.Errorf("%d cells, unread %q", m.cells, m.unread)
			}
			if m.largest > 2*tableMost {
				t.Errorf("%d bytes handed over at once", m.largest)
			}
			if m.heap > 64<<20 {
				t.Errorf("%d MiB of heap", m.heap>>20)
			}
		})
	}
}

// pseudoText is text that does not pack well.
var pseudoText = func() []byte {
	b := pseudo(64 << 10)
	for i := range b {
		b[i] = 'a' + b[i]%26
	}
	return b
}()
