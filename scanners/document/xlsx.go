package document

import (
	"context"
	"path"
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// readXLSX reads workbooks: all sheets, hidden ones too, shared strings, dates,
// comments, headers and footers, defined names, pivot caches and charts.
func readXLSX(ctx context.Context, p *pack) error {
	b := &workbook{p: p, roles: map[string]string{}}
	if err := b.load(); err != nil {
		return err
	}
	for _, s := range b.sheets {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := p.try(s.file, func(string) error { return b.sheet(s) }); err != nil {
			return err
		}
		delete(p.entries, s.file)
	}
	return b.beside()
}

// beside reads what stands beside the sheets.
func (b *workbook) beside() error {
	p := b.p
	for _, folder := range []string{"xl/comments", "xl/threadedComments/", "xl/drawings/", "xl/charts/", "xl/pivotCache/", "xl/externalLinks/", "xl/worksheets/", "xl/chartsheets/", "xl/tables/", "xl/persons/"} {
		for _, name := range p.match(folder, ".xml") {
			if _, left := p.entries[name]; !left {
				continue
			}
			if err := p.try(name, func(n string) error { return b.aside(n) }); err != nil {
				return err
			}
		}
	}
	return p.rest("xl/")
}

// A workbook is what its sheets share.
type workbook struct {
	p       *pack
	sheets  []sheet
	strings []byte            // shared strings, glued
	ends    []uint32          // where each ends
	dates   []bool            // by style: shown as a date
	old     bool              // days are counted from 1904
	ofFile  map[string]string // comments file → sheet
	roles   map[string]string // last part of a relation's type → file
}

// A sheet is one table of a workbook.
type sheet struct{ name, file string }

func (b *workbook) load() error {
	files, err := b.relations("xl/_rels/workbook.xml.rels", "xl/")
	if err != nil {
		return err
	}
	names := newProse(b.p.out, b.p.f.At, item.Meta)
	inName := false
	err = b.p.walk("xl/workbook.xml", func(x *xmlReader) error {
		switch {
		case x.kind == xmlStart && string(x.name) == "sheet":
			if file := files[x.attr("id")]; file != "" {
				b.sheets = append(b.sheets, sheet{name: x.attr("name"), file: file})
			}
		case x.kind == xmlStart && string(x.name) == "workbookPr":
			v := x.attr("date1904")
			b.old = v == "1" || v == "true"
		case x.kind == xmlStart && string(x.name) == "definedName":
			names.addString(x.attr("name") + ": ")
			inName = true
		case x.kind == xmlText && inName:
			names.add(x.text)
		case x.kind == xmlEnd && inName:
			inName = false
			return names.end()
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := names.flush(); err != nil {
		return err
	}
	if err := b.styles(); err != nil {
		return err
	}
	return b.linked(b.role("sharedStrings", "xl/sharedStrings.xml"), b.shared)
}

// linked reads what the sheets point to: their comments and drawings, and the
// texts they share.
func (b *workbook) linked(file string, shared func(string) error) error {
	if err := b.attribute(); err != nil {
		return err
	}
	return b.p.try(file, shared)
}

// attribute notes to which sheet comments and drawings belong.
func (b *workbook) attribute() error {
	b.ofFile = map[string]string{}
	for _, s := range b.sheets {
		dir, base := path.Split(s.file)
		linked, err := b.relations(dir+"_rels/"+base+".rels", dir)
		if err != nil {
			return err
		}
		for _, file := range linked {
			b.ofFile[file] = s.name
		}
	}
	return nil
}

// role returns the file that the workbook names for a role, or the usual one.
func (b *workbook) role(kind, usual string) string {
	if file, ok := b.roles[kind]; ok {
		return file
	}
	return usual
}

// relations reads which file an id stands for.
func (b *workbook) relations(name, dir string) (map[string]string, error) {
	files := map[string]string{}
	err := b.p.walk(name, func(x *xmlReader) error {
		if x.kind == xmlStart && string(x.name) == "Relationship" && x.attr("TargetMode") != "External" {
			to := x.attr("Target")
			if strings.HasPrefix(to, "/") {
				to = to[1:]
			} else {
				to = path.Join(dir, to)
			}
			files[x.attr("Id")] = to
			if kind := path.Base(x.attr("Type")); dir == "xl/" && b.roles[kind] == "" {
				b.roles[kind] = to
			}
		}
		return nil
	})
	return files, err
}

// aside reads what is beside the cells: comments, drawings, caches.
func (b *workbook) aside(name string) error {
	place := item.Place{Sheet: b.ofFile[name]}
	if !strings.HasPrefix(name, "xl/pivotCache/") {
		return b.p.wordText(name, place)
	}
	at := b.p.f.At
	text := newProse(b.p.out, at, item.Data)
	err := b.p.walk(name, func(x *xmlReader) error {
		if x.kind == xmlStart {
			if v := x.attr("v"); v != "" {
				text.addString(v)
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
