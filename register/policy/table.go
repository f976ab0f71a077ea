package policy

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item/pattern"
)

// A table is rows of cells, with the field each column holds.
type table struct {
	no      int
	columns []string // field of labels.yml, "" when the header says none
	heads   []string // the header's own words, nil when no row is one by its mark
	rows    [][]cell
}

var (
	separatorRE = pattern.New(`^[\s|:+-]*-{2,}[\s|:+-]*$`)
	rowNumberRE = pattern.New(`^\s*\d{1,3}\s*\|?\s*$`)
)

// A tabler reads the cells of a table that was flattened into lines.
type tabler struct {
	b     *builder
	t     *table
	width int // cells a row; 0 while unknown
	row   []cell
	open  bool // the last cell goes on on the next line
}

// readTable reads the table that begins at line i; nil when there is none.
func (b *builder) readTable(i int) (*table, int) {
	if b.lines[i].kind == rowLine {
		return b.elementTable(i)
	}
	r := &tabler{b: b, t: &table{no: b.lines[i].no}}
	r.header(b.labelsBefore(i))
	start := i
	i = r.stackedHeader(i)
	for i < len(b.lines) {
		l := b.lines[i]
		switch {
		case l.kind == blankLine:
			if !r.pipeSoon(i) {
				return r.finish(start, i)
			}
		case separatorRE.MatchString(l.text):
			r.underline()
		case strings.Contains(l.text, "|"):
			r.line(l)
		case r.unfinished() && !r.stops(i):
			r.goOn(l)
		default:
			return r.finish(start, i)
		}
		i++
	}
	return r.finish(start, i)
}

// elementTable reads the rows of a page's table.
func (b *builder) elementTable(i int) (*table, int) {
	t := &table{no: b.lines[i].no}
	for ; i < len(b.lines) && b.lines[i].kind == rowLine; i++ {
		cells := b.lines[i].cells
		if b.lines[i].head && len(t.rows) == 0 && len(cells) > 1 {
			t.header(b.v, cells)
			continue
		}
		// An office document may hand over its header second.
		if len(t.rows) <= 1 && t.columns == nil {
			if fields := (&tabler{b: b}).labels(cells); fields != nil {
				t.columns, t.heads = fields, textsOf(cells)
				continue
			}
		}
		t.rows = append(t.rows, cells)
	}
	return t, i
}

// header reads a row of heads; a second one says more of the columns it names again.
func (t *table) header(v *vocabulary, cells []cell) {
	heads, columns := textsOf(cells), v.fieldsOfHeads(cells)
	for i := range min(len(heads), len(t.heads)) {
		if columns[i] == "" {
			heads[i], columns[i] = t.heads[i], t.columns[i]
		}
	}
	t.heads, t.columns = heads, columns
}

// underline makes the row above a Markdown rule the header.
func (r *tabler) underline() {
	r.flush()
	if len(r.t.rows) != 1 || r.t.columns != nil {
		return
	}
	row := r.t.rows[0]
	r.t.heads, r.t.columns, r.t.rows = textsOf(row), r.b.v.fieldsOfHeads(row), nil
	r.width = len(row)
}

// labelsBefore takes back labels that stand one a line before the first row.
func (b *builder) labelsBefore(i int) []string {
	var fields []string
	k := len(b.out)
	for ; k > 0; k-- {
		p := b.out[k-1]
		f := b.v.labelOf(p.text)
		if p.kind == tableBlock || f == "" || p.no >= b.lines[i].no || b.lines[i].no-p.no > 14 {
			break
		}
		fields = append([]string{f}, fields...)
	}
	if len(fields) < 2 {
		return nil
	}
	for _, p := range b.out[k:] {
		if p.kind == heading && b.section.parent != nil {
			b.section = b.section.parent
		}
	}
	b.out = b.out[:k]
	return fields
}

func (r *tabler) header(fields []string) {
	if fields != nil {
		r.t.columns, r.width = fields, len(fields)
	}
}

// stackedHeader reads a header of which each label stands on its own line, and
// returns the line after it.
func (r *tabler) stackedHeader(i int) int {
	var fields []string
	n := 0
	j := i
	for ; j < len(r.b.lines) && j < i+10; j++ {
		cells := cellsOf(r.b.lines[j])
		if r.b.lines[j].kind == blankLine || len(cells) != 1 {
			break
		}
		f := r.b.v.labelOf(cells[0].text)
		if f == "" && strings.TrimSpace(cells[0].text) != "" {
			break
		}
		if f != "" {
			fields = append(fields, f)
		}
		n++
	}
	if len(fields) < 2 {
		return i
	}
	r.t.columns, r.width = fields, n
	return j
}

