package policy

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlLines reads a page: one line an element that stands alone. Tags are read
// one by one, so that every text keeps the line of its source.
func htmlLines(text string) []line {
	p := &page{no: 1}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := z.Raw()
		at := p.no
		p.no += strings.Count(string(raw), "\n")
		switch kind {
		case html.TextToken:
			p.text(string(z.Text()), at)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attributes := z.TagName()
			a := atom.Lookup(name)
			p.across, p.down = 1, 1
			if attributes && (a == atom.Td || a == atom.Th) {
				p.across, p.down = spansOf(z)
			}
			p.open(a, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := z.TagName()
			p.close(atom.Lookup(name))
		}
	}
	p.endRow()
	p.flush()
	return p.out
}

// A page is the state of reading one.
type page struct {
	out   []line
	no    int
	buf   strings.Builder
	marks []mark
	kind  lineKind
	level int
	hide  atom.Atom // element whose content is not text of the policy
	depth int       // of hide
	lists int       // open lists
	tableRow
	term   string // of a list of definitions, until its text begins
	termNo int
	bold   int // 1 while the bold words that open a paragraph last, then their length
}

func hidden(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Nav, atom.Noscript, atom.Svg, atom.Template, atom.Title, atom.Footer, atom.Select, atom.Button, atom.Iframe:
		return true
	}
	return false
}

func (p *page) text(s string, at int) {
	if p.hide != 0 {
		return
	}
	for _, piece := range strings.SplitAfter(s, "\n") {
		if words := strings.Join(strings.Fields(cleanSpaces(piece)), " "); words != "" {
			if p.buf.Len() > 0 && !strings.HasSuffix(p.buf.String(), " ") && (piece[0] == ' ' || piece[0] == '\n') {
				p.buf.WriteByte(' ')
			}
			p.marks = append(p.marks, mark{p.buf.Len(), at})
			p.buf.WriteString(words)
			if last := piece[len(piece)-1]; last == ' ' || last == '\n' {
				p.buf.WriteByte(' ')
			}
		} else if p.buf.Len() > 0 && piece != "" && !strings.HasSuffix(p.buf.String(), " ") {
			p.buf.WriteByte(' ')
		}
		at += strings.Count(piece, "\n")
	}
}

func (p *page) open(a atom.Atom, self bool) {
	if p.hide != 0 {
		if a == p.hide && !self {
			p.depth++
		}
		return
	}
	if hidden(a) {
		p.flush()
		if !self {
			p.hide, p.depth = a, 1
		}
		return
	}
	switch a {
	case atom.Br:
		if p.inRow {
			p.buf.WriteByte(' ')
			return
		}
		kind := p.kind
		p.flush()
		if kind == itemLine {
			p.kind = plainLine
		}
	case atom.Strong, atom.B:
		if p.buf.Len() == 0 && !p.inRow {
			p.bold = 1
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.boundary()
		if p.inRow {
			p.cut(headingLine, int(a.String()[1]-'0'))
		} else {
			p.kind, p.level = headingLine, int(a.String()[1]-'0')
		}
	case atom.Summary: // of a fold that the reader opens
		p.boundary()
		if !p.inRow {
			p.kind, p.level = headingLine, boldLevel-1
		}
	case atom.Ul, atom.Ol:
		if !p.inRow {
			p.flush()
		}
		p.lists++
	case atom.Li:
		if p.inRow {
			p.buf.WriteString(" – ")
			return
		}
		p.flush()
		p.kind, p.level = itemLine, max(0, p.lists-1)
	case atom.Table:
		p.leaveLayout()
		p.boundary()
		p.reaches, p.rows = nil, 0
	case atom.Tr:
		p.endRow()
		p.flush()
		p.inRow = true
	case atom.Td, atom.Th:
		p.openCell(a == atom.Th)
	case atom.Dt:
		p.boundary()
		p.term = ""
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Dd, atom.Blockquote, atom.Address, atom.Header, atom.Main, atom.Hr:
		p.boundary()
	}
}

func (p *page) close(a atom.Atom) {
	if p.hide != 0 {
		if a == p.hide {
			if p.depth--; p.depth <= 0 {
				p.hide = 0
			}
		}
		return
	}
	switch a {
	case atom.Strong, atom.B:
		if p.bold == 1 {
			p.bold = max(1, len(strings.TrimRight(p.buf.String(), " ")))
		}
	case atom.Td, atom.Th:
		p.endCell()
	case atom.Tr:
		p.endRow()
	case atom.Table:
		p.endRow()
		p.reaches = nil
		p.blank()
	case atom.Dt:
		p.closeTerm()
	case atom.Ul, atom.Ol:
		p.lists = max(0, p.lists-1)
		if !p.inRow {
			p.flush()
		}
	case atom.P, atom.Div, atom.Li, atom.Summary, atom.Details, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article, atom.Dd, atom.Blockquote, atom.Address:
		p.boundary()
	}
}

// boundary ends a paragraph; within a cell it only parts words.
func (p *page) boundary() {
	if p.inRow {
		p.buf.WriteByte(' ')
		p.cut(plainLine, 0)
		return
	}
	wasItem := p.kind == itemLine
	p.flush()
	if !wasItem {
		p.blank()
	}
}

func (p *page) blank() {
	if n := len(p.out); n > 0 && p.out[n-1].kind != blankLine {
		p.out = append(p.out, line{no: p.no, kind: blankLine})
	}
}

func (p *page) flush() {
	s := strings.TrimRight(p.buf.String(), " ")
	if s != "" && p.term != "" {
		s = p.defined(s)
	}
	if s != "" && !p.inRow {
		l := line{no: p.marks[0].no, text: s, kind: p.kind, level: p.level, marks: p.marks, bold: p.lead(s)}
		if l.kind == plainLine && p.bold >= len(s) && boldTitle(s) {
			l.kind, l.level = headingLine, boldLevel
		}
		p.out = append(p.out, l)
	}
	if s != "" || p.kind != itemLine {
		p.kind, p.level = plainLine, 0
	}
	p.buf.Reset()
	p.marks, p.bold = nil, 0
}

// boldLevel is the level of a heading that is a line in bold: below those that are
// marked as headings.
const boldLevel = 6

// boldTitle tells whether a line all in bold is a heading rather than a warning.
func boldTitle(s string) bool {
	return len(strings.Fields(s)) <= 14 && titleLike(strings.TrimRight(s, " :?")) && !address(s) && !strings.Contains(s, " : ")
}

// lead is the length of the bold words that open a text.
func (p *page) lead(s string) int {
	if p.bold < 2 || p.bold >= len(s) {
		return 0
	}
	return p.bold
}
