package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// readODS reads the tables of content.xml.
func readODS(parts map[string]*zip.File) (*Book, error) {
	if m := parts["META-INF/manifest.xml"]; m != nil {
		text, err := part(m)
		if err != nil {
			return nil, err
		}
		if bytes.Contains(text, []byte("encryption-data")) {
			return nil, ErrEncrypted
		}
	}
	text, err := part(parts["content.xml"])
	if err != nil {
		return nil, err
	}
	r := &odsReader{d: xml.NewDecoder(bytes.NewReader(text)), book: &Book{}}
	if err := r.read(); err != nil {
		return nil, err
	}
	return r.book, nil
}

type odsReader struct {
	d     *xml.Decoder
	book  *Book
	cells int
}

func (r *odsReader) read() error {
	for {
		t, err := r.d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("damaged workbook: %w", err)
		}
		if start, ok := t.(xml.StartElement); ok && start.Name.Local == "table" {
			if err := r.table(start); err != nil {
				return err
			}
		}
	}
}

// table reads one sheet. Empty rows and cells are repeated by the thousand to
// fill the page: only those before content are kept.
func (r *odsReader) table(start xml.StartElement) error {
	s := Sheet{Name: attr(start, "name")}
	pending := 0
	err := r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "table-row-group", "table-rows", "table-header-rows":
			return errDescend
		case "table-row":
		default:
			return r.d.Skip()
		}
		cells, err := r.row()
		if err != nil {
			return err
		}
		n := repeated(e, "number-rows-repeated")
		if len(cells) == 0 {
			pending += n
			return nil
		}
		for ; pending > 0 && len(s.Rows) < maxRows; pending-- {
			s.Rows = append(s.Rows, nil)
		}
		pending = 0
		for range n {
			if r.cells += len(cells); r.cells > maxCells {
				return ErrCells
			}
			if len(s.Rows) >= maxRows {
				r.book.note(fmt.Sprintf("rows past %d were not read", maxRows))
				return nil
			}
			s.Rows = append(s.Rows, cells)
		}
		return nil
	})
	r.book.Sheets = append(r.book.Sheets, s)
	return err
}

// errDescend asks children to go on inside the element.
var errDescend = errors.New("descend")

// children calls each for the elements inside the current one, which each
// consumes to its end, or enters.
func (r *odsReader) children(each func(xml.StartElement) error) error {
	depth := 0
	for {
		t, err := r.d.Token()
		if err != nil {
			return fmt.Errorf("damaged workbook: %w", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch err := each(t); {
			case errors.Is(err, errDescend):
				depth++
			case err != nil:
				return err
			}
		case xml.EndElement:
			if depth == 0 {
				return nil
			}
			depth--
		}
	}
}

// row reads the cells of a row, without the empty ones at its end.
func (r *odsReader) row() ([]string, error) {
	var cells []string
	pending := 0
	err := r.children(func(e xml.StartElement) error {
		if e.Name.Local != "table-cell" && e.Name.Local != "covered-table-cell" {
			return r.d.Skip()
		}
		text, err := r.cell(e)
		if err != nil {
			return err
		}
		n := repeated(e, "number-columns-repeated")
		if text == "" {
			pending += n
			return nil
		}
		for ; pending > 0 && len(cells) < maxCols; pending-- {
			cells = append(cells, "")
		}
		pending = 0
		for i := 0; i < n && len(cells) < maxCols; i++ {
			cells = append(cells, text)
		}
		return nil
	})
	return cells, err
}

// cell reads the text of a cell: its paragraphs, one a line, without notes. A
// date or number without text is read from its value.
func (r *odsReader) cell(e xml.StartElement) (string, error) {
	var lines []string
	err := r.children(func(c xml.StartElement) error {
		if c.Name.Local != "p" && c.Name.Local != "h" {
			return r.d.Skip() // annotations, drawings
		}
		line, err := r.paragraph()
		lines = append(lines, line)
		return err
	})
	text := strings.Join(lines, "\n")
	if date := attr(e, "date-value"); date != "" {
		text, _, _ = strings.Cut(date, "T")
	}
	if text == "" {
		text = attr(e, "value")
	}
	return text, err
}

// paragraph reads text with its spaces, tabs and breaks.
func (r *odsReader) paragraph() (string, error) {
	var b strings.Builder
	for depth := 0; ; {
		t, err := r.d.Token()
		if err != nil {
			return "", fmt.Errorf("damaged workbook: %w", err)
		}
		switch t := t.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			switch t.Name.Local {
			case "s":
				b.WriteString(strings.Repeat(" ", repeated(t, "c")))
			case "tab":
				b.WriteByte('\t')
			case "line-break":
				b.WriteByte('\n')
			case "annotation", "note":
				if err := r.d.Skip(); err != nil {
					return "", fmt.Errorf("damaged workbook: %w", err)
				}
				continue
			}
			depth++
		case xml.EndElement:
			if depth == 0 {
				return b.String(), nil
			}
			depth--
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// repeated reads a repetition, 1 when there is none.
func repeated(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attr(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 1<<20)
}
