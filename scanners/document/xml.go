package document

import (
	"bytes"
	"context"

	"github.com/ecart-rgpd/ecart/item"
)

// XML reads XML of any kind, GPX and KML among them: the text as it is, with the
// elements that hold every value.
var XML = Format{
	Name: "xml",
	Match: func(name string, head []byte) bool {
		switch extension(name) {
		case "xml", "gpx", "kml", "rss", "atom", "xsd", "wsdl", "plist", "xlf", "resx", "svg", "fodt", "fods", "fodp", "dae", "graphml", "tcx", "opml":
			return isText(head)
		case "", "txt", "dat", "rdf":
			return bytes.HasPrefix(bytes.TrimPrefix(head, utf8Mark), []byte("<?xml")) && isText(head)
		}
		return false
	},
	Read: readXML,
}

func readXML(_ context.Context, f *File, out Out) error {
	r := &xmlKeys{keys: newKeys(stem(f.At.Path))}
	w, seg := windowOver(f), &f.in.seg
	for w.next(atRune) {
		r.grid.open(w, r.keys, r.place())
		r.grid.start(r.inTag)
		r.scan(w.text, w.from, w.to)
		*seg = item.Segment{At: f.At, Kind: item.Data, Text: w.text, From: w.from, To: w.to, Columns: r.list(), Grid: &r.grid}
		seg.At.Line = w.line
		if err := out.Segment(seg); err != nil {
			return err
		}
	}
	return nil
}

// xmlKeys follows the nesting of elements across chunks.
type xmlKeys struct {
	*keys
	grid   xmlGrid
	stack  []int32
	deeper int
	last   int32
	inTag  bool   // the chunk starts inside a tag or comment
	until  string // what ends it
}

func (r *xmlKeys) place() int32 {
	if n := len(r.stack); n > 0 {
		return r.stack[n-1]
	}
	return 0
}

func (r *xmlKeys) scan(text []byte, from, to int) {
	i := from
	if r.inTag {
		k := bytes.Index(text[i:to], []byte(r.until))
		if k < 0 {
			return
		}
		i += k + len(r.until)
		r.inTag = false
		r.grid.mark(i, r.place())
	}
	for i < to {
		k := bytes.IndexByte(text[i:to], '<')
		if k < 0 {
			return
		}
		if i = r.tag(text, i+k, to); i < 0 {
			return
		}
	}
}

// tag reads the tag at i and returns what is behind it; -1 when the chunk ends
// within.
func (r *xmlKeys) tag(text []byte, i, to int) int {
	end, until := 0, ">"
	for _, special := range [][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
		if bytes.HasPrefix(text[i:], []byte(special[0])) {
			until = special[1]
		}
	}
	if end = bytes.Index(text[i:], []byte(until)); end < 0 || i+end >= to && until != ">" {
		r.inTag, r.until = true, until
		return -1
	}
	end += i
	tag := text[i+1 : end]
	switch {
	case len(tag) == 0 || tag[0] == '!' || tag[0] == '?':
		if until == "]]>" {
			return end + len(until)
		}
	case tag[0] == '/':
		r.leave()
	default:
		r.enter(tag, i+1)
	}
	r.grid.mark(end+len(until), r.place())
	return end + len(until)
}

func (r *xmlKeys) leave() {
	switch {
	case r.deeper > 0:
		r.deeper--
	case len(r.stack) > 0:
		r.stack = r.stack[:len(r.stack)-1]
	}
}

// enter reads a start tag: the element, and its attributes as places in it.
func (r *xmlKeys) enter(tag []byte, at int) {
	closed := tag[len(tag)-1] == '/'
	n := 0
	for n < len(tag) && tag[n] > ' ' && tag[n] != '/' {
		n++
	}
	name := tag[:n]
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	place := r.child(r.place(), r.last, name)
	r.last = place
	r.attributes(tag[n:], at+n, place)
	switch {
	case closed:
	case len(r.stack) >= maxDepth:
		r.deeper++
	default:
		r.stack = append(r.stack, place)
	}
}

func (r *xmlKeys) attributes(b []byte, at int, place int32) {
	for rest := b; ; {
		name, value, more := nextAttr(rest)
		if name == nil {
			return
		}
		if len(value) > 0 && !bytes.HasPrefix(name, []byte("xmlns")) {
			r.last = r.child(place, r.last, name)
			r.grid.mark(at+len(b)-len(rest)+offsetIn(rest, value), r.last)
		}
		rest = more
	}
}

// offsetIn returns where value, a part of b, starts in it.
func offsetIn(b, value []byte) int { return cap(b) - cap(value) }

// An xmlGrid is a lineGrid whose values end at a tag or quote.
type xmlGrid struct {
	lineGrid
}

func (g *xmlGrid) start(inTag bool) {
	if inTag {
		g.marks = g.marks[:0]
	}
}

func (g *xmlGrid) mark(at int, place int32) {
	g.marks = append(g.marks, mark{int32(at), place})
}

// Cell returns the text between two tags, or the attribute, that holds offset.
func (g *xmlGrid) Cell(offset int) (item.Cell, bool) {
	m := g.marks.find(offset)
	if m < 0 || offset >= len(g.text) {
		return item.Cell{}, false
	}
	c := g.value(m)
	if offset >= c.End {
		c.End = g.limit(m) // in a comment or tag: what is found there counts for what is around
	}
	return c, offset < c.End
}

// value returns what follows mark m up to a tag or quote.
func (g *xmlGrid) value(m int) item.Cell {
	start := int(g.marks[m].at)
	stop := byte('<')
	if start > 0 && (g.text[start-1] == '"' || g.text[start-1] == '\'') {
		stop = g.text[start-1]
	}
	end := len(g.text)
	if k := bytes.IndexByte(g.text[start:], stop); k >= 0 {
		end = start + k
	}
	for start < end && jsonSpace(g.text[start]) {
		start++
	}
	for end > start && jsonSpace(g.text[end-1]) {
		end--
	}
	if g.at <= start {
		g.line += bytes.Count(g.text[g.at:start], newline)
	} else {
		g.line -= bytes.Count(g.text[start:g.at], newline)
	}
	g.at = start
	return item.Cell{Column: int(g.marks[m].place), Start: start, End: end, Line: g.line}
}

// Column calls yield for every value of a place.
func (g *xmlGrid) Column(column int, yield func(item.Cell) bool) {
	for m := range g.marks {
		if int(g.marks[m].place) == column {
			if c := g.value(m); c.End > c.Start && !yield(c) {
				return
			}
		}
	}
}
