package sheet

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

const odsType = "application/vnd.oasis.opendocument.spreadsheet"

const odsManifest = xml.Header + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">` +
	`<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="` + odsType + `"/>` +
	`<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`

const odsHead = xml.Header + `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"` +
	` xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"` +
	` xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"` +
	` xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"><office:automatic-styles>` +
	`<style:style style:name="head" style:family="table-cell"><style:table-cell-properties fo:background-color="#dfe6f0" fo:wrap-option="wrap" fo:border="0.5pt solid #8894a8"/><style:text-properties fo:font-weight="bold"/></style:style>` +
	`<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>`

// WriteODS writes the book: the same book gives the same bytes.
func (b *Book) WriteODS(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, p := range []struct {
		name, text string
		method     uint16
	}{
		{"mimetype", odsType, zip.Store}, // first and bare, so that the type shows
		{"META-INF/manifest.xml", odsManifest, zip.Deflate},
		{"content.xml", b.content(), zip.Deflate},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: p.method})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.text); err != nil {
			return err
		}
	}
	return z.Close()
}

func (b *Book) content() string {
	var o strings.Builder
	o.WriteString(odsHead)
	widths := map[int]bool{}
	for _, s := range b.Sheets {
		for _, n := range s.Widths {
			if !widths[n] {
				widths[n] = true
				fmt.Fprintf(&o, `<style:style style:name="w%d" style:family="table-column"><style:table-column-properties style:column-width="%.2fcm"/></style:style>`, n, float64(n)*0.2)
			}
		}
	}
	o.WriteString(`</office:automatic-styles><office:body><office:spreadsheet>`)
	b.validations(&o)
	for i := range b.Sheets {
		b.Sheets[i].ods(&o, i)
	}
	o.WriteString(`</office:spreadsheet></office:body></office:document-content>`)
	return o.String()
}

// validations declares the closed lists. Text outside of them stays allowed, as
// in the model.
func (b *Book) validations(o *strings.Builder) {
	some := false
	for i, s := range b.Sheets {
		for j, c := range s.Choices {
			if !some {
				o.WriteString(`<table:content-validations>`)
				some = true
			}
			column := columnName(c.From)
			condition := fmt.Sprintf(`of:cell-content-is-in-list([$'%s'.$%s$%d:.$%s$%d])`, c.List, column, c.First+1, column, c.Last+1)
			fmt.Fprintf(o, `<table:content-validation table:name="v%d-%d" table:condition="%s" table:allow-empty-cell="true" table:display-list="unsorted">`+
				`<table:error-message table:display="false"/></table:content-validation>`, i, j, escaped(condition))
		}
	}
	if some {
		o.WriteString(`</table:content-validations>`)
	}
}

func (s *Sheet) ods(o *strings.Builder, index int) {
	fmt.Fprintf(o, `<table:table table:name="%s">`, escaped(s.Name))
	for _, n := range s.Widths {
		fmt.Fprintf(o, `<table:table-column table:style-name="w%d"/>`, n)
	}
	if len(s.Widths) == 0 {
		o.WriteString(`<table:table-column/>`)
	}
	choice := map[[2]int]int{}
	for j, c := range s.Choices {
		choice[[2]int{c.Row, c.Column}] = j + 1
	}
	for r, cells := range s.Rows {
		style := "cell"
		for _, h := range s.Heads {
			if h == r {
				style = "head"
			}
		}
		o.WriteString(`<table:table-row>`)
		for c, text := range cells {
			fmt.Fprintf(o, `<table:table-cell table:style-name="%s"`, style)
			if j := choice[[2]int{r, c}]; j > 0 {
				fmt.Fprintf(o, ` table:content-validation-name="v%d-%d"`, index, j-1)
			}
			odsText(o, text)
		}
		if len(cells) == 0 {
			o.WriteString(`<table:table-cell/>`)
		}
		o.WriteString(`</table:table-row>`)
	}
	if len(s.Rows) == 0 {
		o.WriteString(`<table:table-row><table:table-cell/></table:table-row>`)
	}
	o.WriteString(`</table:table>`)
}

// odsText ends a cell with its text, one paragraph a line. Runs of spaces need
// an element of their own: XML readers join them.
func odsText(o *strings.Builder, text string) {
	if text == "" {
		o.WriteString(`/>`)
		return
	}
	o.WriteString(` office:value-type="string">`)
	for _, line := range strings.Split(text, "\n") {
		o.WriteString(`<text:p>`)
		for i := 0; i < len(line); {
			n := 0
			for i+n < len(line) && line[i+n] == ' ' {
				n++
			}
			switch {
			case n > 1 || n == 1 && (i == 0 || i+1 == len(line)):
				fmt.Fprintf(o, `<text:s text:c="%d"/>`, n)
				i += n
			default:
				end := i + n
				for end < len(line) && line[end] != ' ' {
					end++
				}
				o.WriteString(strings.ReplaceAll(escaped(line[i:end]), "&#x9;", "<text:tab/>"))
				i = end
			}
		}
		o.WriteString(`</text:p>`)
	}
	o.WriteString(`</table:table-cell>`)
}

// escaped escapes for XML; what XML cannot hold becomes U+FFFD.
func escaped(s string) string {
	var b strings.Builder
	// A strings.Builder never fails.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// columnName is A, B … Z, AA.
func columnName(n int) string {
	name := ""
	for n++; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
