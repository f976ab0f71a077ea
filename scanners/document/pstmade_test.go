package document

import (
	"encoding/binary"
	"sort"
	"unicode/utf16"
)

// A madePST writes a small mail store the way MS-PST says, for there is no free
// program that does: blocks first, then the two trees.
type madePST struct {
	wide   bool
	crypt  byte
	body   []byte // from offset madeStart
	blocks [][]byte
	nodes  [][]byte
	next   uint64
}

const madeStart = 1024

func (m *madePST) word(v uint64) []byte {
	if m.wide {
		return binary.LittleEndian.AppendUint64(nil, v)
	}
	return binary.LittleEndian.AppendUint32(nil, uint32(v))
}

// block adds one and returns its number.
func (m *madePST) block(b []byte, lists bool) uint64 {
	m.next += 4
	id := m.next
	b = append([]byte(nil), b...)
	if lists {
		id |= 2
	} else {
		m.encode(b, uint32(id))
	}
	at := uint64(madeStart + len(m.body))
	m.body = append(m.body, b...)
	entry := append(append([]byte(nil), m.word(id)...), m.word(at)...)
	entry = binary.LittleEndian.AppendUint16(entry, uint16(len(b)))
	m.blocks = append(m.blocks, fill(entry, map[bool]int{true: 24, false: 12}[m.wide]))
	return id
}

// encode is decode the other way round; the cyclic way is its own.
func (m *madePST) encode(b []byte, id uint32) {
	if m.crypt == 1 {
		for i, c := range b {
			b[i] = pstForward[c]
		}
		return
	}
	(&pstFile{crypt: m.crypt}).decode(b, id)
}

func fill(b []byte, n int) []byte { return append(b, make([]byte, n-len(b))...) }

// data adds the bytes of a value, in several blocks when it is long.
func (m *madePST) data(b []byte) uint64 {
	if len(b) <= 8000 {
		return m.block(b, false)
	}
	list := binary.LittleEndian.AppendUint32([]byte{1, 1, byte((len(b) + 7999) / 8000), 0}, uint32(len(b)))
	for len(b) > 0 {
		n := min(len(b), 8000)
		list = append(list, m.word(m.block(b[:n], false))...)
		b = b[n:]
	}
	return m.block(list, true)
}

// subnodes adds the list of the nodes of a node.
func (m *madePST) subnodes(list ...pstNode) uint64 {
	b := []byte{2, 0, byte(len(list)), 0}
	if m.wide {
		b = append(b, 0, 0, 0, 0)
	}
	for _, n := range list {
		b = append(append(append(b, m.word(uint64(n.number))...), m.word(n.data)...), m.word(n.sub)...)
	}
	return m.block(b, true)
}

func (m *madePST) node(n pstNode) {
	b := append(append(append([]byte(nil), m.word(uint64(n.number))...), m.word(n.data)...), m.word(n.sub)...)
	m.nodes = append(m.nodes, fill(binary.LittleEndian.AppendUint32(b, n.parent), map[bool]int{true: 32, false: 16}[m.wide]))
}

// tree writes entries as leaves below one root and returns where the root is.
func (m *madePST) tree(entries [][]byte) uint64 {
	key := func(e []byte) uint64 { return (&pstFile{wide: m.wide}).id(e) }
	sort.Slice(entries, func(i, j int) bool { return key(entries[i]) < key(entries[j]) })
	var above [][]byte
	for len(entries) > 0 {
		n := min(len(entries), 3) // few, so that there are several leaves
		at := m.page(entries[:n], 0)
		above = append(above, append(append(append([]byte(nil), entries[0][:len(m.word(0))]...), m.word(0)...), m.word(at)...))
		entries = entries[n:]
	}
	return m.page(above, 1)
}

func (m *madePST) page(entries [][]byte, level byte) uint64 {
	at := uint64(madeStart + len(m.body))
	about := (&pstFile{wide: m.wide}).width(488, 496)
	var b []byte
	for _, e := range entries {
		b = append(b, e...)
	}
	b = append(fill(b, about), byte(len(entries)), 20, byte(len(entries[0])), level)
	m.body = append(m.body, fill(b, pstPage)...)
	return at
}

// file returns the whole.
func (m *madePST) file() []byte {
	nodes, blocks := m.tree(m.nodes), m.tree(m.blocks)
	head := append([]byte("!BDN\x00\x00\x00\x00SM\x17\x00"), make([]byte, madeStart-12)...)
	if m.wide {
		binary.LittleEndian.PutUint64(head[224:], nodes)
		binary.LittleEndian.PutUint64(head[240:], blocks)
		head[513] = m.crypt
	} else {
		head[10] = 14
		binary.LittleEndian.PutUint32(head[188:], uint32(nodes))
		binary.LittleEndian.PutUint32(head[196:], uint32(blocks))
		head[461] = m.crypt
	}
	return append(head, m.body...)
}

// A madeHeap gathers the small values of a node; the first is its root.
type madeHeap struct{ items [][]byte }

