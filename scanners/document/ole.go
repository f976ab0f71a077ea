package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"

	"github.com/ecart-rgpd/ecart/item"
)

// OLE reads the compound files of old office programs and mails: XLS, DOC, PPT,
// MSG.
var OLE = Format{
	Name: "ole",
	Match: func(_ string, head []byte) bool {
		return bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
	},
	Read: readOLE,
}

// maxStream bounds one stream of a compound file, in bytes.
const maxStream = 24 << 20

// An oleFile is the streams of a compound file, by their path.
type oleFile struct {
	f       *File
	out     Out
	streams map[string]*mscfb.File
	names   []string
}

func readOLE(ctx context.Context, f *File, out Out) error {
	r, _, done, err := f.at()
	if err != nil {
		return err
	}
	defer done()
	c, err := mscfb.New(r)
	if err != nil {
		return Corrupt
	}
	o := &oleFile{f: f, out: out, streams: map[string]*mscfb.File{}}
	for len(o.names) < maxPack {
		e, err := c.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Corrupt
		}
		name := strings.Join(append(append([]string{}, e.Path...), e.Name), "/")
		o.streams[name] = e
		o.names = append(o.names, name)
	}
	return o.read(ctx)
}

// read tells by the names of its streams what the file is.
func (o *oleFile) read(ctx context.Context) error {
	has := func(name string) bool { return o.streams[name] != nil }
	switch {
	case has("EncryptedPackage"), has("EncryptionInfo"):
		return Encrypted
	case has("Workbook"):
		return readXLS(o, "Workbook")
	case has("Book"):
		return readXLS(o, "Book")
	case has("WordDocument"):
		return readDOC(o)
	case has("PowerPoint Document"):
		return readPPT(o)
	case has("__properties_version1.0"):
		return readMSG(ctx, o)
	}
	return Reason("a compound file of an unknown program")
}

// bytes returns a stream, nil when there is none.
func (o *oleFile) bytes(name string) ([]byte, error) {
	s := o.streams[name]
	if s == nil {
		return nil, nil
	}
	if s.Size > maxStream {
		return nil, TooLarge
	}
	b, err := io.ReadAll(io.LimitReader(s, maxStream))
	if err != nil {
		return b, Truncated
	}
	return b, nil
}

// readPPT takes the text atoms of a presentation, whatever they stand in.
func readPPT(o *oleFile) error {
	b, err := o.bytes("PowerPoint Document")
	if err != nil {
		return err
	}
	text := newProse(o.out, o.f.At, item.Prose)
	for i := 0; i+8 <= len(b); {
		version, kind, n := b[i]&15, le16(b[i+2:]), int(le32(b[i+4:]))
		i += 8
		if version == 15 {
			continue // a container: what it holds follows
		}
		if n < 0 || n > len(b)-i {
			break
		}
		switch kind {
		case 4000, 4026: // TextCharsAtom, CString
			text.addString(utf16LE(b[i : i+n]))
		case 4008: // TextBytesAtom
			text.add(latin(b[i : i+n]))
		}
		i += n
		if err := text.end(); err != nil {
			return err
		}
	}
	return text.flush()
}
