package document

import "io"

// A pstTable is a table on a heap: rows of cells (MS-PST 2.3.4).
type pstTable struct {
	*pstObject // for values that lie beside the heap
	columns    []pstColumn
	row, bits  int // bytes of a row, and where the bits of its cells begin
	rows       uint32
}

type pstColumn struct {
	id, kind, at, size, bit int
}

// table reads the head of the table in a node.
func (p *pstFile) table(n pstNode) (*pstTable, error) {
	h, err := p.heap(n.data)
	if err != nil {
		return nil, err
	}
	b := h.item(h.root)
	if h.client != 0x7C || len(b) < 22 || b[0] != 0x7C {
		return nil, Corrupt
	}
	t := &pstTable{pstObject: &pstObject{pstHeapOn: h}, bits: le16(b[6:]), row: le16(b[8:]), rows: le32(b[14:])}
	if t.subs, err = p.subnodes(n.sub); err != nil {
		return nil, err
	}
	for i, c := 0, b[22:]; i < int(b[1]) && len(c) >= 8; i, c = i+1, c[8:] {
		t.columns = append(t.columns, pstColumn{le16(c[2:]), le16(c), le16(c[4:]), int(c[6]), int(c[7])})
	}
	if t.row == 0 || t.bits > t.row {
		return nil, Corrupt
	}
	return t, nil
}

// each visits the rows. Rows do not cross blocks.
func (t *pstTable) each(row func(text func(id int) string) error) error {
	if t.rows == 0 {
		return nil
	}
	r, _ := t.open(t.rows)
	s, _ := r.(*pstStream)
	for left := pstRecords; ; {
		b := s.now
		s.now = nil
		for ; len(b) >= t.row; b, left = b[t.row:], left-1 {
			if left == 0 {
				t.lose(TooLarge)
				return nil
			}
			cells := b[:t.row]
			if err := row(func(id int) string { return t.cell(cells, id) }); err != nil {
				return err
			}
		}
		if _, err := s.Read(nil); err != nil { // the next block
			if err == io.EOF { //nolint:errorlint // our own
				return nil
			}
			return err
		}
	}
}

// cell returns the text in a column of a row.
func (t *pstTable) cell(row []byte, id int) string {
	for _, c := range t.columns {
		if c.id != id || c.kind != pstText && c.kind != pstBytes8 {
			continue
		}
		if bit := t.bits + c.bit/8; bit >= len(row) || row[bit]&(0x80>>(c.bit%8)) == 0 || c.at+4 > len(row) {
			return "" // no value
		}
		return t.textAt(c.kind, le32(row[c.at:]))
	}
	return ""
}
