package document

import (
	"context"
	"path"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// readXLSX reads workbooks: all sheets, hidden ones too, shared strings, dates,
// comments, headers and footers, defined names, pivot caches and charts.
func readXLSX(ctx context.Context, p *pack) error {
	b := &workbook{p: p}
	if err := b.load(); err != nil {
		return err
	}
	for _, s := range b.sheets {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := p.try(s.file, func(string) error { return b.sheet(s) }); err != nil {
			return err
		}
		delete(p.entries, s.file)
	}
	for _, folder := range []string{"xl/comments", "xl/threadedComments/", "xl/drawings/", "xl/charts/", "xl/pivotCache/", "xl/externalLinks/", "xl/worksheets/", "xl/chartsheets/", "xl/tables/", "xl/persons/"} {
		for _, name := range p.match(folder, ".xml") {
			if _, left := p.entries[name]; !left {
				continue
			}
			if err := p.try(name, func(n string) error { return b.aside(n) }); err != nil {
				return err
			}
		}
	}
	return p.rest("xl/")
}

// A workbook is what its sheets share.
type workbook struct {
	p       *pack
	sheets  []sheet
	strings []byte            // shared strings, glued
	ends    []uint32          // where each ends
	dates   []bool            // by style: shown as a date
	old     bool              // days are counted from 1904
	ofFile  map[string]string // comments file → sheet
}

// A sheet is one table of a workbook.
type sheet struct{ name, file string }

// maxStrings bounds the shared strings kept in memory, in bytes. Those beyond
// are read as running text, without their column.
const maxStrings = 16 << 20

func (b *workbook) load() error {
	files, err := b.relations("xl/_rels/workbook.xml.rels", "xl/")
	if err != nil {
		return err
	}
	names := newProse(b.p.out, b.p.f.At, item.Meta)
	inName := false
	err = b.p.walk("xl/workbook.xml", func(x *xmlReader) error {
		switch {
		case x.kind == xmlStart && string(x.name) == "sheet":
			if file := files[x.attr("id")]; file != "" {
				b.sheets = append(b.sheets, sheet{name: x.attr("name"), file: file})
			}
		case x.kind == xmlStart && string(x.name) == "workbookPr":
			v := x.attr("date1904")
			b.old = v == "1" || v == "true"
		case x.kind == xmlStart && string(x.name) == "definedName":
			names.addString(x.attr("name") + ": ")
			inName = true
		case x.kind == xmlText && inName:
			names.add(x.text)
		case x.kind == xmlEnd && inName:
			inName = false
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
	if err := b.styles(); err != nil {
		return err
	}
	b.ofFile = map[string]string{}
	for _, s := range b.sheets {
		dir, base := path.Split(s.file)
		linked, err := b.relations(dir+"_rels/"+base+".rels", dir)
		if err != nil {
			return err
		}
		for _, file := range linked {
			b.ofFile[file] = s.name
		}
	}
	return b.p.try("xl/sharedStrings.xml", b.shared)
}

// relations reads which file an id stands for.
func (b *workbook) relations(name, dir string) (map[string]string, error) {
	files := map[string]string{}
	err := b.p.walk(name, func(x *xmlReader) error {
		if x.kind == xmlStart && string(x.name) == "Relationship" && x.attr("TargetMode") != "External" {
			to := x.attr("Target")
			if strings.HasPrefix(to, "/") {
				to = to[1:]
			} else {
				to = path.Join(dir, to)
			}
			files[x.attr("Id")] = to
		}
		return nil
	})
	return files, err
}

// styles notes which cell formats show a number as a date.
func (b *workbook) styles() error {
	custom, inCells := map[string]bool{}, false
	return b.p.walk("xl/styles.xml", func(x *xmlReader) error {
		name := string(x.name)
		switch {
		case name == "cellXfs" && x.kind != xmlText:
			inCells = x.kind == xmlStart
		case x.kind != xmlStart:
		case name == "numFmt":
			custom[x.attr("numFmtId")] = isDateFormat(x.attr("formatCode"))
		case name == "xf" && inCells:
			id := x.attr("numFmtId")
			n, _ := strconv.Atoi(id) // 0 is "general"
			b.dates = append(b.dates, n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58 || custom[id])
		}
		return nil
	})
}

// isDateFormat tells `dd/mm/yyyy` from `0.00` and `[Red]0`.
func isDateFormat(code string) bool {
	quoted, bracket := false, false
	y, d := false, false
	for _, c := range strings.ToLower(code) {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case quoted || bracket:
		case c == 'y':
			y = true
		case c == 'd' || c == 'j':
			d = true
		}
	}
	return y || d
}

// shared reads the strings that cells refer to by number.
func (b *workbook) shared(name string) error {
	over := newProse(b.p.out, b.p.f.At, item.Data)
	inText, phonetic := false, 0
	err := b.p.walk(name, func(x *xmlReader) error {
		switch tag := string(x.name); {
		case x.kind == xmlText:
			if inText && phonetic == 0 {
				b.strings = append(b.strings, x.text...)
			}
		case tag == "t":
			inText = x.kind == xmlStart
		case tag == "rPh":
			phonetic += 1 - 2*int(x.kind)
		case tag == "si" && x.kind == xmlEnd:
			return b.endString(over)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return over.flush()
}

// endString closes a shared string; what is over the bound is read at once.
func (b *workbook) endString(over *prose) error {
	start := uint32(0)
	if n := len(b.ends); n > 0 {
		start = b.ends[n-1]
	}
	if len(b.strings) <= maxStrings && len(b.ends) < maxStrings/8 {
		b.ends = append(b.ends, uint32(len(b.strings)))
		return nil
	}
	over.add(b.strings[start:])
	b.strings = b.strings[:start]
	return over.end()
}

// text returns shared string n.
func (b *workbook) text(n int) []byte {
	if n < 0 || n >= len(b.ends) {
		return nil
	}
	start := uint32(0)
	if n > 0 {
		start = b.ends[n-1]
	}
	return b.strings[start:b.ends[n]]
}

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

// aside reads what is beside the cells: comments, drawings, caches.
func (b *workbook) aside(name string) error {
	place := item.Place{Sheet: b.ofFile[name]}
	if !strings.HasPrefix(name, "xl/pivotCache/") {
		return b.p.wordText(name, place)
	}
	at := b.p.f.At
	text := newProse(b.p.out, at, item.Data)
	err := b.p.walk(name, func(x *xmlReader) error {
		if x.kind == xmlStart {
			if v := x.attr("v"); v != "" {
				text.addString(v)
				return text.end()
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return text.flush()
}
