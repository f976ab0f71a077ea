package document

import (
	"strconv"

	"github.com/ecart-rgpd/ecart/item"
)

// sheet reads the rows of one sheet.
func (b *workbook) sheet(s sheet) error {
	at := b.p.f.At
	at.Sheet = s.name
	r := &sheetReader{b: b, table: newTable(b.p.out, at, s.name), notes: newProse(b.p.out, at, item.Prose)}
	if err := b.p.walk(s.file, r.step); err != nil {
		_ = r.table.flush() // what was read of a broken sheet counts
		return err
	}
	if err := r.table.flush(); err != nil {
		return err
	}
	return r.notes.flush()
}

// A sheetReader follows the cells of a sheet.
type sheetReader struct {
	b      *workbook
	table  *table
	notes  *prose // headers and footers of the printed page
	row    int
	column int
	kind   byte // of the cell: s, str, inlineStr, b, e, n by first letters
	style  int
	value  []byte
	inText bool
	aside  bool
	num    []byte // room for numbers
}

func (r *sheetReader) step(x *xmlReader) error {
	switch x.kind {
	case xmlText:
		switch {
		case r.inText && len(r.value) > maxCell:
			r.notes.add(x.text)
			return r.notes.long()
		case r.inText:
			r.value = append(r.value, x.text...)
		case r.aside:
			r.notes.add(x.text)
		}
		return nil
	case xmlStart:
		return r.start(x)
	}
	switch string(x.name) {
	case "v", "t":
		r.inText = false
	case "c":
		r.cell()
	case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
		r.aside = false
		return r.notes.end()
	}
	return nil
}

func (r *sheetReader) start(x *xmlReader) error {
	switch string(x.name) {
	case "row":
		r.row++
		r.column = -1
		if n, err := strconv.Atoi(x.attr("r")); err == nil {
			r.row = n
		}
		return r.table.row(r.row)
	case "c":
		r.begin(x)
	case "v", "t":
		r.inText = true
	case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
		r.aside = true
	}
	return nil
}

// begin reads the attributes of a cell: where, what type, what format.
func (r *sheetReader) begin(x *xmlReader) {
	r.column++
	r.kind, r.style, r.value = 'n', 0, r.value[:0]
	for rest := x.attrs; ; {
		name, value, more := nextAttr(rest)
		if name == nil {
			return
		}
		switch string(name) {
		case "r":
			if c := columnOf(value); c >= 0 {
				r.column = c
			}
		case "t":
			if len(value) > 0 {
				r.kind = value[0]
			}
			if string(value) == "str" || string(value) == "inlineStr" {
				r.kind = 'i'
			}
		case "s":
			r.style = digitsOf(value)
		}
		rest = more
	}
}

// columnOf reads the letters of a cell's name: B3 is 1.
func columnOf(ref []byte) int {
	n := 0
	for _, c := range ref {
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
		if n > maxColumns {
			return maxColumns - 1
		}
	}
	return n - 1
}

func digitsOf(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > 1<<30 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// cell adds the cell just read.
func (r *sheetReader) cell() {
	v := r.value
	switch r.kind {
	case 's':
		v = r.b.text(digitsOf(v))
	case 'n':
		v = r.number(v)
	}
	r.table.cell(r.column, v)
}

// number writes a number the way a person does: dates as dates, no exponent.
func (r *sheetReader) number(v []byte) []byte {
	date := r.style < len(r.b.dates) && r.b.dates[r.style]
	if !date && !hasExponent(v) {
		return v
	}
	x, err := strconv.ParseFloat(string(v), 64)
	if err != nil {
		return v
	}
	r.num = r.num[:0]
	if date {
		r.num = appendSerialDate(r.num, x, r.b.old)
	} else {
		r.num = strconv.AppendFloat(r.num, x, 'f', -1, 64)
	}
	return r.num
}

func hasExponent(v []byte) bool {
	for _, c := range v {
		if c|0x20 == 'e' {
			return true
		}
	}
	return false
}
