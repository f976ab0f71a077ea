package document

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A pdfFont turns the codes of a text into characters and their widths.
type pdfFont struct {
	wide   bool            // codes of two bytes
	chars  map[int]string  // code → text
	simple *[256]string    // the same for codes of one byte
	widths map[int]float64 // thousandths of the size
	usual  float64         // width of the others
	blind  bool            // codes cannot be told
}

// maxChars bounds the characters of one font.
const maxChars = 1 << 16

// font reads a font dictionary.
func (p *pdfFile) font(v any) *pdfFont {
	d := p.dict(v)
	f := &pdfFont{chars: map[int]string{}, widths: map[int]float64{}, usual: 500}
	if p.name(d["Subtype"]) == "Type0" {
		f.wide = true
		p.wideFont(f, d)
	} else {
		p.simpleFont(f, d)
	}
	if s, ok := p.get(d["ToUnicode"]).(*pdfBody); ok {
		b, _ := p.unpack(s, pdfObject) // what is there of a broken one
		f.readCMap(b)
		f.blind = false
	}
	return f
}

// wideFont reads a font with codes of two bytes.
func (p *pdfFile) wideFont(f *pdfFont, d pdfDict) {
	f.usual = 1000
	name := string(p.name(d["Encoding"]))
	f.blind = !strings.Contains(name, "UCS2") && !strings.Contains(name, "UTF16")
	for _, below := range p.array(d["DescendantFonts"]) {
		cid := p.dict(below)
		if w := p.float(cid["DW"]); w > 0 {
			f.usual = w
		}
		p.cidWidths(f, p.array(cid["W"]))
	}
}

