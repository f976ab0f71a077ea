package document

import (
	"bytes"
	"errors"
	"io"
	"sort"
)

// Bounds on a PDF file.
const (
	pdfObjects = 1 << 20  // numbers of objects
	pdfObject  = 4 << 20  // bytes of one object, streams aside
	pdfStream  = 32 << 20 // bytes of one unpacked stream that is text
	pdfCache   = 8 << 20  // bytes of unpacked object streams kept
	pdfPages   = 200_000
)

// A pdfFile finds the objects of a PDF by looking through the whole file for
// where they begin. Tables of contents of real files are often wrong and hostile
// ones lie; what an object's number says is always there.
type pdfFile struct {
	r      io.ReaderAt
	size   int64
	budget *budget

	at      []int64 // offset of each object, 0 when there is none
	inside  map[int]pdfPlace
	streams []int // numbers of object streams, in order of the file
	trailer pdfDict
	files   bool // some file is attached
	tooMany bool

	cache  map[int][]byte
	cached int
	keys   *pdfKeys // of an encrypted file that opens without a password
}

// A pdfPlace is where an object stands in an object stream.
type pdfPlace struct{ stream, offset int }

// openPDF looks through the file once.
func openPDF(r io.ReaderAt, size int64, b *budget) (*pdfFile, error) {
	p := &pdfFile{r: r, size: size, budget: b, inside: map[int]pdfPlace{}, trailer: pdfDict{}, cache: map[int][]byte{}}
	if err := p.scan(); err != nil {
		return nil, err
	}
	if p.trailer["Encrypt"] != nil {
		if err := p.unlock(); err != nil {
			return nil, err
		}
	}
	for _, n := range p.streams {
		p.indexStream(n)
	}
	return p, nil
}

// scan notes where every `12 0 obj` and `trailer` is.
func (p *pdfFile) scan() error {
	const step, overlap = 1 << 20, 512
	buf := make([]byte, step+overlap)
	for base := int64(0); base < p.size; base += step {
		n, err := p.r.ReadAt(buf[:min(int64(len(buf)), p.size-base)], base)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		p.scanBlock(buf[:n], base, min(n, step))
	}
	return nil
}

func (p *pdfFile) scanBlock(b []byte, base int64, own int) {
	for i := 0; i < own; {
		k := bytes.Index(b[i:], []byte("obj"))
		if k < 0 || i+k >= own+3 {
			break
		}
		i += k
		if n, at := objectNumber(b, i); n >= 0 {
			p.note(n, base+int64(at), b[i:min(len(b), i+300)])
		}
		i += 3
	}
	for i := 0; ; {
		k := bytes.Index(b[i:], []byte("trailer"))
		if k < 0 || i+k >= own {
			break
		}
		i += k + len("trailer")
		if d, ok := p.parse(base+int64(i), 0).(pdfDict); ok {
			p.merge(d)
		}
	}
	p.files = p.files || bytes.Contains(b, []byte("/EF")) || bytes.Contains(b, []byte("/EmbeddedFile"))
}

// merge keeps the newest trailer, which stands last.
func (p *pdfFile) merge(d pdfDict) {
	for _, key := range []pdfName{"Root", "Info", "Encrypt", "ID"} {
		if v, ok := d[key]; ok {
			p.trailer[key] = v
		}
	}
}

// objectNumber reads the two numbers before `obj` at i, backwards; -1 when there
// are none.
func objectNumber(b []byte, i int) (number, at int) {
	back := func() (int, bool) {
		for i > 0 && pdfBlank[b[i-1]] {
			i--
		}
		v, factor, digits := 0, 1, 0
		for i > 0 && b[i-1] >= '0' && b[i-1] <= '9' && digits < 8 {
			v += int(b[i-1]-'0') * factor
			factor *= 10
			digits++
			i--
		}
		return v, digits > 0
	}
	if i == 0 || !pdfBlank[b[i-1]] && (b[i-1] < '0' || b[i-1] > '9') {
		return -1, 0
	}
	if _, ok := back(); !ok || i == 0 || !pdfBlank[b[i-1]] {
		return -1, 0
	}
	n, ok := back()
	if !ok {
		return -1, 0
	}
	return n, i
}

// note keeps where object n begins; the newest version of it stands last.
func (p *pdfFile) note(n int, at int64, head []byte) {
	if n >= pdfObjects {
		p.tooMany = true
		return
	}
	for len(p.at) <= n {
		p.at = append(p.at, make([]int64, len(p.at)+64)...)
	}
	p.at[n] = at + 1 // 0 is none
	if !bytes.Contains(head, []byte("/ObjStm")) && !bytes.Contains(head, []byte("/XRef")) {
		return
	}
	if d, ok := p.parse(at, max(n, 1)).(*pdfBody); ok {
		switch d.dict["Type"] {
		case pdfName("ObjStm"):
			p.streams = append(p.streams, n)
		case pdfName("XRef"):
			p.merge(d.dict)
		}
	}
}

