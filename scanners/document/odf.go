package document

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// readODF reads OpenDocument texts, spreadsheets, presentations and drawings:
// they share the elements for paragraphs and tables.
func readODF(_ context.Context, p *pack) error {
	if locked, err := p.lockedODF(); err != nil || locked {
		if err == nil {
			err = Encrypted
		}
		return err
	}
	for _, name := range p.names {
		var err error
		switch base := name[strings.LastIndexByte(name, '/')+1:]; {
		case base == "content.xml", base == "styles.xml":
			err = p.try(name, p.odfText)
		case base == "meta.xml":
			err = p.try(name, p.properties)
		case strings.HasPrefix(name, "Pictures/"), strings.HasPrefix(name, "media/"):
			err = p.part(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lockedODF tells whether the parts are encrypted.
func (p *pack) lockedODF() (bool, error) {
	locked := false
	err := p.walk("META-INF/manifest.xml", func(x *xmlReader) error {
		locked = locked || x.kind == xmlStart && string(x.name) == "encryption-data"
		return nil
	})
	return locked, err
}

func (p *pack) odfText(name string) error {
	o := &odfReader{p: p, text: newProse(p.out, p.f.At, item.Prose), column: -1}
	if err := p.walk(name, o.step); err != nil {
		return err
	}
	return o.text.flush()
}

// An odfReader follows paragraphs, tables and pages.
type odfReader struct {
	p     *pack
	text  *prose
	page  int
	depth int // of paragraphs

	tables  int    // depth of tables
	table   *table // the outermost
	around  *prose // the text around it
	row     int
	column  int
	repeat  int    // columns the cell stands for
	rows    int    // rows the row stands for
	value   string // of a number or date
	kind    string // office:value-type
	noted   int    // depth of annotations within the cell
	aside   *prose // text of annotations
	isSheet bool
}

func (o *odfReader) step(x *xmlReader) error {
	switch x.kind {
	case xmlText:
		if o.depth > 0 {
			o.target().add(x.text)
			return o.target().long()
		}
		return nil
	case xmlStart:
		return o.start(x)
	}
	return o.end(string(x.name))
}

// target is where text goes: a note within a cell is no value of the cell.
func (o *odfReader) target() *prose {
	if o.noted > 0 && o.aside != nil {
		return o.aside
	}
	return o.text
}

func (o *odfReader) start(x *xmlReader) error {
	switch string(x.name) {
	case "p", "h", "title", "desc", "a", "creator", "date", "initial-creator":
		o.depth++
	case "s":
		n, _ := strconv.Atoi(x.attr("c")) // absent means one
		o.target().addString(strings.Repeat(" ", min(max(n, 1), 8)))
	case "tab", "line-break":
		o.target().space()
	case "page":
		o.page++
		return o.text.turn(item.Place{Page: o.page})
	case "spreadsheet":
		o.isSheet = true
	case "table":
		return o.openTable(x)
	case "table-row":
		return o.openRow(x)
	case "table-cell", "covered-table-cell":
		o.openCell(x)
	case "annotation":
		o.noted++
	}
	return o.formValue(x)
}

// formValue reads what is filled in forms.
func (o *odfReader) formValue(x *xmlReader) error {
	for _, name := range []string{"current-value", "label"} {
		if bytes.Contains(x.attrs, []byte(":"+name)) {
			if v := x.attr(name); v != "" {
				o.target().space()
				o.target().addString(v)
				o.target().space()
			}
		}
	}
	return nil
}

func (o *odfReader) end(name string) error {
	switch name {
	case "p", "h", "title", "desc", "a", "creator", "date", "initial-creator":
		o.depth = max(0, o.depth-1)
		if name != "a" {
			return o.target().end()
		}
	case "annotation":
		o.noted = max(0, o.noted-1)
	case "table-cell", "covered-table-cell":
		return o.closeCell()
	case "table":
		return o.closeTable()
	}
	return nil
}

func (o *odfReader) openTable(x *xmlReader) error {
	o.tables++
	if o.tables > 1 {
		return nil
	}
	if err := o.text.flush(); err != nil {
		return err
	}
	at := o.p.f.At
	at.Page = o.page
	name := x.attr("name")
	if o.isSheet {
		at.Sheet = name
	} else {
		name = "" // tables of a text are called Table1
	}
	o.table, o.around, o.row, o.rows = newTable(o.p.out, at, name), o.text, 0, 1
	o.aside = newProse(o.p.out, at, item.Prose)
	o.text = newProse(o.p.out, at, item.Prose)
	return nil
}

func (o *odfReader) openRow(x *xmlReader) error {
	if o.tables != 1 {
		return nil
	}
	o.row += o.rows
	o.rows = repeated(x, "number-rows-repeated")
	o.column, o.repeat = -1, 1
	return o.table.row(max(o.row, 1))
}

func repeated(x *xmlReader, name string) int {
	n, err := strconv.Atoi(x.attr(name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 1<<21)
}

func (o *odfReader) openCell(x *xmlReader) {
	if o.tables != 1 {
		return
	}
	if o.column < 0 {
		o.column = 0
	} else {
		o.column += o.repeat
	}
	o.repeat = repeated(x, "number-columns-repeated")
	o.kind, o.value = x.attr("value-type"), ""
	switch o.kind {
	case "float", "currency", "percentage":
		o.value = plainNumber(x.attr("value"))
	case "date":
		o.value, _, _ = strings.Cut(x.attr("date-value"), "T")
	}
	o.text.buf = o.text.buf[:0]
}

// plainNumber writes a number without exponent.
func plainNumber(s string) string {
	if !strings.ContainsAny(s, "eE") {
		return s
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// sameCells bounds how often a repeated cell is counted.
const sameCells = 1024

func (o *odfReader) closeCell() error {
	if o.tables != 1 {
		return nil
	}
	v := []byte(o.value)
	if o.value == "" {
		v = bytes.TrimSpace(o.text.buf)
	}
	if len(v) > 0 {
		same := min(o.repeat, sameCells, max(1, tableMost/len(v)))
		o.p.f.allowance().bytes -= int64((same - 1) * len(v))
		for i := range same {
			o.table.cell(o.column+i, v)
		}
	}
	o.text.buf = o.text.buf[:0]
	return nil
}

func (o *odfReader) closeTable() error {
	if o.tables == 0 {
		return nil
	}
	if o.tables--; o.tables > 0 {
		return nil
	}
	if err := o.table.flush(); err != nil {
		return err
	}
	err := o.aside.flush()
	o.text, o.aside, o.table = o.around, nil, nil
	return err
}
