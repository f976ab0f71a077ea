package document

import (
	"bytes"
	"strconv"
)

// The kinds of PDF objects: nil, bool, float64, pdfName, pdfString, pdfArray,
// pdfDict, pdfRef, and pdfWord for operators and what is none of these.
type (
	pdfName   string
	pdfString []byte
	pdfArray  []any
	pdfDict   map[pdfName]any
	pdfRef    int // number of the object; generations only tell apart old versions
	pdfWord   string
)

// Bounds on one object.
const (
	pdfDepth = 40
	pdfItems = 1 << 17 // in one array or dictionary
)

// A pdfLexer reads objects from bytes.
type pdfLexer struct {
	b     []byte
	i     int
	depth int
	short bool // the bytes ended within an object
}

var (
	pdfBlank = [256]bool{0: true, '\t': true, '\n': true, '\f': true, '\r': true, ' ': true}
	pdfSign  = [256]bool{'(': true, ')': true, '<': true, '>': true, '[': true, ']': true, '{': true, '}': true, '/': true, '%': true}
)

func (l *pdfLexer) skip() {
	for l.i < len(l.b) {
		switch c := l.b[l.i]; {
		case pdfBlank[c]:
			l.i++
		case c == '%':
			end := bytes.IndexAny(l.b[l.i:], "\r\n")
			if end < 0 {
				end = len(l.b) - l.i
			}
			l.i += end
		default:
			return
		}
	}
}

// next reads one object or operator; false at the end.
func (l *pdfLexer) next() (any, bool) {
	l.skip()
	if l.i >= len(l.b) {
		return nil, false
	}
	switch c := l.b[l.i]; {
	case c == '/':
		l.i++
		return pdfName(l.name()), true
	case c == '(':
		return l.literal(), true
	case c == '<' && l.i+1 < len(l.b) && l.b[l.i+1] == '<':
		l.i += 2
		return l.dict(), true
	case c == '<':
		return l.hex(), true
	case c == '[':
		l.i++
		return l.array(), true
	case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
		return l.number(), true
	case pdfSign[c]:
		l.i++
		if c == '>' && l.i < len(l.b) && l.b[l.i] == '>' {
			l.i++
			return pdfWord(">>"), true
		}
		return pdfWord(c), true
	}
	return l.word(), true
}

func (l *pdfLexer) word() any {
	start := l.i
	for l.i < len(l.b) && !pdfBlank[l.b[l.i]] && !pdfSign[l.b[l.i]] {
		l.i++
	}
	switch w := string(l.b[start:l.i]); w {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	default:
		return pdfWord(w)
	}
}

func (l *pdfLexer) name() string {
	start, escaped := l.i, false
	for l.i < len(l.b) && !pdfBlank[l.b[l.i]] && !pdfSign[l.b[l.i]] {
		escaped = escaped || l.b[l.i] == '#'
		l.i++
	}
	name := l.b[start:l.i]
	if !escaped {
		return string(name)
	}
	out := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		if name[i] == '#' && i+2 < len(name) {
			if v, err := strconv.ParseUint(string(name[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(v))
				i += 2
				continue
			}
		}
		out = append(out, name[i])
	}
	return string(out)
}

func (l *pdfLexer) number() any {
	start := l.i
	for l.i++; l.i < len(l.b) && (l.b[l.i] >= '0' && l.b[l.i] <= '9' || l.b[l.i] == '.' || l.b[l.i] == '-'); l.i++ {
	}
	return pdfNumber(l.b[start:l.i])
}

// pdfNumber reads the plain decimals of PDF, faster than strconv does.
func pdfNumber(b []byte) float64 {
	v, scale, sign := 0.0, 0.0, 1.0
	for _, c := range b {
		switch {
		case c == '-':
			sign = -1
		case c == '.':
			if scale == 0 {
				scale = 1
			}
		case c >= '0' && c <= '9':
			v = v*10 + float64(c-'0')
			scale *= 10
		}
	}
	if scale > 1 {
		v /= scale
	}
	return sign * v
}

func (l *pdfLexer) literal() pdfString {
	l.i++
	out, depth := pdfString{}, 1
	for ; l.i < len(l.b); l.i++ {
		c := l.b[l.i]
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.i++
				return out
			}
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, c)
	}
	l.short = true
	return out
}

// escape reads what follows a backslash; i stays on its last byte.
func (l *pdfLexer) escape(out pdfString) pdfString {
	if l.i++; l.i >= len(l.b) {
		return out
	}
	switch c := l.b[l.i]; c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b', 'f':
		return append(out, ' ')
	case '\r':
		if l.i+1 < len(l.b) && l.b[l.i+1] == '\n' {
			l.i++
		}
		return out
	case '\n':
		return out
	case '0', '1', '2', '3', '4', '5', '6', '7':
		v := 0
		for k := 0; k < 3 && l.i < len(l.b) && l.b[l.i] >= '0' && l.b[l.i] <= '7'; k++ {
			v = v*8 + int(l.b[l.i]-'0')
			l.i++
		}
		l.i--
		return append(out, byte(v))
	default:
		return append(out, c)
	}
}

func (l *pdfLexer) hex() pdfString {
	l.i++
	out := pdfString{}
	half, high := false, byte(0)
	for ; l.i < len(l.b); l.i++ {
		c := l.b[l.i]
		if c == '>' {
			l.i++
			if half {
				out = append(out, high<<4)
			}
			return out
		}
		d, ok := hexDigit(c)
		if !ok {
			continue
		}
		if half {
			out = append(out, high<<4|d)
		}
		half, high = !half, d
	}
	l.short = true
	return out
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

// array reads up to the closing bracket; `5 0 R` within becomes a reference.
func (l *pdfLexer) array() pdfArray {
	var a pdfArray
	if l.depth++; l.depth > pdfDepth {
		l.i = len(l.b)
	}
	defer func() { l.depth-- }()
	for len(a) < pdfItems {
		v, ok := l.next()
		if !ok {
			l.short = true
			break
		}
		switch v {
		case pdfWord("]"):
			return a
		case pdfWord("R"):
			a = withRef(a)
		default:
			a = append(a, v)
		}
	}
	return a
}

// withRef replaces the two numbers at the end of a by a reference.
func withRef(a pdfArray) pdfArray {
	if len(a) < 2 {
		return a
	}
	n, ok := a[len(a)-2].(float64)
	if !ok {
		return a
	}
	return append(a[:len(a)-2], pdfRef(n))
}

func (l *pdfLexer) dict() pdfDict {
	d := pdfDict{}
	if l.depth++; l.depth > pdfDepth {
		l.i = len(l.b)
	}
	defer func() { l.depth-- }()
	var a pdfArray
	for len(d) < pdfItems {
		v, ok := l.next()
		if !ok {
			l.short = true
			break
		}
		if v == pdfWord("R") {
			a = withRef(a)
			continue
		}
		end := v == pdfWord(">>")
		if name, isName := v.(pdfName); (isName || end) && len(a) >= 2 {
			if key, ok := a[0].(pdfName); ok {
				d[key] = a[1]
			}
			a = a[:0]
			_ = name
		}
		if end {
			return d
		}
		if _, word := v.(pdfWord); word {
			return d // the end of a broken dictionary
		}
		a = append(a, v)
	}
	return d
}
