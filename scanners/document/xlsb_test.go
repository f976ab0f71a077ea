package document

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf16"
)

// brt writes one record.
func brt(id int, parts ...any) []byte {
	var data []byte
	for _, p := range parts {
		switch v := p.(type) {
		case string:
			units := utf16.Encode([]rune(v))
			data = binary.LittleEndian.AppendUint32(data, uint32(len(units)))
			for _, u := range units {
				data = binary.LittleEndian.AppendUint16(data, u)
			}
		case float64:
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
		case int:
			data = binary.LittleEndian.AppendUint32(data, uint32(v))
		case uint16:
			data = binary.LittleEndian.AppendUint16(data, v)
		case byte:
			data = append(data, v)
		}
	}
	var head []byte
	if id < 0x80 {
		head = []byte{byte(id)}
	} else {
		head = []byte{byte(id&0x7F | 0x80), byte(id >> 7)}
	}
	return append(binary.AppendUvarint(head, uint64(len(data))), data...)
}

// binaryWorkbook is a workbook with one sheet, a comment and a header.
func binaryWorkbook(t testing.TB) []byte {
	t.Helper()
	files := map[string][]byte{
		"[Content_Types].xml":                 []byte("<Types/>"),
		"xl/_rels/workbook.bin.rels":          []byte(`<Relationships><Relationship Id="rId1" Target="Worksheets/sheet1.bin"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="texts.bin"/></Relationships>`),
		"xl/worksheets/_rels/sheet1.bin.rels": []byte(`<Relationships><Relationship Id="rId1" Target="../comments1.bin"/></Relationships>`),
		"xl/workbook.bin":                     bytes.Join([][]byte{brt(brtBook, 0), brt(brtSheet, 1, 1, "rId1", "Cachée"), brt(brtName, 0, byte(0), 0, "Zone_Paie")}, nil),
		"xl/Texts.bin":                        bytes.Join([][]byte{brt(brtString, byte(0), "nom"), brt(brtString, byte(0), "naissance"), brt(brtString, byte(0), "Chloé")}, nil),
		"xl/styles.bin":                       bytes.Join([][]byte{brt(brtFormat, uint16(170), `dd\-mm\-yyyy`), brt(brtCellXFs, 2), brt(brtXF, uint16(0), uint16(0)), brt(brtXF, uint16(0), uint16(170)), brt(brtCellXFEnd)}, nil),
		"xl/comments1.bin":                    brt(brtComment, byte(0), "à vérifier"),
		"xl/worksheets/sheet1.bin": bytes.Join([][]byte{
			brt(brtRow, 0), brt(brtShared, 0, 0, 0), brt(brtShared, 1, 0, 1), brt(brtText, 2, 0, "numéro"),
			brt(brtRow, 1), brt(brtShared, 0, 0, 2), brt(brtReal, 1, 1, 31415.0), brt(brtRK, 2, 0, 1234<<2|2),
			brt(brtRow, 2), brt(brtFmlaText, 0, 0, "Dora"), brt(brtFmlaReal, 1, 1, 20000.0), brt(brtReal, 2, 0, 1.5e14),
			brt(brtHeader, uint16(0), "Confidentiel", -1, -1, -1, -1, -1),
		}, nil),
	}
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for name, b := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestXLSB(t *testing.T) {
	o := read(t, "a.xlsb", binaryWorkbook(t))
	want := []string{"2 nom=Chloé", "2 naissance=1986-01-03", "2 numéro=1234", "3 nom=Dora", "3 naissance=1954-10-03", "3 numéro=150000000000000"}
	got := fmt.Sprint(o.lines)
	for _, w := range want {
		if !strings.Contains(got, strings.Replace(w, " ", " Cachée.", 1)) && !strings.Contains(got, w) {
			t.Errorf("%q is not in %s", w, got)
		}
	}
	for _, w := range []string{"Zone_Paie", "à vérifier", "Confidentiel"} {
		if !strings.Contains(o.text.String(), w) {
			t.Errorf("%q is not in %q", w, o.text.String())
		}
	}
	if len(o.unread) > 0 {
		t.Errorf("unread %q", o.unread)
	}
}

func FuzzXLSBSheet(f *testing.F) {
	f.Add([]byte("\x00\x04\x00\x00\x00\x00"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		o := &taken{}
		book := &workbook{roles: map[string]string{}, p: &pack{out: o, f: &File{}}}
		s := &sheetReader{b: book, table: newTable(o, book.p.f.At, ""), notes: newProse(o, book.p.f.At, 0)}
		r := &brtReader{r: bufio.NewReader(bytes.NewReader(b))}
		for r.next() == nil {
			_ = s.record(r.id, r.data)
		}
	})
}
