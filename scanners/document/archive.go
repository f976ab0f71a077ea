package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sort"
	"strings"
)

// Zip reads ZIP archives and the office formats that are ZIP archives.
var Zip = Format{Name: "zip", Match: isZip, Read: readZip}

func isZip(name string, head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) ||
		bytes.HasPrefix(head, []byte("MZ")) && strings.HasSuffix(name, ".zip")
}

// maxPack is how many entries an office document may have.
const maxPack = 20_000

// readZip looks at the names in the directory to tell what the archive is.
func readZip(ctx context.Context, f *File, out Out) error {
	r, size, done, err := f.at()
	if err != nil {
		return err
	}
	defer done()
	dir, err := openZip(r, size, f.allowance())
	if err != nil {
		return err
	}
	if f.stretch != nil {
		return readMembers(ctx, dir, size, f, out)
	}
	p, err := loadPack(dir, f, out)
	if err != nil {
		return err
	}
	if read := p.office(); read != nil {
		return read(ctx, p)
	}
	return readArchive(ctx, r, size, f, out)
}

// readArchive hands over every entry as a part.
func readArchive(ctx context.Context, r io.ReaderAt, size int64, f *File, out Out) error {
	dir, err := openZip(r, size, f.allowance())
	if err != nil {
		return err
	}
	for {
		err := readMember(ctx, dir, f, out)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// readMember hands over the next entry as a part; io.EOF behind the last.
func readMember(ctx context.Context, dir *zipDir, f *File, out Out) error {
	e, err := dir.next()
	if err != nil || e.dir {
		return err
	}
	if err := f.part(out, e.name, e.size, func() (io.ReadCloser, error) { return dir.open(e) }); err != nil {
		return err
	}
	return ctx.Err()
}

// A pack is an office document: a ZIP archive of XML files.
type pack struct {
	f       *File
	out     Out
	dir     *zipDir
	entries map[string]zipEntry
	names   []string
}

// loadPack reads the directory, or as much as an office document may have.
func loadPack(dir *zipDir, f *File, out Out) (*pack, error) {
	p := &pack{f: f, out: out, dir: dir, entries: map[string]zipEntry{}}
	for len(p.names) < maxPack {
		e, err := dir.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		name := strings.TrimPrefix(strings.ReplaceAll(e.name, `\`, "/"), "/")
		if _, ok := p.entries[name]; !ok && !e.dir {
			p.entries[name] = e
			p.names = append(p.names, name)
		}
	}
	return p, nil
}

// office returns the reader of the office format the names tell; nil for a
// plain archive.
func (p *pack) office() func(context.Context, *pack) error {
	has := func(name string) bool { _, ok := p.entries[name]; return ok }
	switch {
	case has("xl/workbook.xml"):
		return readXLSX
	case has("xl/workbook.bin"):
		return readXLSB
	case has("[Content_Types].xml") && p.under("word/"):
		return readDOCX
	case has("[Content_Types].xml") && p.under("ppt/"):
		return readPPTX
	case has("mimetype") && has("content.xml"):
		return readODF
	}
	return nil
}

func (p *pack) under(folder string) bool {
	for _, n := range p.names {
		if strings.HasPrefix(n, folder) {
			return true
		}
	}
	return false
}

// match returns the names that begin and end so, in order of their numbers:
// slide2 before slide10.
func (p *pack) match(prefix, suffix string) []string {
	var list []string
	for _, n := range p.names {
		if strings.HasPrefix(n, prefix) && strings.HasSuffix(n, suffix) {
			list = append(list, n)
		}
	}
	sortNumbered(list)
	return list
}

// entry finds an entry; names within an office document do not tell capitals
// apart, and some programs mix them.
func (p *pack) entry(name string) (zipEntry, bool) {
	if e, ok := p.entries[name]; ok {
		return e, true
	}
	for _, n := range p.names {
		if strings.EqualFold(n, name) {
			e, ok := p.entries[n]
			return e, ok
		}
	}
	return zipEntry{}, false
}

// xml opens an entry as XML; nil, nil when there is none.
func (p *pack) xml(name string) (*xmlReader, func(), error) {
	e, ok := p.entry(name)
	if !ok {
		return nil, func() {}, nil
	}
	r, err := p.dir.open(e)
	if err != nil {
		return nil, func() {}, err
	}
	return newXML(r), func() { _ = r.Close() }, nil
}

// walk calls each for every tag and text of an entry.
func (p *pack) walk(name string, each func(*xmlReader) error) error {
	x, done, err := p.xml(name)
	if err != nil || x == nil {
		return err
	}
	defer done()
	for x.next() {
		if err := each(x); err != nil {
			return err
		}
	}
	return x.err
}

// try reads one piece of a document; what is wrong with it is said, and the
// other pieces are read.
func (p *pack) try(name string, read func(string) error) error {
	err := read(name)
	if err == nil || p.failed() {
		return err
	}
	p.out.Unread(p.f.At.Inside(partName(name)), reason(err))
	return nil
}

// failed tells whether out ended the reading.
func (p *pack) failed() bool {
	g, ok := p.out.(*guard)
	return ok && g.err != nil
}

// part hands an entry over as a file of its own.
func (p *pack) part(name string) error {
	e := p.entries[name]
	return p.f.part(p.out, name, e.size, func() (io.ReadCloser, error) { return p.dir.open(e) })
}

// sortNumbered sorts names by the numbers in them.
func sortNumbered(list []string) {
	sort.Slice(list, func(i, j int) bool { return numberedLess(list[i], list[j]) })
}

func numberedLess(a, b string) bool {
	na, nb := numberIn(a), numberIn(b)
	if na != nb {
		return na < nb
	}
	return a < b
}

// numberIn returns the last number in a name.
func numberIn(s string) int {
	n, factor, found := 0, 1, false
	for i := len(s) - 1; i >= 0; i-- {
		if c := s[i]; c >= '0' && c <= '9' && factor < 1e9 {
			n, factor, found = n+int(c-'0')*factor, factor*10, true
		} else if found {
			break
		}
	}
	return n
}
