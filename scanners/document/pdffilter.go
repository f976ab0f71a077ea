package document

import (
	"bytes"
	"encoding/ascii85"
	"errors"
	"io"

	"github.com/klauspost/compress/zlib"
)

// unpack returns the bytes of a stream without its filters, at most limit.
// What comes before a fault is returned with it.
func (p *pdfFile) unpack(s *pdfBody, limit int64) ([]byte, error) {
	r, err := p.stream(s)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, limit))
}

// errPicture says that a stream holds pixels.
var errPicture = errors.New("pixels")

// stream opens a stream without its filters.
func (p *pdfFile) stream(s *pdfBody) (io.Reader, error) {
	length := int64(p.int(s.dict["Length"]))
	if length <= 0 || s.at+length > p.size {
		length = p.findEnd(s.at)
	}
	var r io.Reader = io.NewSectionReader(p.r, s.at, length)
	if p.keys != nil && s.dict["Type"] != pdfName("XRef") {
		r = p.keys.reader(r, s)
	}
	filters, params := p.list(s.dict["Filter"]), p.list(s.dict["DecodeParms"])
	for i, f := range filters {
		var param pdfDict
		if i < len(params) {
			param = p.dict(params[i])
		}
		var err error
		if r, err = p.filter(r, p.name(f), param); err != nil {
			return nil, err
		}
	}
	if len(filters) == 0 {
		return r, nil
	}
	return &meter{r: r, budget: p.budget, packed: func() int64 { return length }}, nil
}

// findEnd looks for `endstream` where a length is wrong.
func (p *pdfFile) findEnd(at int64) int64 {
	b := make([]byte, 64<<10)
	for from := at; from < p.size; from += int64(len(b)) - 16 {
		n, _ := p.r.ReadAt(b, from)
		if k := bytes.Index(b[:n], []byte("endstream")); k >= 0 {
			return from - at + int64(k)
		}
		if n < len(b) {
			break
		}
	}
	return p.size - at
}

// list returns v as an array, whether it is one or a single thing.
func (p *pdfFile) list(v any) pdfArray {
	switch v := p.get(v).(type) {
	case nil:
		return nil
	case pdfArray:
		return v[:min(len(v), 8)]
	default:
		return pdfArray{v}
	}
}

func (p *pdfFile) filter(r io.Reader, name pdfName, param pdfDict) (io.Reader, error) {
	switch name {
	case "FlateDecode", "Fl":
		z, err := zlib.NewReader(r)
		if err != nil {
			return nil, Corrupt
		}
		return p.predict(z, param), nil
	case "LZWDecode", "LZW":
		early := 1
		if v, ok := p.get(param["EarlyChange"]).(float64); ok {
			early = int(v)
		}
		return p.predict(newLZW(r, early), param), nil
	case "ASCII85Decode", "A85":
		return ascii85.NewDecoder(&until85{r: r}), nil
	case "ASCIIHexDecode", "AHx":
		return &hexReader{r: r}, nil
	case "RunLengthDecode", "RL":
		return &runReader{r: r}, nil
	case "Crypt":
		return r, nil
	case "DCTDecode", "DCT", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "CCF":
		return nil, errPicture
	}
	return nil, Reason("a filter that is not known")
}

// predict undoes the PNG predictor, which tables of contents are packed with.
func (p *pdfFile) predict(r io.Reader, param pdfDict) io.Reader {
	if p.int(param["Predictor"]) < 10 {
		return r
	}
	colors, bits, columns := max(1, p.int(param["Colors"])), 8, max(1, p.int(param["Columns"]))
	if b := p.int(param["BitsPerComponent"]); b > 0 {
		bits = b
	}
	pixel := max(1, min(colors, 32)*min(bits, 16)/8)
	row := (min(colors, 32)*min(bits, 16)*min(columns, 1<<20) + 7) / 8
	return &pngReader{r: r, pixel: pixel, row: make([]byte, row+1), before: make([]byte, row+1)}
}

// A pngReader undoes the filters of PNG rows.
type pngReader struct {
	r           io.Reader
	pixel       int
	row, before []byte
	left        []byte
}

func (p *pngReader) Read(b []byte) (int, error) {
	if len(p.left) == 0 {
		p.row, p.before = p.before, p.row
		if _, err := io.ReadFull(p.r, p.row); err != nil {
			return 0, io.EOF
		}
		p.unfilter()
		p.left = p.row[1:]
	}
	n := copy(b, p.left)
	p.left = p.left[n:]
	return n, nil
}

func (p *pngReader) unfilter() {
	for i := 1; i < len(p.row); i++ {
		var left, up, corner byte = 0, p.before[i], 0
		if i > p.pixel {
			left, corner = p.row[i-p.pixel], p.before[i-p.pixel]
		}
		switch p.row[0] {
		case 1:
			p.row[i] += left
		case 2:
			p.row[i] += up
		case 3:
			p.row[i] += byte((int(left) + int(up)) / 2)
		case 4:
			p.row[i] += paeth(left, up, corner)
		}
	}
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := distance(p, a), distance(p, b), distance(p, c)
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func distance(p int, v byte) int {
	if p > int(v) {
		return p - int(v)
	}
	return int(v) - p
}

// until85 ends at `~>`.
type until85 struct {
	r   io.Reader
	end bool
}

func (u *until85) Read(b []byte) (int, error) {
	if u.end {
		return 0, io.EOF
	}
	n, err := u.r.Read(b)
	if k := bytes.IndexByte(b[:n], '~'); k >= 0 {
		u.end = true
		return k, nil
	}
	return n, err
}

// A hexReader decodes pairs of hexadecimal digits up to '>'.
type hexReader struct {
	r   io.Reader
	end bool
}

func (h *hexReader) Read(b []byte) (int, error) {
	n := 0
	var high, one [1]byte
	half := false
	for n < len(b) && !h.end {
		if _, err := io.ReadFull(h.r, one[:]); err != nil || one[0] == '>' {
			h.end = true
			break
		}
		d, ok := hexDigit(one[0])
		switch {
		case !ok:
		case half:
			b[n] = high[0]<<4 | d
			n, half = n+1, false
		default:
			high[0], half = d, true
		}
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// A runReader undoes run lengths.
type runReader struct {
	r    io.Reader
	left []byte
}

func (u *runReader) Read(b []byte) (int, error) {
	if len(u.left) == 0 {
		var head [1]byte
		if _, err := io.ReadFull(u.r, head[:]); err != nil || head[0] == 128 {
			return 0, io.EOF
		}
		if head[0] < 128 {
			u.left = make([]byte, int(head[0])+1)
			if _, err := io.ReadFull(u.r, u.left); err != nil {
				return 0, io.EOF
			}
		} else {
			times := 257 - int(head[0])
			if _, err := io.ReadFull(u.r, head[:]); err != nil {
				return 0, io.EOF
			}
			u.left = bytes.Repeat(head[:], times)
		}
	}
	n := copy(b, u.left)
	u.left = u.left[n:]
	return n, nil
}
