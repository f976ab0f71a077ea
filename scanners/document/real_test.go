package document

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestRealFiles reads files that LibreOffice, 7-Zip, ExifTool and others wrote,
// and compares with golden text: what a reader of the file would see.
func TestRealFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/real/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, ".golden") {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			compareGolden(t, path+".golden", described(read(t, filepath.Base(path), content)))
		})
	}
}

// described writes what was read, as a person can check it.
func described(o *taken) string {
	sort.Strings(o.unread)
	return strings.Join([]string{
		o.text.String(), "-- columns --\n" + strings.Join(o.columns, "\n"), "-- cells --\n" + strings.Join(o.lines, "\n"),
		"-- unread --\n" + strings.Join(o.unread, "\n"), "-- skipped --\n" + strings.Join(o.skipped, "\n"), "",
	}, "\n")
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (run with -update and look at the change):\n%s", path, got)
	}
}

func FuzzFormats(f *testing.F) {
	files, err := filepath.Glob("testdata/[rl][eo]*/*") // real, locked
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		if b, err := os.ReadFile(path); err == nil && len(b) < 64<<10 && !strings.HasSuffix(path, ".golden") {
			f.Add(filepath.Base(path), b)
		}
	}
	f.Add("a.png", pngOf("zTXtRaw profile type iptc\x00\x00"+deflated(rawProfile("iptc", "\x1C\x02\x50\x00\x05Odile")), "iTXtXML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmpCreator, "eXIf"+tiffArtist("Odile")))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		o := read(t, name, b)
		for _, u := range o.unread {
			if strings.Contains(u, "reader failed") {
				t.Error(u) // a panic of our own is a fault, even if it is caught
			}
		}
	})
}

func BenchmarkReal(b *testing.B) {
	for _, name := range []string{"people.pdf", "people.xlsx", "people.docx", "people.ods", "people.xls"} {
		b.Run(name, func(b *testing.B) {
			content, err := os.ReadFile("testdata/real/" + name)
			if err != nil {
				b.Fatal(err)
			}
			bench(b, name, content)
		})
	}
}

// BenchmarkXLSX reads a sheet of a million cells; bytes are those of its XML.
func BenchmarkXLSX(b *testing.B) {
	var sheet strings.Builder
	sheet.WriteString(`<worksheet><sheetData>`)
	for r := 1; r <= 20_000; r++ {
		fmt.Fprintf(&sheet, `<row r="%d"><c r="A%d" t="inlineStr"><is><t>Anouk %d</t></is></c><c r="B%d"><v>%d</v></c><c r="C%d" s="1"><v>3.25</v></c></row>`, r, r, r, r, r*7, r)
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for name, text := range map[string]string{
		"[Content_Types].xml":        "<Types/>",
		"xl/workbook.xml":            `<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet.String(),
	} {
		w, err := z.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			b.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	bench(b, "s.xlsx", file.Bytes())
	b.SetBytes(int64(sheet.Len()))
}
