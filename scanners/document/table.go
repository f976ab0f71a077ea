package document

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// Bounds on the blocks a table is handed over in.
const (
	tableText  = 128 << 10 // bytes
	tableMost  = 1 << 20   // bytes of one row, before it is handed over in pieces
	tableCells = 32 << 10  // cells
	tableRows  = 60        // first rows kept back to tell the header
	titleRows  = 10        // rows above a header
)

// A table gathers the cells of a sheet into segments. Its first rows wait until
// they tell whether one of them is a header.
type table struct {
	out       Out
	at        item.Location
	container string

	text    []byte
	cells   item.Cells
	rows    []int // index in cells of the first cell of each row
	widest  int
	headed  bool // the columns are settled
	columns []item.Column
	numbers []int // rows as the program numbers them
	fail    error // of handing over a piece of a row
}

// newTable starts a table called container, "" without a name.
func newTable(out Out, at item.Location, container string) *table {
	return &table{out: out, at: at, container: container}
}

// row starts a row; number is its line for findings.
func (t *table) row(number int) error {
	if t.fail != nil {
		return t.fail
	}
	if !t.headed && (len(t.rows) >= tableRows || len(t.cells) >= tableCells || len(t.text) >= tableMost) {
		t.settle()
	}
	if t.headed && (len(t.text) >= tableText || len(t.cells) >= tableCells) {
		if err := t.emit(); err != nil {
			return err
		}
	}
	if n := len(t.text); n > 0 {
		t.text[n-1] = '\n'
	}
	t.rows = append(t.rows, len(t.cells))
	t.numbers = append(t.numbers, number)
	return nil
}

// cell adds a cell to the row; column counts from 0. Empty ones leave no trace.
func (t *table) cell(column int, text []byte) {
	if len(text) == 0 || len(t.numbers) == 0 {
		return
	}
	if len(t.text)+len(text) > tableMost && len(t.cells) > 0 {
		t.split()
	}
	column = min(column, maxColumns-1)
	start := len(t.text)
	t.text = append(t.text, text...)
	t.cells = append(t.cells, item.Cell{Column: column, Start: start, End: len(t.text), Line: t.numbers[len(t.numbers)-1]})
	t.text = append(t.text, '\t')
	t.widest = max(t.widest, column+1)
}

// split hands over what there is of a row of enormous cells and goes on with it.
func (t *table) split() {
	number := t.numbers[len(t.numbers)-1]
	if !t.headed {
		t.settle()
	}
	if err := t.emit(); t.fail == nil {
		t.fail = err
	}
	t.rows, t.numbers = append(t.rows, 0), append(t.numbers, number)
}

// flush hands over what is left.
func (t *table) flush() error {
	if t.fail != nil {
		return t.fail
	}
	if !t.headed {
		t.settle()
	}
	return t.emit()
}

// rowCells returns the cells of the i-th row at hand.
func (t *table) rowCells(i int) item.Cells {
	if i+1 < len(t.rows) {
		return t.cells[t.rows[i]:t.rows[i+1]]
	}
	return t.cells[t.rows[i]:]
}

// strings returns a row as one string a column.
func (t *table) strings(i, width int) []string {
	row := make([]string, width)
	for _, c := range t.rowCells(i) {
		if c.Column < width {
			row[c.Column] = strings.TrimSpace(string(t.text[c.Start:min(c.End, c.Start+200)]))
		}
	}
	return row
}

// settle decides on the columns from the first rows.
func (t *table) settle() {
	t.headed = true
	width := min(t.widest, 512)
	rows := make([][]string, len(t.rows))
	for i := range t.rows {
		rows[i] = t.strings(i, width)
	}
	for i := range rows[:min(len(rows), titleRows)] {
		if named := len(t.rowCells(i)); named*2 < width || named < 2 && width > 1 {
			continue
		}
		if isHeader(rows[i], rows[i+1:]) {
			t.columns = columnsNamed(t.container, rows[i], t.numbers[i])
			t.dropRow(i)
			break
		}
	}
	t.widen()
}

// dropRow takes the header out of the cells: its words are names, not values.
func (t *table) dropRow(i int) {
	from := t.rows[i]
	to := from + len(t.rowCells(i))
	t.cells = append(t.cells[:from], t.cells[to:]...)
	for j := i + 1; j < len(t.rows); j++ {
		t.rows[j] -= to - from
	}
}

// widen gives every column met a name.
func (t *table) widen() {
	if n := len(t.columns); n < t.widest {
		t.columns = append(t.columns[:n:n], columnsNumbered(t.container, t.widest)[n:]...)
	}
}

// emit hands over the rows at hand.
func (t *table) emit() error {
	if len(t.cells) == 0 {
		t.reset()
		if len(t.columns) == 0 {
			return nil
		}
		err := t.out.Segment(&item.Segment{At: t.at, Kind: item.Declare, Columns: t.columns})
		t.columns = nil
		return err
	}
	t.widen()
	if n := len(t.text); t.text[n-1] == '\t' {
		t.text[n-1] = '\n'
	}
	s := item.Segment{At: t.at, Kind: item.Table, Text: t.text, Columns: t.columns, Grid: t.cells}
	s.At.Line = t.cells[0].Line
	err := t.out.Segment(&s)
	t.reset()
	return err
}

func (t *table) reset() {
	t.text, t.cells, t.rows, t.numbers = t.text[:0], t.cells[:0], t.rows[:0], t.numbers[:0]
}
