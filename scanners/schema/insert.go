package schema

import (
	"bytes"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// insert reads the rows of `INSERT INTO t (a, b) VALUES (…), (…)`, and those of
// the statements after it as long as they fill the same columns. It returns
// false when the statement is another kind of INSERT.
func (x *reading) insert() (bool, error) {
	if x.header() < 0 {
		return false, nil
	}
	if err := x.flush(); err != nil {
		return true, err
	}
	x.start = x.start[:0]
	x.at = len(x.head)
	for {
		more, err := x.tuples()
		if err != nil {
			return true, err
		}
		if !more || !x.again() {
			break
		}
	}
	return true, x.flushRows()
}

// again moves past the header of the next statement when it is the same as
// before.
func (x *reading) again() bool {
	x.need(len(x.head) + 2)
	at := x.at
	for at < len(x.buf) && isBlank(x.buf[at]) {
		at++
	}
	x.at = at
	x.need(len(x.head))
	if !bytes.HasPrefix(x.buf[x.at:], x.head) {
		return false
	}
	x.at += len(x.head)
	return true
}

// tuples reads the rows up to the end of a statement and tells whether it ended
// as one: something else may follow the rows.
func (x *reading) tuples() (bool, error) {
	for {
		for x.at < len(x.buf) || x.more() {
			if c := x.buf[x.at]; !isBlank(c) && c != ',' {
				break
			}
			x.at++
		}
		if x.at >= len(x.buf) {
			return false, nil
		}
		switch x.buf[x.at] {
		case ';':
			x.at++
			return true, nil
		case '(':
			if err := x.row(); err != nil {
				return false, err
			}
		default:
			return x.dialect == tsql || x.dialect == generic, nil
		}
		if x.at >= x.hold {
			if err := x.flushRows(); err != nil {
				return false, err
			}
		}
	}
}

// row passes over one row. A row too long to hold is handed over as text.
func (x *reading) row() error {
	start := x.at
	t := tuple{dialect: x.dialect}
	for from := x.at; ; {
		end := t.scan(x.buf, from)
		if end >= 0 {
			x.start = append(x.start, int32(start))
			x.at = end
			return nil
		}
		if end == lost {
			x.sink.unread(x.lineAt(start), "a quote in this row does not close")
			x.at = t.resume
			return nil
		}
		from = len(x.buf)
		if from-start > maxStatement {
			return x.longRow(&t)
		}
		if !x.more() {
			x.sink.unread(x.lineAt(start), "a row of INSERT does not end")
			x.at = x.resyncRow(start)
			return nil
		}
		t.depth, t.quote, from = 0, 0, start // whole again, so that no escape is cut
	}
}

// resyncRow returns where to go on after a row without end.
func (x *reading) resyncRow(start int) int {
	at := x.at
	x.at = start
	end := x.resync()
	x.at = at
	return end
}

// longRow hands over a row that is too long to hold, piece by piece.
func (x *reading) longRow(t *tuple) error {
	if err := x.flushRows(); err != nil {
		return err
	}
	for {
		from := len(x.buf)
		x.at = from
		if x.at > overlap {
			if err := x.flush(); err != nil {
				return err
			}
			from = 0
		}
		if !x.more() {
			return nil
		}
		if end := t.scan(x.buf, from); end >= 0 {
			x.at = end
			return x.flush()
		}
	}
}

// overlap is how much text is held at least before a piece is handed over.
const overlap = 4096

// flushRows hands over the block of rows in hand, up to at.
func (x *reading) flushRows() error {
	if len(x.start) == 0 {
		return nil
	}
	text := x.buf[:x.at]
	b := block{offset: x.base, length: len(text), line: x.line, header: x.names, d: x.dialect}
	starts := x.start
	err := x.sink.rows(x.catalog.in(x.table), b, text, func(columns int) item.Grid {
		return &rowGrid{text: text, rows: starts, line: b.line, columns: columns, dialect: b.d, row: -1}
	})
	if err != nil {
		return err
	}
	x.drop(x.at)
	x.from = 0
	x.start = x.start[:0]
	return nil
}

// maxHeader bounds the list of columns of an INSERT.
const maxHeader = 1 << 20

// header reads from INSERT to VALUES and returns the offset after it, or -1 when
// no rows follow.
func (x *reading) header() int {
	if len(x.head) > 0 && x.need(len(x.head)) && bytes.HasPrefix(x.buf[x.at:], x.head) {
		return x.at + len(x.head)
	}
	end := x.toValues()
	if end < 0 {
		return -1
	}
	text := string(x.buf[x.at:end])
	p := &parse{src: text, dialect: x.dialect, tokens: lex(text, x.dialect)}
	n, list, ok := p.insertHead()
	if !ok {
		return -1
	}
	x.head = append(x.head[:0], x.buf[x.at:end]...)
	x.table, x.names = n, list
	return end
}

// toValues returns the offset after the word VALUES of an INSERT, or -1.
func (x *reading) toValues() int {
	depth := 0
	for i := x.at; ; {
		if i+300 > len(x.buf) && i-x.at < maxHeader && x.more() {
			continue
		}
		if i >= len(x.buf) || i-x.at > maxHeader {
			return -1
		}
		b := x.buf
		switch c := b[i]; {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ';':
			return -1
		case depth == 0 && isNameByte(c):
			switch w := wordAt(b, i); w {
			case "VALUES", "VALUE":
				return i + len(w)
			case "SELECT", "SET", "EXEC", "EXECUTE", "DEFAULT", "WITH", "ALL", "TABLE":
				return -1
			}
			for i < len(b) && isNameByte(b[i]) {
				i++
			}
			continue
		case special[c]:
			if next := skip(b, i, x.dialect); next > i {
				i = next
				continue
			}
			return -1
		}
		i++
	}
}

// insertHead reads the table and the columns an INSERT names.
func (p *parse) insertHead() (name, []string, bool) {
	p.oneOf("INSERT", "REPLACE")
	for p.oneOf("LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "IGNORE", "OR", "REPLACE", "ABORT", "ROLLBACK", "FAIL", "INTO", "OVERWRITE") {
		continue
	}
	n, ok := p.name()
	if !ok {
		return name{}, nil, false
	}
	for !p.done() && !p.peek().is("(") && p.peek().upper() != "VALUES" && p.peek().upper() != "VALUE" {
		p.i++ // an alias, a hint, a partition
	}
	if !p.peek().is("(") {
		return n, nil, true
	}
	group, _ := p.group()
	return n, names(group), true
}

// copyRows reads the rows of `COPY t (a, b) FROM stdin;`. It returns false when
// the rows are elsewhere.
func (x *reading) copyRows() (bool, error) {
	end := x.ending()
	if end < 0 {
		return false, nil
	}
	text := string(x.buf[x.at:end])
	if !strings.Contains(strings.ToLower(text), "from stdin") {
		return false, nil
	}
	p := &parse{src: text, dialect: x.dialect, tokens: lex(text, x.dialect)}
	p.next()
	n, ok := p.name()
	if !ok {
		return false, nil
	}
	x.table, x.names = n, nil
	if p.peek().is("(") {
		group, _ := p.group()
		x.names = names(group)
	}
	x.at = x.lineEnd(end)
	if err := x.flush(); err != nil {
		return true, err
	}
	delimiter := byte('\t')
	if strings.Contains(strings.ToLower(text), "csv") {
		delimiter = ','
	}
	return true, x.copied(delimiter)
}

// copied reads lines up to the one that ends a COPY, `\.`.
func (x *reading) copied(delimiter byte) error {
	for {
		last := x.copyEnd()
		if last {
			return x.flushCopy(delimiter)
		}
		if x.at >= window {
			if err := x.flushCopy(delimiter); err != nil {
				return err
			}
			if err := x.ctx.Err(); err != nil {
				return err
			}
		}
		if !x.more() {
			x.at = len(x.buf)
			return x.flushCopy(delimiter)
		}
		if x.at == 0 && len(x.buf) > maxStatement { // one endless line
			x.at = len(x.buf)
			if err := x.flush(); err != nil {
				return err
			}
		}
	}
}

// copyEnd moves past the whole lines in hand, and tells whether it met the line
// that ends the rows; at is then before it.
func (x *reading) copyEnd() bool {
	b := x.buf
	if x.at == 0 && bytes.HasPrefix(b, []byte(`\.`)) {
		return true
	}
	if i := bytes.Index(b[x.at:], []byte("\n\\.")); i >= 0 {
		if end := x.at + i + 3; end >= len(b) || b[end] == '\n' || b[end] == '\r' {
			x.at += i + 1
			return true
		}
	}
	if i := bytes.LastIndexByte(b[:max(0, len(b)-4)], '\n'); i+1 > x.at {
		x.at = i + 1
	}
	return false
}

// flushCopy hands over the lines up to at.
func (x *reading) flushCopy(delimiter byte) error {
	if x.at == 0 {
		return nil
	}
	text := x.buf[:x.at]
	b := block{offset: x.base, length: len(text), line: x.line, header: x.names, d: x.dialect, copied: delimiter}
	err := x.sink.rows(x.catalog.in(x.table), b, text, func(columns int) item.Grid {
		return &copyGrid{text: text, line: b.line, columns: columns, delimiter: delimiter}
	})
	if err != nil {
		return err
	}
	x.drop(x.at)
	x.from = 0
	return nil
}