// cellsOf cuts a line at its pipes. A closing pipe adds no cell; a line of one
// pipe alone closes the cell before.
func cellsOf(l line) []cell {
	s := strings.TrimSpace(l.text)
	if s == "|" {
		return []cell{{no: l.no}}
	}
	if strings.HasPrefix(s, "|") && strings.Count(s, "|") > 1 {
		s = s[1:]
	}
	s = strings.TrimSuffix(s, "|")
	var out []cell
	for _, c := range strings.Split(s, "|") {
		out = append(out, cell{strings.TrimSpace(c), l.no})
	}
	return out
}

// labels returns the fields of a header; nil when the cells are none.
func (r *tabler) labels(cells []cell) []string {
	var fields []string
	known := 0
	for _, c := range cells {
		f := r.b.v.headOf(c.text)
		if f != "" {
			known++
		} else if len(strings.Fields(c.text)) > 6 {
			return nil
		}
		fields = append(fields, f)
	}
	if known < 2 || known*2 < len(cells) {
		return nil
	}
	return fields
}

// line reads a line with pipes.
func (r *tabler) line(l line) {
	cells := cellsOf(l)
	closed := strings.HasSuffix(strings.TrimSpace(l.text), "|")
	if len(r.row) == 0 || !r.open {
		if fields := r.labels(cells); fields != nil {
			r.flush()
			r.t.columns, r.width = fields, len(fields)
			r.t.heads = textsOf(cells)
			return
		}
	}
	if r.width == 0 {
		r.width = len(cells)
	}
	if strings.TrimSpace(l.text) == "|" && r.open {
		r.open = false
		r.full()
		return
	}
	if rowNumberRE.MatchString(l.text) && len(cells) == 1 && r.numbered() {
		r.flush()
	}
	more := len(cells)
	if r.open {
		more--
	}
	if len(r.row) > 0 && len(r.row)+more > r.width {
		r.flush()
	}
	for k, c := range cells {
		if k == 0 && r.open && len(r.row) > 0 {
			last := &r.row[len(r.row)-1]
			last.text = strings.TrimSpace(last.text + " " + c.text)
			continue
		}
		r.row = append(r.row, c)
	}
	r.open = !closed
	r.full()
}

// numbered tells whether a number alone begins a row here.
func (r *tabler) numbered() bool {
	return len(r.t.rows) == 0 && len(r.row) == 0 || len(r.row) >= r.width-1 || len(r.t.rows) > 0 && rowNumberRE.MatchString(r.t.rows[0][0].text)
}

// full ends a row that has all its cells.
func (r *tabler) full() {
	if !r.open && len(r.row) >= r.width {
		r.flush()
	}
}

// goOn reads a line without a pipe: the rest of a cell, or a cell of its own.
func (r *tabler) goOn(l line) {
	text := strings.TrimSpace(l.text)
	if r.open && len(r.row) > 0 {
		last := &r.row[len(r.row)-1]
		last.text = strings.TrimSpace(last.text + " " + text)
		return
	}
	r.row = append(r.row, cell{text, l.no})
	r.open = true
}

func (r *tabler) unfinished() bool {
	return len(r.row) > 0 && (r.open && len(r.row) < r.width || !r.open && len(r.row) < r.width || r.open && len(r.row) == r.width && r.midSentence())
}

// midSentence tells whether the open cell was cut by the end of its line.
func (r *tabler) midSentence() bool {
	s := r.row[len(r.row)-1].text
	return strings.HasSuffix(s, ",") || strings.HasSuffix(s, " et") || strings.HasSuffix(s, " de") || s == ""
}

// stops tells whether a line without a pipe ends the table: a heading, or an
// item, when no row with pipes follows.
func (r *tabler) stops(i int) bool {
	if _, _, ok := r.b.headingAt(i); ok {
		return !r.pipeSoon(i) || numberRE.MatchString(strings.TrimSpace(r.b.lines[i].text))
	}
	return false
}

// pipeSoon tells whether the table goes on within two lines.
func (r *tabler) pipeSoon(i int) bool {
	seen := 0
	for j := i + 1; j < len(r.b.lines) && seen < 2; j++ {
		if r.b.lines[j].kind == blankLine {
			continue
		}
		if _, _, ok := r.b.headingAt(j); ok {
			return false
		}
		if strings.Contains(r.b.lines[j].text, "|") {
			return true
		}
		seen++
	}
	return false
}

func (r *tabler) flush() {
	for len(r.row) > 0 && len(r.row) > r.width && strings.TrimSpace(r.row[len(r.row)-1].text) == "" {
		r.row = r.row[:len(r.row)-1]
	}
	if len(r.row) > 0 {
		r.t.rows = append(r.t.rows, r.row)
	}
	r.row, r.open = nil, false
}

// finish returns the table, or nil when the lines were none: a pipe in a
// sentence, a menu.
func (r *tabler) finish(start, end int) (*table, int) {
	r.flush()
	if len(r.t.rows) == 0 || r.width < 2 && len(r.t.columns) < 2 || len(r.t.rows) == 1 && r.t.columns == nil {
		return nil, start
	}
	return r.t, end
}
