package document

import (
	"bytes"
	"errors"
	"math"

	"github.com/klauspost/compress/zlib"
)

// A pdfMatrix is a b c d e f of the specification.
type pdfMatrix [6]float64

func (m pdfMatrix) times(n pdfMatrix) pdfMatrix {
	return pdfMatrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

var pdfUnit = pdfMatrix{1, 0, 0, 1, 0, 0}

// Bounds on what one page draws.
const (
	pdfContent = 32 << 20 // bytes of operators
	pdfForms   = 8        // forms within forms
	pdfDraws   = 2000     // forms drawn on a page
)

// A pdfState is what `q` saves.
type pdfState struct {
	to      pdfMatrix
	font    *pdfFont
	size    float64
	leading float64
	char    float64 // space between characters
	word    float64 // and more between words
	scale   float64
}

// A pdfPage turns the operators of a page into lines of text.
type pdfPage struct {
	p     *pdfFile
	fonts map[any]*pdfFont // by reference

	state pdfState
	saved []pdfState
	text  pdfMatrix // of the next character
	line  pdfMatrix // of the line it is on

	out      []byte
	drawn    bool    // something was written
	x, y     float64 // where the last text ended
	height   float64 // of the last text
	shown    int     // characters
	blind    int     // characters that cannot be told
	picture  float64 // area of pictures
	keep     bool    // the pictures are wanted
	pictures []*pdfBody
	draws    int
	depth    int
	broken   bool // some of what it draws could not be unpacked
}

// fault notes that a stream of the page broke off. One whose sum is wrong has all
// its bytes.
func (g *pdfPage) fault(err error) {
	g.broken = g.broken || err != nil && !errors.Is(err, zlib.ErrChecksum)
}

// run interprets a content stream with its resources.
func (g *pdfPage) run(content []byte, resources pdfDict) {
	l := &pdfLexer{b: content}
	fonts := g.p.dict(resources["Font"])
	var args [8]any
	n := 0
	for {
		v, ok := l.next()
		if !ok {
			return
		}
		op, isOp := v.(pdfWord)
		if !isOp {
			if n == len(args) {
				copy(args[:], args[1:])
				n--
			}
			args[n] = v
			n++
			continue
		}
		if op == "BI" {
			g.inlineImage(l)
		} else {
			g.operator(string(op), args[:n], fonts, resources)
		}
		n = 0
	}
}

func (g *pdfPage) operator(op string, a []any, fonts, resources pdfDict) {
	switch op {
	case "BT":
		g.text, g.line = pdfUnit, pdfUnit
	case "q":
		if len(g.saved) < 256 {
			g.saved = append(g.saved, g.state)
		}
	case "Q":
		if n := len(g.saved); n > 0 {
			g.state, g.saved = g.saved[n-1], g.saved[:n-1]
		}
	case "cm":
		g.state.to = matrixOf(a).times(g.state.to)
	case "Tf":
		g.setFont(a, fonts)
	case "TL":
		g.state.leading = arg(a, 0)
	case "Tc":
		g.state.char = arg(a, 0)
	case "Tw":
		g.state.word = arg(a, 0)
	case "Tz":
		g.state.scale = arg(a, 0) / 100
	case "Td":
		g.move(arg(a, 0), arg(a, 1))
	case "TD":
		g.state.leading = -arg(a, 1)
		g.move(arg(a, 0), arg(a, 1))
	case "Tm":
		g.text = matrixOf(a)
		g.line = g.text
	case "T*":
		g.move(0, -g.state.leading)
	case "Tj":
		g.show(a)
	case "'":
		g.move(0, -g.state.leading)
		g.show(a)
	case "\"":
		g.state.word, g.state.char = arg(a, 0), arg(a, 1)
		g.move(0, -g.state.leading)
		g.show(a)
	case "TJ":
		g.showAll(a)
	case "Do":
		g.draw(a, resources)
	}
}

// arg returns the i-th number; 0 when there is none.
func arg(a []any, i int) float64 {
	if i >= len(a) {
		return 0
	}
	v, _ := a[i].(float64)
	return v
}

func matrixOf(a []any) pdfMatrix {
	if len(a) < 6 {
		return pdfUnit
	}
	m := pdfMatrix{}
	for i := range m {
		m[i] = arg(a, len(a)-6+i)
	}
	return m
}

func (g *pdfPage) setFont(a []any, fonts pdfDict) {
	if len(a) < 2 {
		return
	}
	name, _ := a[0].(pdfName)
	g.state.size = arg(a, 1)
	v := fonts[name]
	key := v
	if _, isRef := v.(pdfRef); !isRef {
		key = name
	}
	f, ok := g.fonts[key]
	if !ok {
		f = g.p.font(v)
		g.fonts[key] = f
	}
	g.state.font = f
}

func (g *pdfPage) move(x, y float64) {
	g.line = pdfMatrix{1, 0, 0, 1, x, y}.times(g.line)
	g.text = g.line
}

func (g *pdfPage) show(a []any) {
	if len(a) > 0 {
		if s, ok := a[len(a)-1].(pdfString); ok {
			g.write(s)
		}
	}
}

func (g *pdfPage) showAll(a []any) {
	if len(a) == 0 {
		return
	}
	list, _ := a[len(a)-1].(pdfArray)
	for _, v := range list {
		switch v := v.(type) {
		case pdfString:
			g.write(v)
		case float64:
			g.advance(-v / 1000 * g.state.size)
		}
	}
}

func (g *pdfPage) advance(w float64) {
	if g.state.scale != 0 {
		w *= g.state.scale
	}
	g.text[4] += w * g.text[0]
	g.text[5] += w * g.text[1]
}

// write adds a string, with the space or line end that its place asks for.
func (g *pdfPage) write(s pdfString) {
	f := g.state.font
	if f == nil || len(s) == 0 {
		return
	}
	at := g.text.times(g.state.to)
	height := math.Abs(g.state.size) * math.Hypot(at[2], at[3])
	g.gap(at[4], at[5], height)
	before := len(g.out)
	out, width, n := f.decode(g.out, s)
	spaces := bytes.Count(out[before:], []byte{' '})
	g.out, g.shown = out, g.shown+n
	if f.blind && len(out) == before {
		g.blind += n
	}
	g.advance(width/1000*g.state.size + float64(n)*g.state.char + float64(spaces)*g.state.word)
	end := g.text.times(g.state.to)
	g.x, g.y, g.height, g.drawn = end[4], end[5], height, true
}

// gap sets apart what stands apart on the page.
func (g *pdfPage) gap(x, y, height float64) {
	if !g.drawn || len(g.out) == 0 {
		return
	}
	h := max(min(height, g.height), 0.1)
	last := g.out[len(g.out)-1]
	switch dx, dy := x-g.x, math.Abs(y-g.y); {
	case dy > 0.5*h:
		if last != '\n' {
			g.out = append(g.out, '\n')
		}
	case dx > 2*h || dx < -0.5*h:
		if last != ' ' && last != '\n' {
			g.out = append(g.out, '\t')
		}
	case dx > 0.18*h:
		if last != ' ' && last != '\n' {
			g.out = append(g.out, ' ')
		}
	}
}

// draw runs a form, or notes the size of a picture.
func (g *pdfPage) draw(a []any, resources pdfDict) {
	if len(a) == 0 {
		return
	}
	name, _ := a[0].(pdfName)
	s, ok := g.p.get(g.p.dict(resources["XObject"])[name]).(*pdfBody)
	if !ok {
		return
	}
	if g.p.name(s.dict["Subtype"]) == "Image" {
		m := g.state.to
		g.picture += math.Abs(m[0]*m[3] - m[1]*m[2])
		if g.keep && len(g.pictures) < pagePictures {
			g.pictures = append(g.pictures, s)
		}
		return
	}
	if g.draws++; g.depth >= pdfForms || g.draws > pdfDraws {
		return
	}
	g.form(s, resources)
}

func (g *pdfPage) form(s *pdfBody, resources pdfDict) {
	content, err := g.p.unpack(s, pdfContent)
	g.fault(err) // what is there of a broken one is read
	state, text, line := g.state, g.text, g.line
	if m := g.p.array(s.dict["Matrix"]); len(m) == 6 {
		g.state.to = matrixOf(m).times(g.state.to)
	}
	if own := g.p.dict(s.dict["Resources"]); own != nil {
		resources = own
	}
	g.depth++
	g.run(content, resources)
	g.depth--
	g.state, g.text, g.line = state, text, line
}

// inlineImage passes over `BI … ID bytes EI`.
func (g *pdfPage) inlineImage(l *pdfLexer) {
	for {
		v, ok := l.next()
		if !ok {
			return
		}
		if v == pdfWord("ID") {
			break
		}
	}
	for {
		k := bytes.Index(l.b[l.i:], []byte("EI"))
		if k < 0 {
			l.i = len(l.b)
			return
		}
		l.i += k + 2
		if pdfBlank[l.b[l.i-3]] && (l.i >= len(l.b) || pdfBlank[l.b[l.i]]) {
			break
		}
	}
	m := g.state.to
	g.picture += math.Abs(m[0]*m[3] - m[1]*m[2])
}
