package document

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"
	"unicode/utf16"

	"github.com/ecart-rgpd/ecart/item"
)

// readXLSB reads workbooks whose sheets are binary records (MS-XLSB): the rest
// of the document is as in XLSX.
func readXLSB(ctx context.Context, p *pack) error {
	b := &workbook{p: p, roles: map[string]string{}}
	if err := b.loadBinary(); err != nil {
		return err
	}
	for _, s := range b.sheets {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := p.try(s.file, func(string) error { return b.binarySheet(s) }); err != nil {
			return err
		}
	}
	for _, name := range p.match("xl/comments", ".bin") {
		if err := p.try(name, b.binaryComments); err != nil {
			return err
		}
	}
	return b.beside()
}

// The records that are read, by their number.
const (
	brtRow       = 0
	brtRK        = 2
	brtReal      = 5
	brtText      = 6
	brtShared    = 7
	brtFmlaText  = 8
	brtFmlaReal  = 9
	brtString    = 19
	brtName      = 39
	brtFormat    = 44
	brtXF        = 47
	brtBook      = 153
	brtSheet     = 156
	brtHeader    = 479
	brtCellXFs   = 617
	brtCellXFEnd = 618
	brtComment   = 637
)

// maxRecord bounds what is kept of one record, in bytes.
const maxRecord = 256 << 10

// A brtReader reads records: a number, a length, and bytes.
type brtReader struct {
	r    *bufio.Reader
	id   int
	data []byte
}

// next reads one record; io.EOF after the last.
func (b *brtReader) next() (err error) {
	if b.id, err = b.number(2); err != nil {
		return err
	}
	size, err := b.number(4)
	if err != nil {
		return Truncated
	}
	kept := min(size, maxRecord)
	if cap(b.data) < kept {
		b.data = make([]byte, kept)
	}
	b.data = b.data[:kept]
	if _, err := io.ReadFull(b.r, b.data); err != nil {
		return err
	}
	_, err = b.r.Discard(size - kept)
	return err
}

// number reads seven bits a byte.
func (b *brtReader) number(most int) (int, error) {
	n := 0
	for i := range most {
		c, err := b.r.ReadByte()
		if err != nil {
			return 0, err
		}
		if n |= int(c&0x7F) << (7 * i); c < 0x80 {
			break
		}
	}
	return n, nil
}

// wide reads a string with its length before it, and returns what follows.
func wide(b []byte) (text, rest []byte) {
	if len(b) < 4 {
		return nil, nil
	}
	n := le32(b)
	if b = b[4:]; n == 0xFFFFFFFF { // none
		return nil, b
	}
	size := min(int(min(n, maxRecord))*2, len(b)&^1)
	units := make([]uint16, 0, size/2)
	for i := 0; i < size; i += 2 {
		units = append(units, binary.LittleEndian.Uint16(b[i:]))
	}
	return []byte(string(utf16.Decode(units))), b[size:]
}

