package document

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
)

// line is a paragraph of an office, never twice the same.
func line(i int) string {
	return fmt.Sprintf("Le dossier %d de la direction a été reçu par le service le %d mars, sous la référence %x.", i, i%28+1, uint32(i)*2654435761)
}

// zipped packs files in order.
func zipped(b *testing.B, files ...string) []byte {
	b.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			b.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			b.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkDOCX reads 40,000 paragraphs; bytes are those of the XML.
func BenchmarkDOCX(b *testing.B) {
	var xml strings.Builder
	xml.WriteString(`<w:document xmlns:w="w"><w:body>`)
	for i := range 40_000 {
		fmt.Fprintf(&xml, `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, line(i))
	}
	xml.WriteString(`</w:body></w:document>`)
	bench(b, "a.docx", zipped(b, "[Content_Types].xml", "<Types/>", "word/document.xml", xml.String()))
	b.SetBytes(int64(xml.Len()))
}

// BenchmarkZip reads texts in an archive; bytes are those of the texts.
func BenchmarkZip(b *testing.B) {
	var text strings.Builder
	for i := range 100_000 {
		text.WriteString(line(i) + "\n")
	}
	bench(b, "a.zip", zipped(b, "a.txt", text.String(), "b.txt", text.String()))
	b.SetBytes(2 * int64(text.Len()))
}

// BenchmarkPDF reads 200 pages of text and says how many a second.
func BenchmarkPDF(b *testing.B) {
	const pages = 200
	var pdf bytes.Buffer
	pdf.WriteString("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n2 0 obj<</Type/Pages/Count 200/Kids[")
	for i := range pages {
		fmt.Fprintf(&pdf, "%d 0 R ", 10+2*i)
	}
	pdf.WriteString("]>>endobj\n")
	for i := range pages {
		var content, packed bytes.Buffer
		content.WriteString("BT /F 10 Tf 12 TL 50 800 Td\n")
		for k := range 45 {
			words := strings.Fields(latin1(line(i*45 + k)))
			fmt.Fprintf(&content, "[(%s)] TJ T*\n", strings.Join(words, " )-20("))
		}
		content.WriteString("ET\n")
		z := zlib.NewWriter(&packed)
		if _, err := z.Write(content.Bytes()); err != nil {
			b.Fatal(err)
		}
		if err := z.Close(); err != nil {
			b.Fatal(err)
		}
		fmt.Fprintf(&pdf, "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>endobj\n", 10+2*i, 11+2*i)
		fmt.Fprintf(&pdf, "%d 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n", 11+2*i, packed.Len(), packed.Bytes())
	}
	pdf.WriteString("trailer<</Root 1 0 R>>\n")
	if o := read(b, "a.pdf", pdf.Bytes()); !strings.Contains(o.text.String(), "a été reçu par le service") || len(o.unread) > 0 {
		b.Fatalf("unread %q, %.200q", o.unread, o.text.String())
	}
	bench(b, "a.pdf", pdf.Bytes())
	b.ReportMetric(float64(pages)*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// latin1 writes text as WinAnsiEncoding does.
func latin1(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
	}
	return b.String()
}
