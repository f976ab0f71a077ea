package document

import (
	"encoding/binary"
	"math"
	"strconv"

	"github.com/ecart-rgpd/ecart/item"
)

// A biff reads the records of an XLS workbook (BIFF8, and BIFF5 as far as its
// strings go).
type biff struct {
	o       *oleFile
	b       []byte
	old     bool // BIFF5: strings of bytes
	sheets  []biffSheet
	strings []string
	custom  map[int]bool // number formats that are dates
	dates   []bool       // by XF
	from04  bool
}

type biffSheet struct {
	name string
	at   int
}

// The records that matter.
const (
	biffBOF        = 0x809
	biffEOF        = 0x0A
	biffFilePass   = 0x2F
	biffBoundSheet = 0x85
	biffSST        = 0xFC
	biffContinue   = 0x3C
	biffFormat     = 0x41E
	biffXF         = 0xE0
	biffDate1904   = 0x22
	biffName       = 0x18
	biffLabelSST   = 0xFD
	biffLabel      = 0x204
	biffRString    = 0xD6
	biffNumber     = 0x203
	biffRK         = 0x27E
	biffMulRK      = 0xBD
	biffFormula    = 0x06
	biffString     = 0x207
	biffHeader     = 0x14
	biffFooter     = 0x15
	biffTXO        = 0x1B6
)

func readXLS(o *oleFile, stream string) error {
	b, err := o.bytes(stream)
	if err != nil {
		return err
	}
	x := &biff{o: o, b: b, custom: map[int]bool{}}
	if err := x.globals(); err != nil {
		return err
	}
	for _, s := range x.sheets {
		if err := x.sheet(s); err != nil {
			return err
		}
	}
	return nil
}

// each calls take for every record from at up to the end of its part. rest is
// the bytes from the record on, for what goes on in CONTINUE records.
func (x *biff) each(at int, take func(kind int, data []byte, at int) error) error {
	depth := 0
	for i := at; i+4 <= len(x.b); {
		kind, n := le16(x.b[i:]), le16(x.b[i+2:])
		if i+4+n > len(x.b) {
			return Truncated
		}
		switch kind {
		case biffBOF:
			depth++
		case biffEOF:
			if depth--; depth <= 0 {
				return nil
			}
		}
		if err := take(kind, x.b[i+4:i+4+n], i); err != nil {
			return err
		}
		i += 4 + n
	}
	return nil
}

// globals reads what the sheets share.
func (x *biff) globals() error {
	return x.each(0, func(kind int, d []byte, at int) error {
		switch kind {
		case biffBOF:
			x.old = len(d) >= 2 && le16(d) < 0x600
		case biffFilePass:
			return Encrypted
		case biffBoundSheet:
			if len(d) > 8 {
				name := x.text(d[6:], 1)
				x.sheets = append(x.sheets, biffSheet{name, int(le32(d))})
			}
		case biffDate1904:
			x.from04 = len(d) >= 2 && le16(d) == 1
		case biffFormat:
			if len(d) > 4 {
				code := x.text(d[2:], 2)
				x.custom[le16(d)] = isDateFormat(code)
			}
		case biffXF:
			if len(d) >= 4 {
				n := le16(d[2:])
				x.dates = append(x.dates, n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58 || x.custom[n])
			}
		case biffSST:
			x.shared(at)
		}
		return nil
	})
}

// text reads a string with its length before it, in one byte or two.
func (x *biff) text(d []byte, lengthBytes int) string {
	if len(d) < lengthBytes {
		return ""
	}
	n := int(d[0])
	if lengthBytes == 2 {
		n = le16(d)
	}
	d = d[lengthBytes:]
	if x.old {
		n = min(n, len(d))
		return string(latin(d[:n]))
	}
	if len(d) == 0 {
		return ""
	}
	wide := d[0]&1 != 0
	d = d[1:]
	if wide {
		n = min(2*n, len(d))
		return utf16LE(d[:n])
	}
	n = min(n, len(d))
	return narrow(d[:n])
}

// narrow reads characters whose high byte is zero and left out.
func narrow(b []byte) string {
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = rune(c)
	}
	return string(r)
}

// A biffStrings reads the table of shared strings across CONTINUE records, which
// may cut a string in two and change its width there.
type biffStrings struct {
	x    *biff
	data []byte // of the record at hand
	next int    // offset of the next record
}

func (s *biffStrings) more() bool {
	for len(s.data) == 0 {
		if s.next+4 > len(s.x.b) || le16(s.x.b[s.next:]) != biffContinue {
			return false
		}
		n := le16(s.x.b[s.next+2:])
		if s.next+4+n > len(s.x.b) {
			return false
		}
		s.data, s.next = s.x.b[s.next+4:s.next+4+n], s.next+4+n
	}
	return true
}

func (s *biffStrings) skip(n int) {
	for n > 0 && s.more() {
		k := min(n, len(s.data))
		s.data, n = s.data[k:], n-k
	}
}

// uint reads a small number, which is never cut.
func (s *biffStrings) uint(n int) (int, bool) {
	if !s.more() || len(s.data) < n {
		return 0, false
	}
	v := 0
	for i := n - 1; i >= 0; i-- {
		v = v<<8 | int(s.data[i])
	}
	s.data = s.data[n:]
	return v, true
}

