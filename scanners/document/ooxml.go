package document

import (
	"bytes"
	"context"
	"path"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// readDOCX reads every part of a Word document that holds text: what is seen,
// and headers, footers, notes, comments, deleted text, alternative texts.
func readDOCX(_ context.Context, p *pack) error {
	for _, name := range p.names {
		dir, base := path.Split(name)
		if !strings.HasSuffix(base, ".xml") || dir != "word/" && dir != "word/glossary/" && dir != "customXml/" || notText[base] {
			continue
		}
		if err := p.try(name, func(n string) error { return p.wordText(n, item.Place{}) }); err != nil {
			return err
		}
	}
	return p.rest("word/")
}

// notText are the parts of a Word document about its looks.
var notText = map[string]bool{"styles.xml": true, "fontTable.xml": true, "webSettings.xml": true, "numbering.xml": true, "theme1.xml": true}

// readPPTX reads slides, their notes and comments, masters and layouts.
func readPPTX(_ context.Context, p *pack) error {
	for _, folder := range []string{"ppt/slides/", "ppt/notesSlides/", "ppt/comments/", "ppt/slideMasters/", "ppt/slideLayouts/", "ppt/notesMasters/", "ppt/charts/", "ppt/diagrams/data"} {
		for _, name := range p.match(folder, ".xml") {
			place := item.Place{}
			if folder == "ppt/slides/" || folder == "ppt/notesSlides/" {
				place.Page = numberIn(name)
			}
			if err := p.try(name, func(n string) error { return p.wordText(n, place) }); err != nil {
				return err
			}
		}
	}
	return p.rest("ppt/")
}

// rest reads what every office document of this family may have: properties,
// links, pictures and documents inside it.
func (p *pack) rest(folder string) error {
	for _, name := range p.names {
		var err error
		switch {
		case strings.HasPrefix(name, "docProps/") && strings.HasSuffix(name, ".xml"):
			err = p.try(name, p.properties)
		case strings.HasSuffix(name, ".rels"):
			err = p.try(name, p.links)
		case strings.HasPrefix(name, folder+"media/"), strings.HasPrefix(name, folder+"embeddings/"):
			err = p.part(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// properties reads title, authors, keywords: one a line.
func (p *pack) properties(name string) error {
	text := newProse(p.out, p.f.At, item.Meta)
	key := ""
	err := p.walk(name, func(x *xmlReader) error {
		switch x.kind {
		case xmlStart:
			if key = string(x.name); key == "property" {
				text.addString(x.attr("name") + ": ")
			}
		case xmlText:
			if len(bytes.TrimSpace(x.text)) == 0 {
				return nil
			}
			if key == "modified" || key == "created" || key == "date" {
				dated(p.out, string(x.text))
				return nil
			}
			if _, dull := dullProperties[key]; !dull {
				text.addString(key + ": ")
				text.add(x.text)
				return text.end()
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return text.flush()
}

// dullProperties say nothing of persons.
var dullProperties = map[string]struct{}{
	"Application": {}, "AppVersion": {}, "TotalTime": {}, "Pages": {}, "Words": {}, "Characters": {}, "Lines": {}, "Paragraphs": {},
	"DocSecurity": {}, "ScaleCrop": {}, "LinksUpToDate": {}, "CharactersWithSpaces": {}, "SharedDoc": {}, "HyperlinksChanged": {}, "revision": {},
	"i4": {}, "Slides": {}, "Notes": {}, "HiddenSlides": {}, "generator": {}, "editing-cycles": {}, "editing-duration": {},
}

// dated offers the day of an ISO date.
func dated(out Out, s string) {
	if s = strings.TrimSpace(s); len(s) >= 10 && shaped([]byte(s), "9999-99-99") && s >= "1980" {
		out.Dated(s[:10])
	}
}

// links reads the addresses that a document points to.
func (p *pack) links(name string) error {
	text := newProse(p.out, p.f.At, item.Meta)
	err := p.walk(name, func(x *xmlReader) error {
		if x.kind == xmlStart && string(x.name) == "Relationship" && x.attr("TargetMode") == "External" {
			text.addString(x.attr("Target"))
			return text.end()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return text.flush()
}

// wordText reads the text of WordprocessingML and DrawingML, whose elements for
// it have the same names.
func (p *pack) wordText(name string, place item.Place) error {
	w := &wordReader{text: newProse(p.out, p.f.At, item.Prose), p: p, place: place}
	w.text.seg.At.Place = place
	if err := p.walk(name, w.step); err != nil {
		return err
	}
	return w.text.flush()
}

// A wordReader follows the paragraphs and tables of one part.
type wordReader struct {
	p      *pack
	place  item.Place
	text   *prose
	inText int // depth of elements that hold text
	skip   int // depth within what repeats the text for old programs
	tables []*wordTable
}

// A wordTable is a table and the cell at hand.
type wordTable struct {
	table  *table
	before *prose // the text around the table
	row    int
	column int
}

func (w *wordReader) step(x *xmlReader) error {
	switch x.kind {
	case xmlText:
		if w.inText > 0 && w.skip == 0 {
			w.text.add(x.text)
			return w.text.long()
		}
		return nil
	case xmlStart:
		return w.start(x)
	}
	return w.end(string(x.name))
}

func (w *wordReader) start(x *xmlReader) error {
	switch string(x.name) {
	case "t", "delText", "instrText", "v", "text", "pos":
		w.inText++
	case "Fallback":
		w.skip++
	case "tab", "ptab":
		w.text.space()
	case "br", "cr":
		return w.text.end()
	case "noBreakHyphen":
		w.text.addString("-")
	case "docPr", "cNvPr", "textInput", "default", "ddList", "listEntry", "alias", "tag", "comment":
		return w.attributes(x)
	case "tbl":
		return w.openTable()
	case "tr":
		return w.openRow()
	case "tc":
		w.openCell()
	}
	return nil
}

// attributes reads the texts that stand in attributes: alternative texts, form
// fields, who changed what.
func (w *wordReader) attributes(x *xmlReader) error {
	for _, name := range []string{"descr", "title", "val", "author"} {
		if v := x.attr(name); v != "" {
			w.text.space()
			w.text.addString(v)
			w.text.space()
		}
	}
	return nil
}

func (w *wordReader) end(name string) error {
	switch name {
	case "t", "delText", "instrText", "v", "text", "pos":
		w.inText = max(0, w.inText-1)
	case "Fallback":
		w.skip = max(0, w.skip-1)
	case "p":
		return w.text.end()
	case "tc":
		w.closeCell()
	case "tbl":
		return w.closeTable()
	}
	return nil
}

// openTable starts a table; one within another is text of its cell.
func (w *wordReader) openTable() error {
	if len(w.tables) > 0 {
		w.tables = append(w.tables, nil)
		return nil
	}
	if err := w.text.flush(); err != nil {
		return err
	}
	at := w.p.f.At
	at.Place = w.place
	w.tables = append(w.tables, &wordTable{table: newTable(w.p.out, at, ""), before: w.text, column: -1})
	return nil
}

// at returns the table at hand; nil outside tables and within inner ones.
func (w *wordReader) at() *wordTable {
	if len(w.tables) != 1 {
		return nil
	}
	return w.tables[0]
}

func (w *wordReader) openRow() error {
	if t := w.at(); t != nil {
		t.row++
		t.column = -1
		return t.table.row(t.row)
	}
	return nil
}

func (w *wordReader) openCell() {
	if t := w.at(); t != nil {
		t.column++
		w.text = newProse(w.p.out, w.p.f.At, item.Prose)
	}
}

func (w *wordReader) closeCell() {
	if t := w.at(); t != nil && w.text != t.before {
		t.table.cell(t.column, bytes.TrimSpace(w.text.buf))
		w.text = t.before
	}
}

func (w *wordReader) closeTable() error {
	if len(w.tables) == 0 {
		return nil
	}
	t := w.tables[len(w.tables)-1]
	w.tables = w.tables[:len(w.tables)-1]
	if t == nil {
		return nil
	}
	w.text = t.before
	return t.table.flush()
}
