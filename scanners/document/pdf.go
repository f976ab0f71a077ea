package document

import (
	"bytes"
	"context"
	"io"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// PDF reads the text of pages, notes on them, forms, properties and attached
// files. Pages that are pictures are told apart: they are not read.
var PDF = Format{
	Name: "pdf",
	Match: func(_ string, head []byte) bool {
		return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-"))
	},
	Read: func(ctx context.Context, f *File, out Out) error { return readPDF(ctx, f, out, nil) },
}

// ImageOnly is why a scanned document is not read.
const ImageOnly = Reason("image only: no text layer")

func readPDF(ctx context.Context, f *File, out Out, ocr *OCR) error {
	r, size, done, err := f.at()
	if err != nil {
		return err
	}
	defer done()
	p, err := openPDF(r, size, f.allowance())
	if err != nil {
		return err
	}
	d := &pdfDoc{p: p, f: f, out: out, ocr: ocr, fonts: map[any]*pdfFont{}}
	if err := d.pages(ctx); err != nil {
		return err
	}
	if err := d.about(); err != nil {
		return err
	}
	if err := d.forms(); err != nil {
		return err
	}
	if err := d.attached(); err != nil {
		return err
	}
	return d.verdict()
}

// A pdfDoc hands over one document.
type pdfDoc struct {
	p     *pdfFile
	f     *File
	out   Out
	ocr   *OCR // nil without
	fonts map[any]*pdfFont

	read, scanned, blind int // pages
	first                int // scanned page
	broken               int
}

// verdict says what of the document could not be read.
func (d *pdfDoc) verdict() error {
	switch {
	case d.read == 0 && d.scanned == 0 && d.blind == 0 && d.broken == 0 && d.p.dict(d.p.trailer["Root"]) == nil:
		return Corrupt
	case d.p.tooMany:
		return Reason("more objects than are read")
	case d.scanned > 0 && d.read == 0:
		return ImageOnly
	case d.blind > 0 && d.read == 0:
		return Reason("its fonts do not tell which characters they show")
	}
	at := d.f.At
	if d.scanned > 0 {
		at.Page = d.first
		d.out.Unread(at, "some pages are images without text")
	}
	if d.blind > 0 {
		d.out.Unread(d.f.At, "the fonts of some pages do not tell which characters they show")
	}
	if d.broken > 0 {
		d.out.Unread(d.f.At, "some pages are corrupt")
	}
	return nil
}

// pages walks the tree of pages, without trusting that it is one.
func (d *pdfDoc) pages(ctx context.Context) error {
	type node struct {
		v         any
		resources any
		box       any
	}
	root := d.p.dict(d.p.trailer["Root"])
	stack := []node{{v: root["Pages"]}}
	met := map[pdfRef]bool{}
	number := 0
	for len(stack) > 0 && number < pdfPages {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if ref, ok := n.v.(pdfRef); ok {
			if met[ref] {
				continue
			}
			met[ref] = true
		}
		page := d.p.dict(n.v)
		if page == nil {
			continue
		}
		if r, ok := page["Resources"]; ok {
			n.resources = r
		}
		if b, ok := page["MediaBox"]; ok {
			n.box = b
		}
		if kids := d.p.array(page["Kids"]); kids != nil {
			for i := len(kids) - 1; i >= 0; i-- {
				stack = append(stack, node{kids[i], n.resources, n.box})
			}
			continue
		}
		number++
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := d.page(ctx, number, page, d.p.dict(n.resources), d.p.array(n.box)); err != nil {
			return err
		}
	}
	return nil
}

// page hands over the text of one page and of the notes on it.
func (d *pdfDoc) page(ctx context.Context, number int, page, resources pdfDict, box pdfArray) error {
	if len(d.fonts) > 512 {
		clear(d.fonts)
	}
	g := &pdfPage{p: d.p, fonts: d.fonts}
	g.state.to = pdfUnit
	content, err := d.content(page["Contents"])
	g.fault(err)
	g.keep = d.ocr != nil
	g.run(content, resources)
	if g.broken {
		d.broken++
	}
	at := d.f.At
	at.Page, at.Line = number, 1
	if d.isPicture(g, box) {
		switch read, err := d.ocrPage(ctx, g, at); {
		case err != nil:
			return err
		case read:
			d.read++
		default:
			if d.scanned++; d.first == 0 {
				d.first = number
			}
		}
	} else {
		d.count(g)
	}
	for _, v := range d.p.list(page["Annots"]) {
		d.note(g, d.p.dict(v))
	}
	if len(g.out) == 0 {
		return nil
	}
	return d.out.Segment(&item.Segment{At: at, Kind: item.Prose, Text: append(g.out, '\n')})
}

// content returns the operators of a page.
func (d *pdfDoc) content(v any) ([]byte, error) {
	var all []byte
	var fault error
	for _, part := range d.streams(v) {
		s, ok := d.p.get(part).(*pdfBody)
		if !ok {
			continue
		}
		b, err := d.p.unpack(s, pdfContent)
		if err != nil {
			fault = err
		}
		if all = append(append(all, b...), '\n'); len(all) > pdfContent {
			break
		}
	}
	return all, fault
}

// streams returns one stream or several as a list.
func (d *pdfDoc) streams(v any) pdfArray {
	if a := d.p.array(v); a != nil {
		return a
	}
	return pdfArray{v}
}

// isPicture tells whether a page is the picture of one: no text but a page number
// or a stamp.
func (d *pdfDoc) isPicture(g *pdfPage, box pdfArray) bool {
	area := 595.0 * 842
	if len(box) == 4 {
		area = (d.p.float(box[2]) - d.p.float(box[0])) * (d.p.float(box[3]) - d.p.float(box[1]))
	}
	text := len(bytes.TrimSpace(g.out))
	return text == 0 && g.picture > area*0.3 || text <= pageStamp && g.picture > area*0.8
}

// pageStamp is how many bytes of text a scanned page may have: `Page 3 sur 12`.
const pageStamp = 24

// count tells pages of text from those whose fonts hide it.
func (d *pdfDoc) count(g *pdfPage) {
	switch text := len(bytes.TrimSpace(g.out)); {
	case g.blind > 20 && g.blind*2 > g.shown:
		d.blind++
	case text > 0:
		d.read++
	}
}

// note reads an annotation: its text, its author, where a link leads.
func (d *pdfDoc) note(g *pdfPage, a pdfDict) {
	if a == nil {
		return
	}
	for _, key := range []pdfName{"T", "Contents", "RC", "Subj"} {
		if key == "T" && d.p.name(a["Subtype"]) == "Widget" {
			continue // the form says its name and value together
		}
		if s := pdfText(d.p.get(a[key])); s != "" {
			g.out = append(append(g.out, '\n'), s...)
		}
	}
	if uri := pdfText(d.p.get(d.p.dict(a["A"])["URI"])); uri != "" {
		g.out = append(append(g.out, '\n'), uri...)
	}
}

// about reads the properties, old and new form.
func (d *pdfDoc) about() error {
	text := newProse(d.out, d.f.At, item.Meta)
	info := d.p.dict(d.p.trailer["Info"])
	for _, key := range []pdfName{"Title", "Author", "Subject", "Keywords"} {
		if s := pdfText(d.p.get(info[key])); s != "" {
			text.addString(string(key) + ": " + s)
			if err := text.end(); err != nil {
				return err
			}
		}
	}
	for _, key := range []pdfName{"ModDate", "CreationDate"} {
		if s := strings.TrimPrefix(pdfText(d.p.get(info[key])), "D:"); len(s) >= 8 {
			dated(d.out, s[:4]+"-"+s[4:6]+"-"+s[6:8])
		}
	}
	if s, ok := d.p.get(d.p.dict(d.p.trailer["Root"])["Metadata"]).(*pdfBody); ok {
		b, _ := d.p.unpack(s, pdfObject) // what is there of a broken one
		for x := newXML(bytes.NewReader(b)); x.next(); {
			if x.kind == xmlText && len(bytes.TrimSpace(x.text)) > 0 {
				text.add(bytes.TrimSpace(x.text))
				if err := text.end(); err != nil {
					return err
				}
			}
		}
	}
	return text.flush()
}

// forms reads what was filled in: one field a line.
func (d *pdfDoc) forms() error {
	text := newProse(d.out, d.f.At, item.Prose)
	stack := []any{}
	for _, v := range d.p.array(d.p.dict(d.p.dict(d.p.trailer["Root"])["AcroForm"])["Fields"]) {
		stack = append(stack, v)
	}
	met := map[pdfRef]bool{}
	for n := 0; len(stack) > 0 && n < pdfItems; n++ {
		v := stack[0]
		stack = stack[1:]
		if ref, ok := v.(pdfRef); ok {
			if met[ref] {
				continue
			}
			met[ref] = true
		}
		field := d.p.dict(v)
		stack = append(stack, d.p.array(field["Kids"])...)
		value := pdfText(d.p.get(field["V"]))
		if value == "" {
			continue
		}
		label := pdfText(d.p.get(field["TU"]))
		if label == "" {
			label = pdfText(d.p.get(field["T"]))
		}
		text.addString(label + " : " + value)
		if err := text.end(); err != nil {
			return err
		}
	}
	return text.flush()
}

// attached hands over the files inside the document.
func (d *pdfDoc) attached() error {
	if !d.p.files {
		return nil
	}
	for _, n := range d.p.numbers() {
		spec := d.p.dict(pdfRef(n))
		ef := d.p.dict(spec["EF"])
		if ef == nil {
			continue
		}
		s, ok := d.p.get(ef["F"]).(*pdfBody)
		if !ok {
			if s, ok = d.p.get(ef["UF"]).(*pdfBody); !ok {
				continue
			}
		}
		name := pdfText(d.p.get(spec["UF"]))
		if name == "" {
			name = pdfText(d.p.get(spec["F"]))
		}
		open := func() (io.ReadCloser, error) {
			r, err := d.p.stream(s)
			if err != nil {
				return nil, Corrupt
			}
			return io.NopCloser(r), nil
		}
		if err := d.f.part(d.out, name, -1, open); err != nil {
			return err
		}
	}
	return nil
}
