package document

import "io"

// A pstHeapOn is the small values of one node (MS-PST 2.3).
type pstHeapOn struct {
	file   *pstFile
	leaves []uint64
	kept   map[int][]byte
	size   int
	root   uint32
	client byte
	lost   Reason // why a value was not read, or not whole; empty when all were
}

// lose notes that a value was not read. The others are, and the message says it.
func (h *pstHeapOn) lose(why error) {
	if h.lost == "" {
		h.lost = Reason(reason(why))
	}
}

// errLongValue is why a text is read in part.
const errLongValue = Reason("a text of over 4 MiB, read up to there")

func (p *pstFile) heap(data uint64) (*pstHeapOn, error) {
	leaves, err := p.leaves(data)
	if err != nil {
		return nil, err
	}
	h := &pstHeapOn{file: p, leaves: leaves, kept: map[int][]byte{}}
	b, err := h.block(0)
	if err != nil {
		return nil, err
	}
	if len(b) < 12 || b[2] != 0xEC {
		return nil, Corrupt
	}
	h.client, h.root = b[3], le32(b[4:])
	return h, nil
}

func (h *pstHeapOn) block(i int) ([]byte, error) {
	if b, ok := h.kept[i]; ok {
		return b, nil
	}
	if i >= len(h.leaves) {
		return nil, Corrupt
	}
	b, err := h.file.block(h.leaves[i])
	if err != nil {
		return nil, err
	}
	if h.size += len(b); h.size > pstHeap {
		clear(h.kept)
		h.size = len(b)
	}
	h.kept[i] = b
	return b, nil
}

// item returns a value of the heap by its number; nil when there is none. A number
// that leads nowhere is a value lost.
func (h *pstHeapOn) item(id uint32) []byte {
	if id == 0 {
		return nil
	}
	b, err := h.valueAt(id)
	if err != nil {
		h.lose(err)
	}
	return b
}

func (h *pstHeapOn) valueAt(id uint32) ([]byte, error) {
	if id&pstKind != 0 {
		return nil, Corrupt
	}
	b, err := h.block(int(id >> 16))
	if err != nil {
		return nil, err
	}
	if len(b) < 2 {
		return nil, Corrupt
	}
	table, i := le16(b), int(id>>5&0x7FF)
	if table+4 > len(b) || i == 0 || i > le16(b[table:]) || table+4+2*i+2 > len(b) {
		return nil, Corrupt
	}
	from, to := le16(b[table+2+2*i:]), le16(b[table+4+2*i:])
	if from > to || to > len(b) {
		return nil, Corrupt
	}
	return b[from:to], nil
}

// records visits the records of a tree on the heap; size is what each must have.
func (h *pstHeapOn) records(id uint32, size int, each func([]byte)) error {
	b := h.item(id)
	if len(b) < 8 || b[0] != 0xB5 || int(b[1])+int(b[2]) < size {
		return Corrupt
	}
	left := pstRecords
	return h.level(le32(b[4:]), int(b[3]), int(b[1]), int(b[1])+int(b[2]), &left, each)
}

func (h *pstHeapOn) level(id uint32, levels, key, record int, left *int, each func([]byte)) error {
	if levels > pstLevels {
		return Corrupt
	}
	size := record
	if levels > 0 {
		size = key + 4
	}
	for b := h.item(id); len(b) >= size; b = b[size:] {
		if *left--; *left < 0 {
			return Corrupt
		}
		if levels == 0 {
			each(b[:size])
		} else if err := h.level(le32(b[key:]), levels-1, key, record, left, each); err != nil {
			return err
		}
	}
	return nil
}

// A pstObject is a node with properties: a message, a folder, an attachment.
type pstObject struct {
	*pstHeapOn
	subs  []pstNode
	props map[int]pstProp // by number
	order []int
}

// A pstProp is a property: its type, and its value or where that is.
type pstProp struct {
	kind  int
	value uint32
}

// object reads the properties of a node.
func (p *pstFile) object(data, sub uint64) (*pstObject, error) {
	h, err := p.heap(data)
	if err != nil {
		return nil, err
	}
	if h.client != 0xBC {
		return nil, Corrupt
	}
	o := &pstObject{pstHeapOn: h, props: map[int]pstProp{}}
	if o.subs, err = p.subnodes(sub); err != nil {
		return nil, err
	}
	return o, h.records(h.root, 8, func(b []byte) {
		o.props[le16(b)] = pstProp{le16(b[2:]), le32(b[4:])}
		o.order = append(o.order, le16(b))
	})
}

// sub finds a node of the object.
func (o *pstObject) sub(number uint32) (pstNode, bool) {
	for _, n := range o.subs {
		if n.number == number {
			return n, true
		}
	}
	return pstNode{}, false
}

// open returns the bytes of what an id leads to: a value on the heap, or the data
// of a node of the object.
func (o *pstObject) open(id uint32) (r io.Reader, size int64) {
	if id&pstKind == 0 {
		b := o.item(id)
		return &pstStream{now: b}, int64(len(b))
	}
	n, ok := o.sub(id)
	if !ok {
		o.lose(Corrupt)
		return &pstStream{}, 0
	}
	leaves, err := o.file.leaves(n.data)
	if err != nil {
		return &pstStream{err: err}, 0
	}
	return &pstStream{file: o.file, leaves: leaves}, -1
}

// A pstStream reads one block after the other.
type pstStream struct {
	file   *pstFile
	leaves []uint64
	now    []byte
	err    error
}

func (s *pstStream) Read(b []byte) (int, error) {
	for len(s.now) == 0 {
		if s.err != nil {
			return 0, s.err
		}
		if len(s.leaves) == 0 {
			return 0, io.EOF
		}
		s.now, s.err = s.file.block(s.leaves[0])
		s.leaves = s.leaves[1:]
	}
	n := copy(b, s.now)
	s.now = s.now[n:]
	return n, nil
}

// The types of properties that are read.
const (
	pstText   = 0x1F // UTF-16
	pstBytes8 = 0x1E // text in a code page
	pstBinary = 0x102
	pstTime   = 0x40
	pstInner  = 0x0D // a message within
)

// string returns a text property, at most pstValue bytes of it.
func (o *pstObject) string(id int) string {
	p, ok := o.props[id]
	if !ok || p.kind != pstText && p.kind != pstBytes8 {
		return ""
	}
	return o.textAt(p.kind, p.value)
}

func (o *pstObject) textAt(kind int, id uint32) string {
	r, _ := o.open(id)
	b, err := io.ReadAll(io.LimitReader(r, pstValue))
	if err == nil && len(b) == pstValue {
		if _, more := r.Read(make([]byte, 1)); more == nil {
			err = errLongValue
		}
	}
	if err != nil { // what came before is read
		o.lose(err)
	}
	if kind == pstText {
		return utf16LE(b)
	}
	return string(latin(b))
}
