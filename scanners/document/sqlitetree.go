package document

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"unicode/utf8"
)

// walk calls take for every row of the tree at page n.
func (s *sqliteFile) walk(n uint32, depth int, take func(int64, []any) error) error {
	if depth > sqliteDepth || s.met[n] {
		s.broken = true
		return nil
	}
	s.met[n] = true
	b, err := s.read(n)
	if err != nil {
		s.broken = true
		return nil //nolint:nilerr // broken says it, and the other pages are read
	}
	h := b
	if n == 1 {
		h = b[100:]
	}
	cells := int(binary.BigEndian.Uint16(h[3:]))
	switch h[0] {
	case 13:
		return s.leaf(b, h[8:], cells, take)
	case 5:
		for i := range cells {
			at := s.pointer(b, h[12:], i)
			if at < 0 || at+4 > len(b) {
				s.broken = true
				continue
			}
			if err := s.walk(binary.BigEndian.Uint32(b[at:]), depth+1, take); err != nil {
				return err
			}
		}
		return s.walk(binary.BigEndian.Uint32(h[8:]), depth+1, take)
	case 10, 2:
		return s.index(b, h, cells, depth, take) // a table without row numbers
	}
	s.broken = true
	return nil
}

func (s *sqliteFile) read(n uint32) ([]byte, error) {
	at := int64(n-1) * int64(s.page)
	if n == 0 || at+int64(s.page) > s.size {
		return nil, errSQLite
	}
	b := make([]byte, s.page)
	if s.log != nil {
		if at, ok := s.log.at[n]; ok {
			if _, err := s.log.r.ReadAt(b, at); err != nil {
				return nil, err
			}
			return b, nil
		}
	}
	if _, err := s.r.ReadAt(b, at); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b, nil
}

// pointer returns where cell i stands on its page; -1 outside.
func (s *sqliteFile) pointer(b, pointers []byte, i int) int {
	if 2*i+2 > len(pointers) {
		return -1
	}
	at := int(binary.BigEndian.Uint16(pointers[2*i:]))
	if at >= len(b) {
		return -1
	}
	return at
}

// leaf reads the rows of a page of rows.
func (s *sqliteFile) leaf(b, pointers []byte, cells int, take func(int64, []any) error) error {
	for i := range cells {
		at := s.pointer(b, pointers, i)
		if at < 0 {
			s.broken = true
			continue
		}
		size, n1 := varint(b[at:])
		id, n2 := varint(b[min(at+n1, len(b)):])
		record, err := s.payload(b, at+n1+n2, int64(size), s.usable-35)
		if err != nil {
			s.broken = true
			continue
		}
		if err := take(int64(id), s.row(record)); err != nil {
			return err
		}
	}
	return nil
}

// index reads the rows of a table that is its own index.
func (s *sqliteFile) index(b, h []byte, cells, depth int, take func(int64, []any) error) error {
	head := 8
	if h[0] == 2 {
		head = 12
	}
	for i := range cells {
		at := s.pointer(b, h[head:], i)
		if at < 0 || at+5 > len(b) {
			s.broken = true
			continue
		}
		if h[0] == 2 {
			if err := s.walk(binary.BigEndian.Uint32(b[at:]), depth+1, take); err != nil {
				return err
			}
			at += 4
		}
		size, n := varint(b[at:])
		record, err := s.payload(b, at+n, int64(size), (s.usable-12)*64/255-23)
		if err != nil {
			s.broken = true
			continue
		}
		if err := take(0, s.row(record)); err != nil {
			return err
		}
	}
	if h[0] == 2 {
		return s.walk(binary.BigEndian.Uint32(h[8:]), depth+1, take)
	}
	return nil
}

// payload gathers a record that may go on in other pages. most is what a page
// keeps of one.
func (s *sqliteFile) payload(b []byte, at int, size int64, most int) ([]byte, error) {
	if size < 0 || size > sqliteRecord || at > len(b) {
		return nil, errSQLite
	}
	if size <= int64(most) {
		if at+int(size) > len(b) {
			return nil, errSQLite
		}
		return b[at : at+int(size)], nil
	}
	least := (s.usable-12)*32/255 - 23
	local := least + (int(size)-least)%(s.usable-4)
	if local > most {
		local = least
	}
	if at+local+4 > len(b) {
		return nil, errSQLite
	}
	record := append(make([]byte, 0, size), b[at:at+local]...)
	next := binary.BigEndian.Uint32(b[at+local:])
	for int64(len(record)) < size {
		more, err := s.read(next)
		if err != nil {
			return nil, err
		}
		next = binary.BigEndian.Uint32(more)
		record = append(record, more[4:min(s.usable, 4+int(size)-len(record))]...)
	}
	return record, nil
}

// row reads the values of a record.
func (s *sqliteFile) row(b []byte) []any {
	head, n := varint(b)
	if head > uint64(len(b)) {
		s.broken = true
		return nil
	}
	var row []any
	at := int(head)
	for i := n; i < int(head) && len(row) < sqliteColumns; {
		kind, k := varint(b[i:])
		i += k
		v, size := s.value(kind, b[min(at, len(b)):])
		row = append(row, v)
		at += size
	}
	return row
}

// value reads one value by its type and returns its size too.
func (s *sqliteFile) value(kind uint64, b []byte) (any, int) {
	sizes := [...]int{0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0}
	if kind < 12 {
		n := sizes[kind]
		if n > len(b) {
			return nil, n
		}
		switch kind {
		case 0, 10, 11:
			return nil, 0
		case 7:
			return math.Float64frombits(binary.BigEndian.Uint64(b)), 8
		case 8, 9:
			return int64(kind - 8), 0
		}
		v := int64(int8(b[0]))
		for _, c := range b[1:n] {
			v = v<<8 | int64(c)
		}
		return v, n
	}
	n := int(min((kind-12)/2, sqliteRecord))
	if n > len(b) {
		return nil, n
	}
	if kind%2 == 1 && s.wide {
		return s.decode(b[:n]), n
	}
	return b[:n], n
}

// decode turns UTF-16 text into UTF-8.
func (s *sqliteFile) decode(b []byte) []byte {
	c := charset{unit: 2, big: s.big}
	out := make([]byte, 2*len(b)+utf8.UTFMax)
	_, n := c.decode(out, b, true)
	return out[:n]
}

// varint reads a number of one to nine bytes.
func varint(b []byte) (v uint64, n int) {
	for n < len(b) && n < 8 {
		v = v<<7 | uint64(b[n]&0x7F)
		n++
		if b[n-1] < 0x80 {
			return v, n
		}
	}
	if n < len(b) {
		return v<<8 | uint64(b[n]), n + 1
	}
	return v, n
}
