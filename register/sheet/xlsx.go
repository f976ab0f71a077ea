package sheet

import (
	"bytes"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads every sheet, values as they are stored: how a date is shown
// depends on the machine.
func readXLSX(src []byte) (*Book, error) {
	f, err := excelize.OpenReader(bytes.NewReader(src), excelize.Options{RawCellValue: true, UnzipSizeLimit: 4 * maxPart, UnzipXMLSizeLimit: maxPart})
	if err != nil {
		return nil, fmt.Errorf("damaged workbook")
	}
	defer func() { _ = f.Close() }()
	b := &Book{}
	cells := 0
	for _, name := range f.GetSheetList() {
		s := Sheet{Name: name}
		rows, err := f.Rows(name)
		if err != nil {
			b.note("a sheet that is no table was not read")
			continue
		}
		for rows.Next() {
			row, err := rows.Columns()
			if err != nil {
				return nil, fmt.Errorf("damaged workbook")
			}
			if len(row) > maxCols {
				row = row[:maxCols]
			}
			if cells += len(row); cells > maxCells {
				return nil, ErrCells
			}
			if len(s.Rows) >= maxRows {
				b.note(fmt.Sprintf("rows past %d were not read", maxRows))
				break
			}
			s.Rows = append(s.Rows, row)
		}
		if err := rows.Close(); err != nil {
			return nil, fmt.Errorf("damaged workbook")
		}
		b.Sheets = append(b.Sheets, s)
	}
	return b, nil
}

// WriteXLSX writes the book.
func (b *Book) WriteXLSX(w io.Writer) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	head, err := f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Color: []string{"DFE6F0"}, Pattern: 1},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
	})
	if err != nil {
		return err
	}
	cell, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for i := range b.Sheets {
		s := &b.Sheets[i]
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.Name)
		} else {
			_, err = f.NewSheet(s.Name)
		}
		if err != nil {
			return fmt.Errorf("sheet %d: %w", i+1, err)
		}
		if err := s.xlsx(f, head, cell); err != nil {
			return fmt.Errorf("sheet %d: %w", i+1, err)
		}
	}
	return f.Write(w)
}

func (s *Sheet) xlsx(f *excelize.File, head, cell int) error {
	for c, width := range s.Widths {
		if err := f.SetColWidth(s.Name, columnName(c), columnName(c), float64(width)); err != nil {
			return err
		}
	}
	heads := map[int]bool{}
	for _, h := range s.Heads {
		heads[h] = true
	}
	for r, row := range s.Rows {
		style := cell
		if heads[r] {
			style = head
		}
		for c, text := range row {
			at := fmt.Sprintf("%s%d", columnName(c), r+1)
			if text != "" {
				if err := f.SetCellStr(s.Name, at, text); err != nil {
					return err
				}
			}
			if err := f.SetCellStyle(s.Name, at, at, style); err != nil {
				return err
			}
		}
	}
	for _, c := range s.Choices {
		v := excelize.NewDataValidation(true)
		v.Sqref = fmt.Sprintf("%s%d", columnName(c.Column), c.Row+1)
		v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$%d:$%s$%d", c.List, columnName(c.From), c.First+1, columnName(c.From), c.Last+1))
		v.ShowErrorMessage = false // other text stays allowed, as in the model
		if err := f.AddDataValidation(s.Name, v); err != nil {
			return err
		}
	}
	return nil
}
