package document

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// An xmlReader pulls tags and text out of XML, some thirty times as fast as
// encoding/xml. It knows no entities but the five of XML and numbers, so that a
// file cannot make it expand anything; DOCTYPE is passed over.
type xmlReader struct {
	r    io.Reader
	buf  []byte
	pos  int
	end  int
	eof  bool
	err  error // of r, when not the end
	line int   // of pos, 1-based

	kind  xmlKind
	name  []byte // of the tag, without prefix
	attrs []byte // what follows the name in a start tag
	text  []byte // with entities replaced
	close bool   // a start tag that ends itself: an end follows
}

type xmlKind uint8

const (
	xmlStart xmlKind = iota
	xmlEnd
	xmlText
)

const (
	xmlRoom   = 64 << 10 // buffer
	maxXMLTag = 1 << 20  // bytes of one tag or comment
)

func newXML(r io.Reader) *xmlReader {
	return &xmlReader{r: UTF8(r), buf: make([]byte, xmlRoom), line: 1}
}

// next moves to the next tag or text; false at the end.
func (x *xmlReader) next() bool {
	if x.close {
		x.close, x.kind = false, xmlEnd
		return true
	}
	for {
		if x.pos == x.end && !x.fill() {
			return false
		}
		if x.buf[x.pos] != '<' {
			if x.readText() {
				return true
			}
			continue
		}
		if done, ok := x.readTag(); !ok {
			return false
		} else if done {
			return true
		}
	}
}