// records calls each for every record of an entry of the document.
func (b *workbook) records(name string, each func(id int, data []byte) error) error {
	e, ok := b.p.entry(name)
	if !ok {
		return nil
	}
	in, err := b.p.dir.open(e)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	for r := (&brtReader{r: bufio.NewReaderSize(in, 32<<10)}); ; {
		switch err := r.next(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if err := each(r.id, r.data); err != nil {
			return err
		}
	}
}

func (b *workbook) loadBinary() error {
	files, err := b.relations("xl/_rels/workbook.bin.rels", "xl/")
	if err != nil {
		return err
	}
	names := newProse(b.p.out, b.p.f.At, item.Meta)
	err = b.records("xl/workbook.bin", func(id int, data []byte) error {
		switch {
		case id == brtSheet && len(data) > 8:
			relation, rest := wide(data[8:])
			name, _ := wide(rest)
			if file := files[string(relation)]; file != "" {
				b.sheets = append(b.sheets, sheet{name: string(name), file: file})
			}
		case id == brtBook && len(data) > 0:
			b.old = data[0]&1 != 0
		case id == brtName && len(data) > 9:
			name, _ := wide(data[9:])
			names.add(name)
			return names.end()
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := names.flush(); err != nil {
		return err
	}
	if err := b.binaryStyles(); err != nil {
		return err
	}
	return b.linked(b.role("sharedStrings", "xl/sharedStrings.bin"), b.binaryShared)
}

// binaryStyles notes which cell formats show a number as a date.
func (b *workbook) binaryStyles() error {
	custom, inCells := map[int]bool{}, false
	return b.records(b.role("styles", "xl/styles.bin"), func(id int, data []byte) error {
		switch {
		case id == brtCellXFs, id == brtCellXFEnd:
			inCells = id == brtCellXFs
		case id == brtFormat && len(data) > 2:
			code, _ := wide(data[2:])
			custom[le16(data)] = isDateFormat(string(code))
		case id == brtXF && inCells && len(data) > 3:
			n := le16(data[2:])
			b.dates = append(b.dates, isDateNumber(n) || custom[n])
		}
		return nil
	})
}

func (b *workbook) binaryShared(name string) error {
	over := newProse(b.p.out, b.p.f.At, item.Data)
	err := b.records(name, func(id int, data []byte) error {
		if id != brtString || len(data) == 0 {
			return nil
		}
		text, _ := wide(data[1:])
		b.strings = append(b.strings, text...)
		return b.endString(over)
	})
	if err != nil {
		return err
	}
	return over.flush()
}

func (b *workbook) binarySheet(s sheet) error {
	at := b.p.f.At
	at.Sheet = s.name
	r := &sheetReader{b: b, table: newTable(b.p.out, at, s.name), notes: newProse(b.p.out, at, item.Prose)}
	if err := b.records(s.file, r.record); err != nil {
		_ = r.table.flush() // what was read of a broken sheet counts
		return err
	}
	if err := r.table.flush(); err != nil {
		return err
	}
	return r.notes.flush()
}

// record takes one record of a sheet.
func (r *sheetReader) record(id int, data []byte) error {
	if id == brtHeader && len(data) > 2 {
		return r.header(data[2:])
	}
	if id == brtRow && len(data) >= 4 {
		r.row = int(min(le32(data), 1<<20)) + 1
		return r.table.row(r.row)
	}
	if id < brtRK || id > brtFmlaReal || len(data) < 12 {
		return nil
	}
	column := int(min(le32(data), maxColumns))
	r.style = int(le32(data[4:]) & 0xFFFFFF)
	var v []byte
	switch id {
	case brtRK:
		v = r.real(rk(le32(data[8:])))
	case brtReal, brtFmlaReal:
		if len(data) >= 16 {
			v = r.real(math.Float64frombits(le64(data[8:])))
		}
	case brtText, brtFmlaText:
		v, _ = wide(data[8:])
	case brtShared:
		v = r.b.text(int(min(le32(data[8:]), 1<<30)))
	}
	r.table.cell(column, v)
	return nil
}

// real writes a number, or the date it stands for.
func (r *sheetReader) real(x float64) []byte {
	r.num = r.num[:0]
	if r.style < len(r.b.dates) && r.b.dates[r.style] {
		r.num = appendSerialDate(r.num, x, r.b.old)
	} else {
		r.num = strconv.AppendFloat(r.num, x, 'f', -1, 64)
	}
	return r.num
}

// header reads the headers and footers of the printed page.
func (r *sheetReader) header(data []byte) error {
	for len(data) >= 4 {
		var text []byte
		text, data = wide(data)
		r.notes.add(text)
		if err := r.notes.end(); err != nil {
			return err
		}
	}
	return nil
}

func (b *workbook) binaryComments(name string) error {
	at := b.p.f.At
	at.Sheet = b.ofFile[name]
	text := newProse(b.p.out, at, item.Prose)
	err := b.records(name, func(id int, data []byte) error {
		if id != brtComment || len(data) == 0 {
			return nil
		}
		s, _ := wide(data[1:])
		text.add(s)
		return text.end()
	})
	if err != nil {
		return err
	}
	return text.flush()
}
