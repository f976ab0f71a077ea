package document

import (
	"bytes"

	"github.com/ecart-rgpd/ecart/item"
)

// readDOC reads the text of a Word 97 document through its piece table: the main
// text and behind it notes, headers, comments and text boxes.
func readDOC(o *oleFile) error {
	b, err := o.bytes("WordDocument")
	if err != nil {
		return err
	}
	if len(b) < 0x1AA {
		return Truncated
	}
	flags := le16(b[0x0A:])
	if flags&0x100 != 0 {
		return Encrypted
	}
	tableName := "0Table"
	if flags&0x200 != 0 {
		tableName = "1Table"
	}
	t, err := o.bytes(tableName)
	if err != nil {
		return err
	}
	at, n := int(le32(b[0x1A2:])), int(le32(b[0x1A6:]))
	if at < 0 || n < 0 || at+n > len(t) {
		return Corrupt
	}
	pieces := pieceTable(t[at : at+n])
	if pieces == nil {
		return Corrupt
	}
	d := &wordDoc{text: newProse(o.out, o.f.At, item.Prose), o: o}
	if err := d.pieces(b, pieces); err != nil {
		return err
	}
	return d.text.flush()
}

// pieceTable passes over the formats before the table of pieces.
func pieceTable(clx []byte) []byte {
	for len(clx) > 3 && clx[0] == 1 {
		n := 3 + le16(clx[1:])
		if n > len(clx) {
			return nil
		}
		clx = clx[n:]
	}
	if len(clx) < 5 || clx[0] != 2 {
		return nil
	}
	n := int(le32(clx[1:]))
	if n < 0 || n > len(clx)-5 {
		return nil
	}
	return clx[5 : 5+n]
}

// A wordDoc follows paragraphs and cells.
type wordDoc struct {
	o    *oleFile
	text *prose
}

// pieces reads each stretch of text: positions first, then where it stands.
func (d *wordDoc) pieces(b, table []byte) error {
	n := (len(table) - 4) / 12
	for i := range n {
		count := int(le32(table[4*(i+1):])) - int(le32(table[4*i:]))
		at := int(le32(table[4*(n+1)+8*i+2:]))
		wide := at&(1<<30) == 0
		at &= 1<<30 - 1
		if wide {
			count *= 2
		} else {
			at /= 2
		}
		if count < 0 || at < 0 || at+count > len(b) {
			return Corrupt
		}
		if err := d.piece(b[at:at+count], wide); err != nil {
			return err
		}
	}
	return nil
}

func (d *wordDoc) piece(b []byte, wide bool) error {
	text := latin(b)
	if wide {
		// A zero ends no text here: pieces hold none.
		text = []byte(utf16LE(bytes.ReplaceAll(b, []byte{0, 0}, []byte{' ', 0})))
	}
	for _, line := range bytes.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\f' || r == '\v' || r == '\x0E' }) {
		for _, c := range bytes.Split(line, []byte{7}) {
			d.text.add(bytes.Map(plainWord, c))
			d.text.space()
		}
		if err := d.text.end(); err != nil {
			return err
		}
	}
	return nil
}

// plainWord drops the marks of fields, pictures and notes.
func plainWord(r rune) rune {
	switch {
	case r == '\t' || r == '\x1E':
		return ' '
	case r == '\x1F':
		return -1
	case r < ' ':
		return ' '
	}
	return r
}