// cidWidths reads `c [w …]` and `from to w`.
func (p *pdfFile) cidWidths(f *pdfFont, w pdfArray) {
	for i := 0; i+1 < len(w) && len(f.widths) < maxChars; {
		from := p.int(w[i])
		if list := p.array(w[i+1]); list != nil {
			for k, v := range list {
				f.widths[from+k] = p.float(v)
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			return
		}
		to, v := min(p.int(w[i+1]), from+maxChars), p.float(w[i+2])
		for c := from; c <= to && len(f.widths) < maxChars; c++ {
			f.widths[c] = v
		}
		i += 3
	}
}

// simpleFont reads a font with codes of one byte.
func (p *pdfFile) simpleFont(f *pdfFont, d pdfDict) {
	first := p.int(d["FirstChar"])
	for i, w := range p.array(d["Widths"]) {
		if i < 256 {
			f.widths[first+i] = p.float(w)
		}
	}
	base, differences := p.get(d["Encoding"]), pdfArray(nil)
	if e, ok := base.(pdfDict); ok {
		base, differences = p.get(e["BaseEncoding"]), p.array(e["Differences"])
	}
	table := *winAnsi
	if base == pdfName("MacRomanEncoding") {
		table = *macChars
	}
	code := 0
	for _, v := range differences {
		switch v := p.get(v).(type) {
		case float64:
			code = int(v)
		case pdfName:
			if code >= 0 && code < 256 {
				table[code] = glyph(string(v), table[code])
			}
			code++
		}
	}
	f.simple = &table
}

// decode adds the text of codes to b and returns how far they advance, in
// thousandths of the size, and how many there are.
func (f *pdfFont) decode(b []byte, codes pdfString) (out []byte, width float64, n int) {
	step := 1
	if f.wide {
		step = 2
	}
	for i := 0; i+step <= len(codes); i += step {
		code := int(codes[i])
		if f.wide {
			code = code<<8 | int(codes[i+1])
		}
		b = f.char(b, code)
		if w, ok := f.widths[code]; ok {
			width += w
		} else {
			width += f.usual
		}
		n++
	}
	return b, width, n
}

// char adds the text of one code.
func (f *pdfFont) char(b []byte, code int) []byte {
	if s, ok := f.chars[code]; ok {
		return append(b, s...)
	}
	if f.simple != nil && code < 256 {
		return append(b, f.simple[code]...)
	}
	if f.wide && !f.blind && len(f.chars) == 0 {
		return utf8.AppendRune(b, rune(code))
	}
	return b
}

// readCMap reads which text each code stands for.
func (f *pdfFont) readCMap(b []byte) {
	l := &pdfLexer{b: b}
	var last []any
	for len(f.chars) < maxChars {
		v, ok := l.next()
		if !ok {
			return
		}
		w, isWord := v.(pdfWord)
		if !isWord {
			if last = append(last, v); len(last) > 4*maxChars {
				return
			}
			continue
		}
		switch w {
		case "endcodespacerange":
			if s, ok := lastString(last); ok {
				f.wide = len(s) > 1
			}
		case "endbfchar":
			f.pairs(last)
		case "endbfrange":
			f.ranges(last)
		}
		last = last[:0]
	}
}

func lastString(list []any) (pdfString, bool) {
	if len(list) == 0 {
		return nil, false
	}
	s, ok := list[len(list)-1].(pdfString)
	return s, ok
}

// pairs reads `<code> <text>`.
func (f *pdfFont) pairs(list []any) {
	for i := 0; i+1 < len(list); i += 2 {
		code, ok1 := list[i].(pdfString)
		text, ok2 := list[i+1].(pdfString)
		if ok1 && ok2 {
			f.chars[number(code)] = utf16Text(text)
		}
	}
}

// ranges reads `<from> <to> <text>` and `<from> <to> [<text> …]`.
func (f *pdfFont) ranges(list []any) {
	for i := 0; i+2 < len(list); i += 3 {
		a, ok1 := list[i].(pdfString)
		z, ok2 := list[i+1].(pdfString)
		if !ok1 || !ok2 {
			continue
		}
		from, to := number(a), min(number(z), number(a)+maxChars)
		switch to3 := list[i+2].(type) {
		case pdfString:
			text := []rune(utf16Text(to3))
			for c := from; c <= to && len(text) > 0 && len(f.chars) < maxChars; c++ {
				f.chars[c] = string(text)
				text[len(text)-1]++
			}
		case pdfArray:
			for k, v := range to3 {
				if s, ok := v.(pdfString); ok && from+k <= to {
					f.chars[from+k] = utf16Text(s)
				}
			}
		}
	}
}

func number(s pdfString) int {
	n := 0
	for _, c := range s[:min(len(s), 3)] {
		n = n<<8 | int(c)
	}
	return n
}

func utf16Text(s pdfString) string {
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	units := make([]uint16, len(s)/2)
	for i := range units {
		units[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	return string(utf16.Decode(units))
}

// pdfText reads a string meant for persons: a title, a note, a field.
func pdfText(v any) string {
	s, ok := v.(pdfString)
	if !ok {
		return ""
	}
	if len(s) >= 2 && s[0] == 0xFE && s[1] == 0xFF {
		return utf16Text(s[2:])
	}
	if utf8.Valid(s) {
		return strings.TrimPrefix(string(s), "\uFEFF")
	}
	var b strings.Builder
	for _, c := range s {
		b.WriteString(winAnsi[c])
	}
	return b.String()
}

var (
	winAnsi  = chars(charmap.Windows1252)
	macChars = chars(charmap.Macintosh)
)

func chars(m *charmap.Charmap) *[256]string {
	t := new([256]string)
	for i := range t {
		if i >= ' ' {
			t[i] = string(m.DecodeByte(byte(i)))
		}
	}
	return t
}

// glyph returns the text of a glyph by its name; other is what stands there
// without.
func glyph(name, other string) string {
	if s, ok := glyphs[name]; ok {
		return s
	}
	base, _, _ := strings.Cut(name, ".")
	if s, ok := glyphs[base]; ok {
		return s
	}
	for _, prefix := range []string{"uni", "u"} {
		if digits, ok := strings.CutPrefix(base, prefix); ok && len(digits) >= 4 {
			if v, err := strconv.ParseUint(digits[:min(len(digits), 6)], 16, 32); err == nil && v <= utf8.MaxRune {
				return string(rune(v))
			}
		}
	}
	if len(name) == 1 {
		return name
	}
	return other
}

// glyphs are the names of the characters of Windows-1252, in order of their
// codes, and the ligatures.
var glyphs = func() map[string]string {
	m := map[string]string{"fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl", "minus": "-", "nbspace": "\u00a0", "Delta": "Δ", "Omega": "Ω"}
	put := func(from int, names string) {
		for i, n := range strings.Fields(names) {
			if n != "-" {
				m[n] = winAnsi[from+i]
			}
		}
	}
	put(0x20, "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus comma hyphen period slash "+
		"zero one two three four five six seven eight nine colon semicolon less equal greater question at")
	put(0x5B, "bracketleft backslash bracketright asciicircum underscore grave")
	put(0x7B, "braceleft bar braceright asciitilde")
	put(0x80, "Euro - quotesinglbase florin quotedblbase ellipsis dagger daggerdbl circumflex perthousand Scaron guilsinglleft OE - Zcaron - "+
		"- quoteleft quoteright quotedblleft quotedblright bullet endash emdash tilde trademark scaron guilsinglright oe - zcaron Ydieresis")
	put(0xA0, "- exclamdown cent sterling currency yen brokenbar section dieresis copyright ordfeminine guillemotleft logicalnot sfthyphen registered macron "+
		"degree plusminus twosuperior threesuperior acute mu paragraph periodcentered cedilla onesuperior ordmasculine guillemotright onequarter onehalf threequarters questiondown "+
		"Agrave Aacute Acircumflex Atilde Adieresis Aring AE Ccedilla Egrave Eacute Ecircumflex Edieresis Igrave Iacute Icircumflex Idieresis "+
		"Eth Ntilde Ograve Oacute Ocircumflex Otilde Odieresis multiply Oslash Ugrave Uacute Ucircumflex Udieresis Yacute Thorn germandbls "+
		"agrave aacute acircumflex atilde adieresis aring ae ccedilla egrave eacute ecircumflex edieresis igrave iacute icircumflex idieresis "+
		"eth ntilde ograve oacute ocircumflex otilde odieresis divide oslash ugrave uacute ucircumflex udieresis yacute thorn ydieresis")
	return m
}()
