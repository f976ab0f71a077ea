package document

import (
	"encoding/binary"
	"io"
)

// Bounds on a store and what is in it.
const (
	pstPage     = 512
	pstBlock    = 8 << 10  // bytes of one block at most
	pstLeaves   = 1 << 18  // blocks of one value: 2 GiB, more than Outlook allows
	pstSubnodes = 1 << 16  // of one message
	pstLevels   = 12       // of one tree
	pstPages    = 1024     // of the trees, kept
	pstHeap     = 16 << 20 // bytes of one message's small values
	pstValue    = 4 << 20  // bytes of one value that is read whole
	pstRecords  = 1 << 16  // of one table
)

// A pstFile finds nodes and blocks: the lower layer of a store (MS-PST 2.2).
type pstFile struct {
	r             io.ReaderAt
	size          int64
	wide          bool // 64 bit numbers: all since Outlook 2003
	crypt         byte
	nodes, blocks uint64            // offsets of the roots of the two trees
	pages         map[uint64][]byte // of the trees
	served        int64             // bytes of blocks read so far
}

// A block is read a few times in an honest store. One that is named by thousands
// of values makes a small file endless: past pstServed times the size of the file,
// and some for small ones, it is a bomb.
const (
	pstServed = 32
	pstLeast  = 256 << 20
)

// A pstNode is a number with what belongs to it: data, and nodes of its own.
type pstNode struct {
	number    uint32
	data, sub uint64 // blocks
	parent    uint32
}

func openPST(r io.ReaderAt, size int64) (*pstFile, error) {
	var head [564]byte
	if n, _ := r.ReadAt(head[:], 0); n < len(head) {
		return nil, Truncated
	}
	p := &pstFile{r: r, size: size, pages: map[uint64][]byte{}}
	switch version := le16(head[10:]); {
	case version >= 36:
		return nil, Reason("a mail store of Outlook with large pages (OST), which is not read: export it as PST")
	case version >= 20:
		p.wide, p.nodes, p.blocks, p.crypt = true, le64(head[224:]), le64(head[240:]), head[513]
	default:
		p.nodes, p.blocks, p.crypt = uint64(le32(head[188:])), uint64(le32(head[196:])), head[461]
	}
	if p.crypt > 2 {
		return nil, Encrypted
	}
	return p, nil
}