func (s *biffStrings) string() (string, bool) {
	left, ok1 := s.uint(2)
	flags, ok2 := s.uint(1)
	if !ok1 || !ok2 {
		return "", false
	}
	runs, extra := 0, 0
	if flags&8 != 0 {
		runs, _ = s.uint(2)
	}
	if flags&4 != 0 {
		extra, _ = s.uint(4)
	}
	text := ""
	for wide := flags&1 != 0; left > 0; {
		step := 1
		if wide {
			step = 2
		}
		k := min(left, len(s.data)/step)
		if wide {
			text += utf16LE(s.data[:2*k])
		} else {
			text += narrow(s.data[:k])
		}
		s.data, left = s.data[k*step:], left-k
		if left > 0 {
			s.data = nil
			v, ok := s.uint(1) // the width is said again
			if !ok {
				return text, false
			}
			wide = v&1 != 0
		}
	}
	s.skip(4*runs + extra)
	return text, true
}

func (x *biff) shared(at int) {
	n := le16(x.b[at+2:])
	s := &biffStrings{x: x, data: x.b[at+4 : at+4+n], next: at + 4 + n}
	s.skip(8)
	for {
		text, ok := s.string()
		if !ok {
			return
		}
		x.strings = append(x.strings, text)
	}
}

// sheet reads the cells of one sheet.
func (x *biff) sheet(s biffSheet) error {
	if s.at < 0 || s.at >= len(x.b) {
		return Corrupt
	}
	at := x.o.f.At
	at.Sheet = s.name
	r := &biffRows{x: x, table: newTable(x.o.out, at, s.name), row: -1, notes: newProse(x.o.out, at, item.Prose)}
	err := x.each(s.at, r.take)
	if flush := r.table.flush(); err == nil {
		err = flush
	}
	if err == nil {
		err = r.notes.flush()
	}
	return err
}

// biffRows follows the cells of a sheet.
type biffRows struct {
	x       *biff
	table   *table
	notes   *prose
	row     int
	formula [3]int // row, column, format of a formula whose text follows
	text    bool   // the next CONTINUE holds the text of a note
}

func (r *biffRows) take(kind int, d []byte, _ int) error {
	if kind == biffTXO {
		r.text = true
		return nil
	}
	if kind == biffContinue && r.text && len(d) > 1 {
		r.text = false
		s := narrow(d[1:])
		if d[0]&1 != 0 {
			s = utf16LE(d[1:])
		}
		r.notes.addString(s)
		return r.notes.end()
	}
	if kind == biffHeader || kind == biffFooter {
		s := r.x.text(d, 2)
		r.notes.addString(s)
		return r.notes.end()
	}
	if kind == biffString {
		s := r.x.text(d, 2)
		return r.cell(r.formula[0], r.formula[1], []byte(s))
	}
	if len(d) < 6 {
		return nil
	}
	row, column, format := le16(d), le16(d[2:]), le16(d[4:])
	switch kind {
	case biffLabelSST:
		if n := int(le32(pad(d[6:]))); n >= 0 && n < len(r.x.strings) {
			left := r.x.o.f.allowance() // one long text may stand in every cell
			if left.bytes -= int64(len(r.x.strings[n])); left.bytes < 0 {
				return bomb
			}
			return r.cell(row, column, []byte(r.x.strings[n]))
		}
	case biffLabel, biffRString:
		s := r.x.text(d[6:], 2)
		return r.cell(row, column, []byte(s))
	case biffNumber:
		if len(d) >= 14 {
			return r.number(row, column, format, math.Float64frombits(binary.LittleEndian.Uint64(d[6:])))
		}
	case biffRK:
		return r.number(row, column, format, rk(le32(pad(d[6:]))))
	case biffMulRK:
		for i := 4; i+6 <= len(d)-2; i += 6 {
			if err := r.number(row, column, le16(d[i:]), rk(le32(d[i+2:]))); err != nil {
				return err
			}
			column++
		}
	case biffFormula:
		if len(d) < 14 {
			return nil
		}
		r.formula = [3]int{row, column, format}
		if d[12] != 0xFF || d[13] != 0xFF {
			return r.number(row, column, format, math.Float64frombits(binary.LittleEndian.Uint64(d[6:])))
		}
	}
	return nil
}

// pad completes four bytes.
func pad(b []byte) []byte {
	if len(b) >= 4 {
		return b
	}
	return append(append([]byte{}, b...), 0xFF, 0xFF, 0xFF, 0xFF)
}

// rk decodes a number in 30 bits.
func rk(v uint32) float64 {
	var x float64
	if v&2 != 0 {
		x = float64(int32(v) >> 2)
	} else {
		x = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		x /= 100
	}
	return x
}

func (r *biffRows) number(row, column, format int, v float64) error {
	var b []byte
	if format < len(r.x.dates) && r.x.dates[format] {
		b = appendSerialDate(nil, v, r.x.from04)
	} else {
		b = strconv.AppendFloat(nil, v, 'f', -1, 64)
	}
	return r.cell(row, column, b)
}

func (r *biffRows) cell(row, column int, text []byte) error {
	if row != r.row {
		r.row = row
		if err := r.table.row(row + 1); err != nil {
			return err
		}
	}
	r.table.cell(column, text)
	return nil
}
