package document

import (
	"bytes"
	"context"
	"io"
	"strconv"
)

// PST reads the mail stores of Outlook: every message, contact and appointment
// with what is attached, one part each. Structures as in Microsoft's open
// specification MS-PST.
var PST = Format{
	Name:  "pst",
	Match: func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("!BDN")) },
	Read:  readPST,
}

// The kinds of nodes, in the low five bits of their number.
const (
	pstKind       = 0x1F
	pstFolder     = 0x02
	pstMessage    = 0x04
	pstAttachment = 0x05
)

func readPST(ctx context.Context, f *File, out Out) error {
	r, size, done, err := f.at()
	if err != nil {
		return err
	}
	defer done()
	p, err := openPST(r, size)
	if err != nil {
		return err
	}
	s := &pstStore{file: p, f: f, out: out, folders: map[uint32]string{}}
	return p.walk(func(n pstNode) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if n.number&pstKind != pstMessage {
			return nil
		}
		return s.message(n)
	})
}

// A pstStore hands over the messages of a store.
type pstStore struct {
	file    *pstFile
	f       *File
	out     Out
	folders map[uint32]string // paths by number
}

// message hands over one message under its folder and its number, which it keeps
// for life. A message is there in the bytes of the file, so it is no part that
// was unpacked, and costs no budget.
func (s *pstStore) message(n pstNode) error {
	s.f.allowance().parts++
	name := s.folder(n.parent, 0) + "message-" + strconv.Itoa(int(n.number>>5))
	return s.f.structure(s.out, name, func(ctx context.Context, f *File, out Out) error {
		o, err := s.file.object(n.data, n.sub)
		if err != nil {
			return err
		}
		return (&pstMail{pstObject: o, f: f, out: out}).read(ctx)
	})
}

// folder returns the path of a folder with a '/' behind it; empty for the root.
func (s *pstStore) folder(number uint32, depth int) string {
	if number&pstKind != pstFolder || depth > maxNested {
		return ""
	}
	if path, ok := s.folders[number]; ok {
		return path
	}
	path := ""
	if n, ok := s.file.node(number); ok {
		if n.parent != number {
			path = s.folder(n.parent, depth+1)
		}
		if o, err := s.file.object(n.data, n.sub); err == nil {
			if name := o.string(0x3001); name != "" {
				path += partName(name) + "/"
			}
		}
	}
	if len(s.folders) < 100_000 {
		s.folders[number] = path
	}
	return path
}

// structure hands over a part that is a structure of its container rather than a
// file: read takes it from there.
func (f *File) structure(out Out, name string, read func(ctx context.Context, f *File, out Out) error) error {
	return f.give(out, name, &File{Size: -1, parsed: read, Open: func() (io.ReadCloser, error) { return nil, Corrupt }})
}