func (h *madeHeap) add(b []byte) uint32 {
	h.items = append(h.items, b)
	return uint32(len(h.items)) << 5
}

func (h *madeHeap) bytes(client byte) []byte {
	b := append([]byte{0, 0, 0xEC, client}, 0x20, 0, 0, 0, 0, 0, 0, 0)
	offsets := []uint16{uint16(len(b))}
	for _, i := range h.items {
		b = append(b, i...)
		offsets = append(offsets, uint16(len(b)))
	}
	binary.LittleEndian.PutUint16(b, uint16(len(b)))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(h.items)))
	b = append(b, 0, 0)
	for _, o := range offsets {
		b = binary.LittleEndian.AppendUint16(b, o)
	}
	return b
}

// A madeProp is a property: a text, bytes, or the number of a node of the object.
type madeProp struct {
	id, kind int
	value    any
}

// object returns the heap of a node with properties.
func (m *madePST) object(props ...madeProp) []byte {
	h := &madeHeap{}
	root := h.add(nil)
	records := h.add(nil)
	var b []byte
	for _, p := range props {
		var v uint32
		switch value := p.value.(type) {
		case string:
			v = h.add(m.text(value))
		case []byte:
			v = h.add(value)
		case uint32:
			v = value
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(p.id))
		b = binary.LittleEndian.AppendUint16(b, uint16(p.kind))
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	h.items[root>>5-1] = binary.LittleEndian.AppendUint32([]byte{0xB5, 2, 6, 0}, records)
	h.items[records>>5-1] = b
	return h.bytes(0xBC)
}

// text writes UTF-16, or Windows-1252 in the old form.
func (m *madePST) text(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if m.wide {
			b = binary.LittleEndian.AppendUint16(b, u)
		} else {
			b = append(b, byte(u))
		}
	}
	return b
}

func (m *madePST) textKind() int { return (&pstFile{wide: m.wide}).width(pstText, pstBytes8) }

// receivers returns the heap of a table of names and addresses.
func (m *madePST) receivers(people ...[2]string) []byte {
	h := &madeHeap{}
	root := h.add(nil)
	var rows []byte
	for _, p := range people {
		for _, s := range p {
			rows = binary.LittleEndian.AppendUint32(rows, h.add(m.text(s)))
		}
		rows = append(rows, 0xC0) // both cells are there
	}
	data := h.add(rows)
	b := []byte{0x7C, 2, 8, 0, 8, 0, 8, 0, 9, 0, 0, 0, 0, 0}
	b = append(binary.LittleEndian.AppendUint32(b, data), 0, 0, 0, 0)
	for i, id := range []uint16{0x3001, 0x39FE} {
		b = binary.LittleEndian.AppendUint16(b, uint16(m.textKind()))
		b = binary.LittleEndian.AppendUint16(b, id)
		b = append(b, byte(4*i), 0, 4, byte(i))
	}
	h.items[root>>5-1] = b
	return h.bytes(0x7C)
}

// mailStore is a store with one folder, one mail with receivers and a table
// attached, and one contact.
func mailStore(wide bool, crypt byte, attached []byte) []byte {
	m := &madePST{wide: wide, crypt: crypt}
	k := m.textKind()
	const folder, mail, contact = 0x2000<<5 | pstFolder, 0x2001<<5 | pstMessage, 0x2002<<5 | pstMessage
	m.node(pstNode{folder, m.data(m.object(madeProp{0x3001, k, "Réception"})), 0, folder})
	const file, content = 1<<5 | pstAttachment, 2<<5 | 0x1F
	attachment := m.data(m.object(madeProp{pstData, pstBinary, uint32(content)}, madeProp{0x3704, k, "paie.csv"}))
	beside := m.subnodes(pstNode{number: content, data: m.data(attached)})
	m.node(pstNode{
		mail, m.data(m.object(
			madeProp{pstClass, k, "IPM.Note"}, madeProp{0x0037, k, "\x01\x05Re: Dossier"}, madeProp{pstSent, pstTime, []byte{0x00, 0xD0, 0x02, 0x31, 0xEC, 0x8C, 0xDB, 0x01}},
			madeProp{0x0C1A, k, "Anouk Exemple"}, madeProp{pstBody, k, "Bonjour,\r\nun été à Nîmes."},
		)),
		m.subnodes(pstNode{number: pstReceive, data: m.data(m.receivers([2]string{"Bruno", "bruno@courrier.example"}, [2]string{"Chloé", "chloe@courrier.example"}))}, pstNode{number: file, data: attachment, sub: beside}), folder,
	})
	m.node(pstNode{contact, m.data(m.object(madeProp{pstClass, k, "IPM.Contact"}, madeProp{0x3001, k, "Dora Exemple"}, madeProp{0x3A1C, k, "06 39 98 10 30"}, madeProp{0x8083, k, "dora@courrier.example"})), 0, folder})
	return m.file()
}