func le64(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

// id reads a number of the width of the file.
func (p *pstFile) id(b []byte) uint64 {
	if p.wide {
		return le64(b)
	}
	return uint64(le32(b))
}

// width returns the wide or the narrow of two sizes.
func (p *pstFile) width(wide, narrow int) int {
	if p.wide {
		return wide
	}
	return narrow
}

// page returns the entries of one page of a tree, their size, and its level.
func (p *pstFile) page(at uint64) (entries [][]byte, level int, err error) {
	b, ok := p.pages[at]
	if !ok {
		b = make([]byte, pstPage)
		if at >= uint64(p.size) {
			return nil, 0, Truncated
		}
		if n, _ := p.r.ReadAt(b, int64(at)); n < pstPage {
			return nil, 0, Truncated
		}
		if len(p.pages) >= pstPages {
			clear(p.pages)
		}
		p.pages[at] = b
	}
	about := p.width(488, 496)
	count, size := int(b[about]), int(b[about+2])
	level = int(b[about+3])
	if least := p.width(24, 12); size < least || count*size > about {
		return nil, 0, Corrupt
	}
	for i := range count {
		entries = append(entries, b[i*size:(i+1)*size])
	}
	return entries, level, nil
}

// find goes down a tree to the entry with a key.
func (p *pstFile) find(root, key uint64) ([]byte, bool) {
	for range pstLevels {
		entries, level, err := p.page(root)
		if err != nil {
			return nil, false
		}
		var last []byte
		for _, e := range entries {
			if k := p.id(e); k > key || level == 0 && k < key {
				continue
			}
			last = e
		}
		if last == nil {
			return nil, false
		}
		if level == 0 {
			return last, true
		}
		root = p.id(last[p.width(16, 8):])
	}
	return nil, false
}

// walk visits all nodes in order of their numbers.
func (p *pstFile) walk(each func(pstNode) error) error {
	left := int(p.size/pstPage) + 1 // no page is met twice in a sound tree
	var down func(at uint64, depth int) error
	down = func(at uint64, depth int) error {
		if left--; left < 0 || depth > pstLevels {
			return Corrupt
		}
		entries, level, err := p.page(at)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if level > 0 {
				err = down(p.id(e[p.width(16, 8):]), depth+1)
			} else if len(e) >= p.width(32, 16) {
				err = each(p.nodeOf(e))
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	return down(p.nodes, 0)
}

func (p *pstFile) nodeOf(e []byte) pstNode {
	if p.wide {
		return pstNode{le32(e), le64(e[8:]), le64(e[16:]), le32(e[24:])}
	}
	return pstNode{le32(e), uint64(le32(e[4:])), uint64(le32(e[8:])), le32(e[12:])}
}

// node finds a node by its number.
func (p *pstFile) node(number uint32) (pstNode, bool) {
	e, ok := p.find(p.nodes, uint64(number))
	if !ok || len(e) < p.width(32, 16) {
		return pstNode{}, false
	}
	return p.nodeOf(e), true
}

// inner tells the blocks that list others from those with data.
func inner(block uint64) bool { return block&2 != 0 }

// block returns the bytes of one block.
func (p *pstFile) block(id uint64) ([]byte, error) {
	e, ok := p.find(p.blocks, id&^1)
	if !ok {
		return nil, Corrupt
	}
	at, n := p.id(e[p.width(8, 4):]), le16(e[p.width(16, 8):])
	if n > pstBlock || at > uint64(p.size) {
		return nil, Corrupt
	}
	if p.served += int64(n); p.served > pstServed*p.size+pstLeast {
		return nil, bomb
	}
	b := make([]byte, n)
	if k, _ := p.r.ReadAt(b, int64(at)); k < n {
		return nil, Truncated
	}
	if !inner(id) {
		p.decode(b, uint32(id))
	}
	return b, nil
}

// leaves lists the blocks with the data of a value, which may be one or a tree.
func (p *pstFile) leaves(id uint64) ([]uint64, error) {
	if id == 0 {
		return nil, nil
	}
	if !inner(id) {
		return []uint64{id}, nil
	}
	return p.lower(nil, id, 2)
}

func (p *pstFile) lower(list []uint64, id uint64, levels int) ([]uint64, error) {
	b, err := p.block(id)
	if err != nil {
		return nil, err
	}
	if len(b) < 8 || b[0] != 1 || levels == 0 {
		return nil, Corrupt
	}
	size, deep := p.width(8, 4), b[1] > 1
	for i, n := 8, le16(b[2:]); n > 0 && i+size <= len(b); i, n = i+size, n-1 {
		next := p.id(b[i:])
		if !deep {
			list = append(list, next)
		} else if list, err = p.lower(list, next, levels-1); err != nil {
			return nil, err
		}
		if len(list) > pstLeaves {
			return nil, Corrupt
		}
	}
	return list, nil
}

// subnodes lists the nodes that belong to a node.
func (p *pstFile) subnodes(id uint64) ([]pstNode, error) {
	if id == 0 {
		return nil, nil
	}
	return p.subnodesOf(nil, id, 1)
}

func (p *pstFile) subnodesOf(list []pstNode, id uint64, levels int) ([]pstNode, error) {
	b, err := p.block(id)
	if err != nil {
		return nil, err
	}
	if len(b) < 8 || b[0] != 2 {
		return nil, Corrupt
	}
	word := p.width(8, 4)
	size := 3 * word
	if b[1] > 0 {
		size = 2 * word
	}
	for i, n := p.width(8, 4), le16(b[2:]); n > 0 && i+size <= len(b); i, n = i+size, n-1 {
		e := b[i:]
		switch {
		case b[1] == 0:
			list = append(list, pstNode{number: le32(e), data: p.id(e[word:]), sub: p.id(e[2*word:])})
		case levels == 0:
			return nil, Corrupt
		default:
			if list, err = p.subnodesOf(list, p.id(e[word:]), levels-1); err != nil {
				return nil, err
			}
		}
		if len(list) > pstSubnodes {
			return nil, Corrupt
		}
	}
	return list, nil
}
