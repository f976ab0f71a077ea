package document

import "github.com/ecart-rgpd/ecart/item"

// maxStrings bounds the shared strings kept in memory, in bytes. Those beyond
// are read as running text, without their column.
const maxStrings = 16 << 20

// maxCell bounds the text of one cell, in bytes. Programs write 32,767
// characters; what is more is read as running text, without its column.
const maxCell = 256 << 10

// shared reads the strings that cells refer to by number.
func (b *workbook) shared(name string) error {
	over := newProse(b.p.out, b.p.f.At, item.Data)
	inText, phonetic := false, 0
	err := b.p.walk(name, func(x *xmlReader) error {
		switch tag := string(x.name); {
		case x.kind == xmlText:
			if inText && phonetic == 0 {
				return b.addString(x.text, over)
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

// addString adds to the string at hand; one longer than any program writes is read
// as running text from there on.
func (b *workbook) addString(text []byte, over *prose) error {
	start := 0
	if n := len(b.ends); n > 0 {
		start = int(b.ends[n-1])
	}
	if len(b.strings)-start > maxCell {
		over.add(text)
		return over.long()
	}
	b.strings = append(b.strings, text...)
	return nil
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
	text := b.strings[start:b.ends[n]]
	b.p.f.allowance().bytes -= int64(len(text)) // one long text may stand in every cell
	return text
}
