// Package sheet reads and writes workbooks as plain grids of text: ODS, XLSX and
// CSV, all that a register needs of them.
package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// A Book is a workbook.
type Book struct {
	Sheets []Sheet
	// Notes say what was in the file and is not in Sheets: macros, broken rows.
	// They quote no content.
	Notes []string
}

// A Sheet is a grid of texts, row by row; short rows end early.
type Sheet struct {
	Name string
	Rows [][]string

	// For writing only.
	Heads   []int    // rows shown as heads, from 0
	Widths  []int    // of columns, in characters
	Choices []Choice // cells with a closed list
}

// A Choice offers a closed list in a cell: cells first to last of a column of
// another sheet (all from 0). Other text stays allowed.
type Choice struct {
	Row, Column       int
	List              string // name of the sheet with the list
	From, First, Last int
}

// The limits of what is read: a register is far below, a bomb is above.
const (
	MaxSize  = 32 << 20  // bytes of the file
	maxPart  = 128 << 20 // bytes of one part of it, unpacked
	maxRows  = 20000     // rows kept of a sheet
	maxCols  = 512       // cells kept of a row
	maxCells = 2000000   // cells of a book
)

// Errors of files that hold no readable table.
var (
	ErrTooLarge  = fmt.Errorf("larger than %d MiB: a register is a few pages", MaxSize>>20)
	ErrEncrypted = errors.New("protected by a password: save a copy without one")
	ErrOldExcel  = errors.New("an old .xls or a protected workbook: save it as .xlsx or .ods without a password")
	ErrUnknown   = errors.New("neither ODS, XLSX nor CSV")
	ErrCells     = errors.New("too many cells for a register: export the part that is one")
)

// Read reads a workbook; name tells CSV by its extension.
func Read(name string, src []byte) (*Book, error) {
	if len(src) > MaxSize {
		return nil, ErrTooLarge
	}
	switch {
	case bytes.HasPrefix(src, []byte("PK\x03\x04")):
		return readZip(src)
	case bytes.HasPrefix(src, []byte("\xd0\xcf\x11\xe0")):
		return nil, ErrOldExcel
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".txt":
		return readCSV(name, src)
	}
	return nil, ErrUnknown
}

// Cell returns the text of a cell, "" outside of the grid.
func (s *Sheet) Cell(row, column int) string {
	if row < 0 || row >= len(s.Rows) || column < 0 || column >= len(s.Rows[row]) {
		return ""
	}
	return s.Rows[row][column]
}

// Set writes a cell and grows the grid to it.
func (s *Sheet) Set(row, column int, text string) {
	for len(s.Rows) <= row {
		s.Rows = append(s.Rows, nil)
	}
	for len(s.Rows[row]) <= column {
		s.Rows[row] = append(s.Rows[row], "")
	}
	s.Rows[row][column] = text
}

// note adds a note once.
func (b *Book) note(text string) {
	for _, n := range b.Notes {
		if n == text {
			return
		}
	}
	b.Notes = append(b.Notes, text)
}