// fill reads on; false when nothing more comes.
func (x *xmlReader) fill() bool {
	if x.eof {
		return false
	}
	if x.pos > 0 {
		x.line += bytes.Count(x.buf[:x.pos], newline)
		x.end = copy(x.buf, x.buf[x.pos:x.end])
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= maxXMLTag {
			x.err = Reason("a tag or comment longer than is read")
			return false
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	n, err := x.r.Read(x.buf[x.end:])
	x.end += n
	if err != nil {
		x.eof = true
		if !errors.Is(err, io.EOF) {
			x.err = err
		}
	}
	return n > 0 || !x.eof
}

// readText takes the text up to the next tag.
func (x *xmlReader) readText() bool {
	for {
		i := bytes.IndexByte(x.buf[x.pos:x.end], '<')
		if i >= 0 {
			x.setText(x.buf[x.pos : x.pos+i])
			x.pos += i
			return true
		}
		if x.end-x.pos >= xmlRoom/2 {
			// Long text comes in pieces, cut before an entity or inside no character.
			n := x.end - x.pos
			if amp := bytes.LastIndexByte(x.buf[x.end-16:x.end], '&'); amp >= 0 {
				n -= 16 - amp
			} else {
				n = runes(x.buf[x.pos:x.end], false)
			}
			x.setText(x.buf[x.pos : x.pos+n])
			x.pos += n
			return true
		}
		if !x.fill() {
			x.setText(x.buf[x.pos:x.end])
			x.pos = x.end
			return len(x.text) > 0
		}
	}
}

func (x *xmlReader) setText(b []byte) { x.kind, x.text = xmlText, unescape(b) }

// readTag takes a tag, or passes over a comment. done says that a tag or text
// was read, ok that the document goes on.
func (x *xmlReader) readTag() (done, ok bool) {
	for x.end-x.pos < 9 && x.fill() {
	}
	b := x.buf[x.pos:x.end]
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		return false, x.skipTo("-->")
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		return x.readCDATA()
	case bytes.HasPrefix(b, []byte("<?")):
		return false, x.skipTo("?>")
	case bytes.HasPrefix(b, []byte("<!")):
		return false, x.skipDoctype()
	}
	n := x.tagEnd()
	if n < 0 {
		return false, false
	}
	tag := x.buf[x.pos+1 : x.pos+n]
	x.pos += n + 1
	x.setTag(tag)
	return true, true
}

// tagEnd returns the offset of the '>' that ends the tag at pos; -1 without.
func (x *xmlReader) tagEnd() int {
	var quote byte
	for i := 1; ; i++ {
		for x.pos+i >= x.end {
			if !x.fill() {
				return -1
			}
		}
		switch c := x.buf[x.pos+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
}

// setTag tells name and attributes apart.
func (x *xmlReader) setTag(tag []byte) {
	x.kind, x.attrs = xmlStart, nil
	if len(tag) > 0 && tag[0] == '/' {
		x.kind, tag = xmlEnd, tag[1:]
	} else if len(tag) > 0 && tag[len(tag)-1] == '/' {
		x.close, tag = true, tag[:len(tag)-1]
	}
	n := 0
	for n < len(tag) && tag[n] > ' ' {
		n++
	}
	x.name, x.attrs = tag[:n], tag[n:]
	if i := bytes.IndexByte(x.name, ':'); i >= 0 {
		x.name = x.name[i+1:]
	}
}

func (x *xmlReader) readCDATA() (done, ok bool) {
	x.pos += len("<![CDATA[")
	i := x.find("]]>")
	if i < 0 {
		return false, false
	}
	x.kind, x.text = xmlText, x.buf[x.pos:x.pos+i]
	x.pos += i + 3
	return true, true
}

// find returns the offset of s from pos, reading on as need be.
func (x *xmlReader) find(s string) int {
	for {
		if i := bytes.Index(x.buf[x.pos:x.end], []byte(s)); i >= 0 {
			return i
		}
		if !x.fill() {
			return -1
		}
	}
}

func (x *xmlReader) skipTo(s string) bool {
	i := x.find(s)
	if i < 0 {
		return false
	}
	x.pos += i + len(s)
	return true
}

// skipDoctype passes over `<!DOCTYPE …>` with the declarations in it.
func (x *xmlReader) skipDoctype() bool {
	depth := 0
	for i := 0; ; i++ {
		for x.pos+i >= x.end {
			if !x.fill() {
				return false
			}
		}
		switch x.buf[x.pos+i] {
		case '<':
			depth++
		case '>':
			if depth--; depth == 0 {
				x.pos += i + 1
				return true
			}
		}
	}
}

// attr returns the value of an attribute by its name, with or without prefix.
func (x *xmlReader) attr(name string) string {
	rest := x.attrs
	for {
		n, value, more := nextAttr(rest)
		if n == nil {
			return ""
		}
		if i := bytes.IndexByte(n, ':'); string(n) == name || i >= 0 && string(n[i+1:]) == name {
			return string(unescape(bytes.Clone(value)))
		}
		rest = more
	}
}

// nextAttr reads one attribute; nil at the end.
func nextAttr(b []byte) (name, value, rest []byte) {
	eq := bytes.IndexByte(b, '=')
	if eq < 0 {
		return nil, nil, nil
	}
	name = bytes.TrimSpace(b[:eq])
	if i := bytes.LastIndexAny(name, " \t\r\n"); i >= 0 {
		name = name[i+1:]
	}
	b = bytes.TrimLeft(b[eq+1:], " \t\r\n")
	if len(b) == 0 {
		return name, nil, nil
	}
	if b[0] != '"' && b[0] != '\'' {
		end := bytes.IndexAny(b, " \t\r\n>")
		if end < 0 {
			end = len(b)
		}
		return name, b[:end], b[end:]
	}
	end := bytes.IndexByte(b[1:], b[0])
	if end < 0 {
		return name, b[1:], nil
	}
	return name, b[1 : end+1], b[end+2:]
}

// unescape replaces entities in place.
func unescape(b []byte) []byte {
	i := bytes.IndexByte(b, '&')
	if i < 0 {
		return b
	}
	out := b[:i]
	for i < len(b) {
		if b[i] != '&' {
			out = append(out, b[i])
			i++
			continue
		}
		r, n := entity(b[i:])
		if n == 0 {
			out = append(out, '&')
			i++
			continue
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	return out
}

// entity reads the entity at the start of b; n is 0 when there is none we know.
func entity(b []byte) (r rune, n int) {
	end := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if end < 3 {
		return 0, 0
	}
	name := string(b[1:end])
	if name[0] == '#' {
		base, digits := 10, name[1:]
		if digits[0]|0x20 == 'x' {
			base, digits = 16, digits[1:]
		}
		v, err := strconv.ParseUint(digits, base, 32)
		if err != nil || v > utf8.MaxRune {
			return 0, 0
		}
		return rune(v), end + 1
	}
	if r, ok := xmlEntities[name]; ok {
		return r, end + 1
	}
	return 0, 0
}

var xmlEntities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\'', "nbsp": 0xA0}