// A pdfBody is a stream: its dictionary, and where its bytes begin.
type pdfBody struct {
	dict   pdfDict
	at     int64
	number int
}

// parse reads the object at an offset: after `12 0 obj` when number is not 0.
func (p *pdfFile) parse(at int64, number int) any {
	for n := 1 << 10; ; n *= 8 {
		n = min(n, pdfObject)
		b := make([]byte, min(int64(n), p.size-at))
		k, _ := p.r.ReadAt(b, at) // short at the end of the file
		l := &pdfLexer{b: b[:k]}
		v := p.object(l, at, number)
		if !l.short && l.i < len(l.b) || n == pdfObject || int64(k) == p.size-at {
			return v
		}
	}
}

func (p *pdfFile) object(l *pdfLexer, at int64, number int) any {
	if number > 0 || bytes.HasPrefix(bytes.TrimLeft(l.b, "0123456789 \r\n"), []byte("obj")) {
		for range 3 {
			l.next()
		}
	}
	v, _ := l.next()
	d, ok := v.(pdfDict)
	if !ok {
		return v
	}
	l.skip()
	if !bytes.HasPrefix(l.b[l.i:], []byte("stream")) {
		return d
	}
	l.i += len("stream")
	if l.i < len(l.b) && l.b[l.i] == '\r' {
		l.i++
	}
	if l.i < len(l.b) && l.b[l.i] == '\n' {
		l.i++
	}
	return &pdfBody{dict: d, at: at + int64(l.i), number: number}
}

// indexStream notes the objects of an object stream that stand nowhere else.
func (p *pdfFile) indexStream(n int) {
	b := p.unpackedStream(n)
	body, ok := p.get(pdfRef(n)).(*pdfBody)
	if !ok {
		return
	}
	count, first := p.int(body.dict["N"]), p.int(body.dict["First"])
	l := &pdfLexer{b: b}
	for range min(count, pdfObjects) {
		a, ok1 := l.next()
		o, ok2 := l.next()
		number, ok3 := a.(float64)
		offset, ok4 := o.(float64)
		if !ok1 || !ok2 || !ok3 || !ok4 {
			return
		}
		if k := int(number); k < pdfObjects && len(p.inside) < pdfObjects {
			p.inside[k] = pdfPlace{n, first + int(offset)}
		}
	}
	p.files = p.files || bytes.Contains(b, []byte("/EF"))
}

// unpackedStream returns the bytes of an object stream, kept for a while.
func (p *pdfFile) unpackedStream(n int) []byte {
	if b, ok := p.cache[n]; ok {
		return b
	}
	body, ok := p.direct(n).(*pdfBody)
	if !ok {
		return nil
	}
	b, _ := p.unpack(body, pdfStream) // what is there of a broken one
	if p.cached += len(b); p.cached > pdfCache {
		clear(p.cache)
		p.cached = len(b)
	}
	p.cache[n] = b
	return b
}

// direct returns an object that stands in the file itself.
func (p *pdfFile) direct(n int) any {
	if n < 0 || n >= len(p.at) || p.at[n] == 0 {
		return nil
	}
	return p.decrypted(p.parse(p.at[n]-1, max(n, 1)), n)
}

// get follows a reference to its object.
func (p *pdfFile) get(v any) any {
	for range 8 {
		ref, ok := v.(pdfRef)
		if !ok {
			return v
		}
		n := int(ref)
		place, inside := p.inside[n]
		if !inside {
			v = p.direct(n)
			continue
		}
		b := p.unpackedStream(place.stream)
		if place.offset < 0 || place.offset >= len(b) {
			return nil
		}
		v, _ = (&pdfLexer{b: b, i: place.offset}).next()
	}
	return nil
}

// dict returns the dictionary v leads to, that of a stream too; nil for others.
func (p *pdfFile) dict(v any) pdfDict {
	switch v := p.get(v).(type) {
	case pdfDict:
		return v
	case *pdfBody:
		return v.dict
	}
	return nil
}

func (p *pdfFile) array(v any) pdfArray {
	a, _ := p.get(v).(pdfArray)
	return a
}

func (p *pdfFile) int(v any) int {
	n, _ := p.get(v).(float64)
	return int(n)
}

func (p *pdfFile) float(v any) float64 {
	n, _ := p.get(v).(float64)
	return n
}

func (p *pdfFile) name(v any) pdfName {
	n, _ := p.get(v).(pdfName)
	return n
}

// numbers returns the numbers of all objects in order.
func (p *pdfFile) numbers() []int {
	var list []int
	for n, at := range p.at {
		if at > 0 {
			list = append(list, n)
		}
	}
	for n := range p.inside {
		if n >= len(p.at) || p.at[n] == 0 {
			list = append(list, n)
		}
	}
	sort.Ints(list)
	return list
}
