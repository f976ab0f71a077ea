package document

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"github.com/ecart-rgpd/ecart/item"
)

// pagePictures bounds the pictures of one page that are read by OCR.
const pagePictures = 64

// ocrPage reads the letters in the pictures of a page that has no text of its own;
// false when a picture could not be read.
func (d *pdfDoc) ocrPage(ctx context.Context, g *pdfPage, at item.Location) (bool, error) {
	if d.ocr == nil || len(g.pictures) == 0 {
		return false, nil
	}
	all := true
	for _, s := range g.pictures {
		b, err := d.p.picture(s)
		if err != nil {
			all = false
			continue
		}
		if _, err := d.ocr.read(ctx, bytes.NewReader(b), at, d.out); err != nil {
			if (&pack{out: d.out}).failed() || ctx.Err() != nil {
				return false, err
			}
			all = false
		}
	}
	return all, nil
}

// picture returns the bytes of a picture in a form other programs know: as it
// stands, or with the head that PDF keeps elsewhere.
func (p *pdfFile) picture(s *pdfBody) ([]byte, error) {
	width, height := p.int(s.dict["Width"]), p.int(s.dict["Height"])
	if width <= 0 || height <= 0 || float64(width)*float64(height) > ocrPixels {
		return nil, ocrLarge
	}
	filters, params := p.list(s.dict["Filter"]), p.list(s.dict["DecodeParms"])
	last, plain := pdfName(""), *s
	if n := len(filters); n > 0 {
		last = p.name(filters[n-1])
	}
	switch last {
	case "DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF":
		plain.dict = pdfDict{}
		for k, v := range s.dict {
			plain.dict[k] = v
		}
		plain.dict["Filter"] = filters[:len(filters)-1]
	case "JBIG2Decode":
		return nil, errPicture
	}
	b, err := p.unpack(&plain, ocrBytes)
	if err != nil {
		return nil, err
	}
	switch last {
	case "DCTDecode", "DCT", "JPXDecode":
		return b, nil
	case "CCITTFaxDecode", "CCF":
		var param pdfDict
		if n := len(filters); n <= len(params) {
			param = p.dict(params[n-1])
		}
		return p.fax(b, param, width, height), nil
	}
	return p.bitmap(b, s.dict, width, height)
}

// fax puts the head of a TIFF file before a picture packed like a fax.
func (p *pdfFile) fax(b []byte, param pdfDict, width, height int) []byte {
	if columns := p.int(param["Columns"]); columns > 0 {
		width = columns
	} else if param["Columns"] == nil {
		width = 1728
	}
	compression, options, light := 4, 0, 0 // light: 0 shows as white
	switch k := p.int(param["K"]); {
	case k == 0:
		compression = 3
	case k > 0:
		compression, options = 3, 1
	}
	if param["BlackIs1"] == true {
		light = 1
	}
	fields := [][3]int{
		{256, 4, width},
		{257, 4, height},
		{258, 3, 1},
		{259, 3, compression},
		{262, 3, light},
		{273, 4, 8 + 2 + 9*12 + 4},
		{278, 4, height},
		{279, 4, len(b)},
		{292 + compression/4, 4, options},
	}
	le := binary.LittleEndian
	out := le.AppendUint16([]byte("II*\x00\x08\x00\x00\x00"), uint16(len(fields)))
	for _, f := range fields {
		out = le.AppendUint16(le.AppendUint16(out, uint16(f[0])), uint16(f[1]))
		out = le.AppendUint32(le.AppendUint32(out, 1), uint32(f[2]))
	}
	return append(append(out, 0, 0, 0, 0), b...)
}

// bitmap writes plain pixels as a portable pixmap.
func (p *pdfFile) bitmap(b []byte, d pdfDict, width, height int) ([]byte, error) {
	bits, colours := p.int(d["BitsPerComponent"]), 1
	if d["ImageMask"] == true {
		bits = 1
	}
	space := p.get(d["ColorSpace"])
	name, _ := space.(pdfName)
	var lookup []byte
	if a, ok := space.(pdfArray); ok && len(a) > 1 {
		switch name = p.name(a[0]); name {
		case "ICCBased":
			colours = max(1, p.int(p.dict(a[1])["N"]))
		case "Indexed", "I":
			if lookup = p.lookup(a); lookup == nil {
				return nil, errPicture
			}
		case "CalRGB", "Lab":
			colours = 3
		}
	}
	switch name {
	case "DeviceRGB", "RGB":
		colours = 3
	case "DeviceCMYK", "CMYK":
		colours = 4
	}
	flip := byte(0)
	if a := p.array(d["Decode"]); len(a) > 1 && p.float(a[0]) > p.float(a[1]) {
		flip = 0xFF
	}
	row := (width*colours*bits + 7) / 8
	if bits != 1 && bits != 8 || colours > 4 || row*height > len(b)+row {
		return nil, errPicture
	}
	out := []byte(fmt.Sprintf("P5\n%d %d\n255\n", width, height))
	for y := range height {
		line := b[min(y*row, len(b)):min((y+1)*row, len(b))]
		for x := range width {
			out = append(out, grey(line, x, bits, colours, lookup)^flip)
		}
	}
	return out, nil
}

// lookup returns how light each colour of a table is.
func (p *pdfFile) lookup(a pdfArray) []byte {
	if len(a) < 4 {
		return nil
	}
	var table []byte
	switch v := p.get(a[3]).(type) {
	case pdfString:
		table = v
	case *pdfBody:
		table, _ = p.unpack(v, 4096) // what is there of a broken one
	}
	colours := max(1, len(table)/(p.int(a[2])+1))
	out := make([]byte, 256)
	for i := range out {
		out[i] = grey(table[min(i*colours, len(table)):], 0, 8, min(colours, 4), nil)
	}
	return out
}

// grey returns how light a pixel of a row is.
func grey(row []byte, x, bits, colours int, lookup []byte) byte {
	at := func(i int) int {
		if i >= len(row) {
			return 255
		}
		return int(row[i])
	}
	v := 0
	switch {
	case bits == 1:
		v = at(x*colours/8) >> (7 - x*colours%8) & 1
		if lookup == nil {
			v *= 255
		}
	case colours == 3:
		v = (at(3*x)*3 + at(3*x+1)*6 + at(3*x+2)) / 10
	case colours == 4:
		v = max(0, 255-at(4*x+3)-(at(4*x)+at(4*x+1)+at(4*x+2))/3)
	default:
		v = at(x)
	}
	if lookup != nil {
		return lookup[v]
	}
	return byte(v)
}
