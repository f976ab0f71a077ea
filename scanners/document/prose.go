package document

import (
	"github.com/ecart-rgpd/ecart/item"
)

// proseChunk is how many bytes of text are gathered before they are handed over.
const proseChunk = 128 << 10

// prose gathers the running text of a document, which comes in small pieces,
// into segments. A line of it is a paragraph.
type prose struct {
	out  Out
	seg  item.Segment
	buf  []byte
	from int // text before it was handed over already: context
	line int // line of buf[0]
	now  int // line of the end of buf

	cards []item.Card // in buf[from:]
}

// newProse starts the text at a place.
func newProse(out Out, at item.Location, kind item.Kind) *prose {
	p := &prose{out: out, line: 1, now: 1}
	p.seg.At, p.seg.Kind = at, kind
	return p
}

// add appends a piece of text.
func (p *prose) add(b []byte) { p.buf = append(p.buf, b...) }

// addString appends a piece of text.
func (p *prose) addString(s string) { p.buf = append(p.buf, s...) }

// space sets apart what is not one word, once.
func (p *prose) space() {
	if n := len(p.buf); n > 0 && p.buf[n-1] != ' ' && p.buf[n-1] != '\n' {
		p.buf = append(p.buf, ' ')
	}
}

// end ends a paragraph; one without text leaves no line.
func (p *prose) end() error {
	n := len(p.buf)
	if n == 0 || p.buf[n-1] == '\n' {
		return nil
	}
	p.buf = append(p.buf, '\n')
	p.now++
	if n-p.from < proseChunk {
		return nil
	}
	return p.flush()
}

// long hands text over within a paragraph that does not end.
func (p *prose) long() error {
	if len(p.buf)-p.from < chunk {
		return nil
	}
	keep := len(p.buf) - margin
	return p.emit(atRune(p.buf, p.from, keep))
}

// flush hands over what was gathered.
func (p *prose) flush() error {
	return p.emit(len(p.buf))
}

// emit hands over the text up to to, and keeps a margin before it.
func (p *prose) emit(to int) error {
	if to <= p.from {
		return nil
	}
	s := p.seg
	s.Text, s.From, s.To = p.buf, p.from, to
	s.At.Line, s.Cards = p.line, p.cards
	p.cards = p.cards[:0]
	if err := p.out.Segment(&s); err != nil {
		return err
	}
	drop := max(0, to-margin/4)
	for _, b := range p.buf[:drop] {
		if b == '\n' {
			p.line++
		}
	}
	p.buf = p.buf[:copy(p.buf, p.buf[drop:])]
	p.from = to - drop
	return nil
}

// turn hands over what was gathered and goes on at another place: a page, a
// header. Lines start again there.
func (p *prose) turn(place item.Place) error {
	if err := p.flush(); err != nil {
		return err
	}
	p.buf, p.from, p.line, p.now = p.buf[:0], 0, 1, 1
	p.seg.At.Place = place
	return nil
}
