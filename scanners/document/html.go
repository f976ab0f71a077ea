package document

import (
	"bytes"
	"context"
	"io"
	"strings"

	"golang.org/x/net/html"

	"github.com/ecart-rgpd/ecart/item"
)

// HTML reads pages as a reader sees them, and what they do not see: comments,
// alternative texts, hidden fields, addresses of links.
var HTML = Format{
	Name: "html",
	Match: func(name string, head []byte) bool {
		switch extension(name) {
		case "html", "htm", "xhtml", "mht":
			return isText(head)
		case "", "txt", "xls", "doc": // programs call their HTML so
			start := bytes.ToLower(bytes.TrimLeft(head[:min(len(head), 256)], "\xEF\xBB\xBF \t\r\n"))
			return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
		}
		return false
	},
	Read: func(_ context.Context, f *File, out Out) error {
		r, err := f.Open()
		if err != nil {
			return err
		}
		return readHTML(UTF8(r), f.At, out)
	},
}

// maxHTMLToken bounds one tag or stretch of text, in bytes.
const maxHTMLToken = 4 << 20

// readHTML keeps the line ends of the source, so that lines are those an editor
// shows.
func readHTML(r io.Reader, at item.Location, out Out) error {
	z := html.NewTokenizer(r)
	z.SetMaxBuf(maxHTMLToken)
	p := &page{out: out, at: at, text: newProse(out, at, item.Prose)}
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := bytes.Count(z.Raw(), newline)
		if err := p.token(z, kind); err != nil {
			return err
		}
		p.line += raw
	}
	if err := p.finish(); err != nil {
		return err
	}
	if err := z.Err(); err != io.EOF { //nolint:errorlint // the tokenizer returns it bare
		return err
	}
	return nil
}

// A page follows the text and tables of one page.
type page struct {
	out    Out
	at     item.Location
	text   *prose
	line   int    // line ends passed
	wrote  int    // line ends in the text
	silent string // element whose text is not read: script, style

	depth  int // of tables
	layout int // how many of them only arrange the page
	table  *table
	cell   []byte
	inCell bool
	column int
}

// token takes one token of the page.
func (p *page) token(z *html.Tokenizer, kind html.TokenType) error {
	switch kind {
	case html.TextToken:
		if p.silent == "" {
			p.words(z.Text())
		}
	case html.CommentToken:
		p.words([]byte(" "))
		p.words(z.Text())
		p.words([]byte(" "))
	case html.StartTagToken, html.SelfClosingTagToken:
		name, more := z.TagName()
		return p.start(z, string(name), more)
	case html.EndTagToken:
		name, _ := z.TagName()
		return p.end(string(name))
	}
	return p.text.long()
}

// words adds text to the cell or page at hand, and keeps it on its line.
func (p *page) words(b []byte) {
	if p.inCell {
		p.cell = append(p.cell, b...)
		return
	}
	for ; p.wrote < p.line; p.wrote++ {
		p.text.addString("\n")
	}
	p.text.add(b)
	p.wrote += bytes.Count(b, newline)
}

func (p *page) start(z *html.Tokenizer, name string, more bool) error {
	switch name {
	case "script", "style":
		p.silent = name
	case "b", "i", "em", "strong", "span", "u", "a", "font", "small", "sup", "sub", "mark", "code", "abbr":
	case "table":
		return p.openTable(z, more)
	case "tr":
		if p.inTable() {
			p.closeCell()
			p.column = -1
			return p.table.row(p.line + 1)
		}
		p.words([]byte(" "))
	case "td", "th":
		if p.inTable() {
			p.closeCell()
			p.column++
			p.inCell, p.cell = true, p.cell[:0]
			break
		}
		p.words([]byte(" "))
	default:
		p.words([]byte(" "))
	}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		p.attribute(string(key), value)
	}
	return nil
}

// attribute reads the attributes that hold text.
func (p *page) attribute(key string, value []byte) {
	switch key {
	case "alt", "title", "value", "placeholder", "content", "aria-label", "summary":
	case "href":
		if !bytes.HasPrefix(value, []byte("mailto:")) && !bytes.HasPrefix(value, []byte("tel:")) {
			return
		}
	default:
		return
	}
	p.words([]byte(" "))
	p.words(value)
	p.words([]byte(" "))
}

func (p *page) end(name string) error {
	switch name {
	case p.silent:
		p.silent = ""
	case "td", "th":
		if p.inTable() {
			p.closeCell()
		}
	case "table":
		return p.endTable()
	}
	return nil
}

func (p *page) closeCell() {
	if p.inCell {
		p.table.cell(p.column, bytes.TrimSpace(p.cell))
		p.inCell = false
	}
}

// closeTable hands over what is left of the table at hand.
func (p *page) closeTable() error {
	p.closeCell()
	err := p.table.flush()
	p.table = nil
	return err
}

func (p *page) finish() error {
	if p.table != nil {
		if err := p.closeTable(); err != nil {
			return err
		}
	}
	if strings.TrimSpace(string(p.text.buf)) == "" {
		return nil
	}
	return p.text.flush()
}
