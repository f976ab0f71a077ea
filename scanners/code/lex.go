package code

import (
	"bytes"
	"slices"
	"strings"
)

// kind is what a token is.
type kind uint8

const (
	tokName   kind = iota
	tokText        // a string, or a part of one between values; a symbol of Ruby
	tokNumber      // its text is of no use to us
	tokOp          // an operator
	tokOpen        // ( [ {, or the start of a value within a string
	tokClose       // its end
	tokLine        // a line break where the language cares
)

// A token is a piece of source, as offsets.
type token struct {
	kind       kind
	member     bool // an operator that leads to a member
	value      bool // opens or closes a value within a string
	block      bool // opens or closes a block of statements
	start, end int32
	line       int32
	pair       int32 // index of the token that closes or opens this one; -1 without
	name       int32 // index in spelt of the unit, of a tokName
}

// A unit is one source text, read into tokens once.
type unit struct {
	src      []byte
	lang     *language
	toks     []token
	spelt    []string       // each name once
	comments []token        // in order
	first    int            // line of src[0], from 1
	set      map[string]int // token after `name =`; made when asked
	broken   bool           // brackets did not match: read as far as it made sense
	room     []part         // for those of the next chains
}

// maxTokens bounds the memory of one file.
const maxTokens = 1 << 21

// lex reads src into tokens. It never fails: what it does not know is an
// operator, what does not close ends with the text.
func lex(src []byte, lang *language, first int) *unit {
	u := &unit{src: src, lang: lang, first: first, toks: make([]token, 0, len(src)/5+16)}
	x := &lexer{unit: u, line: int32(first), known: map[string]int32{}}
	if lang == php {
		x.skipPage()
	}
	x.run(0)
	u.match()
	u.markBlocks()
	return u
}

func (u *unit) text(i int) string {
	if i < 0 || i >= len(u.toks) {
		return ""
	}
	t := &u.toks[i]
	if t.kind == tokName {
		return u.spelt[t.name]
	}
	return string(u.src[t.start:t.end])
}

func (u *unit) is(i int, s string) bool {
	if i < 0 || i >= len(u.toks) {
		return false
	}
	t := &u.toks[i]
	return t.kind != tokText && int(t.end-t.start) == len(s) && string(u.src[t.start:t.end]) == s
}

func (u *unit) kind(i int) kind {
	if i < 0 || i >= len(u.toks) {
		return tokLine
	}
	return u.toks[i].kind
}

type lexer struct {
	*unit
	at    int
	line  int32
	known map[string]int32 // of names
}

func (x *lexer) add(k kind, start, end int) {
	t := token{kind: k, start: int32(start), end: int32(end), line: x.line, pair: -1}
	switch text := x.src[start:end]; k {
	case tokOp:
		t.member = slices.Contains(x.lang.member, string(text))
	case tokName:
		n, ok := x.known[string(text)]
		if !ok {
			n = int32(len(x.spelt))
			x.spelt = append(x.spelt, string(text))
			x.known[x.spelt[n]] = n
		}
		t.name = n
	case tokText, tokNumber, tokOpen, tokClose, tokLine:
	}
	x.toks = append(x.toks, t)
}

// run reads until the end, or, within a string, until the brace that closes the
// value. depth is 0 outside strings.
func (x *lexer) run(depth int) {
	open := 0
	for x.at < len(x.src) && len(x.toks) < maxTokens {
		c := x.src[x.at]
		switch {
		case c == '\n':
			if x.lang.newlines {
				x.add(tokLine, x.at, x.at+1)
			}
			if x.blockComment() {
				continue
			}
			x.at++
			x.line++
		case c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v':
			x.at++
		case depth > 0 && open == 0 && c == '}':
			return
		case x.comment() || x.quoted(depth) || x.special():
		case x.starts(c) || strings.IndexByte(x.lang.sigils, c) >= 0:
			x.name()
		case c >= '0' && c <= '9':
			x.number()
		default:
			open += x.operator(c)
		}
	}
}

func (x *lexer) name() {
	for x.at < len(x.src) && strings.IndexByte(x.lang.sigils, x.src[x.at]) >= 0 {
		x.at++
	}
	start := x.at
	for x.at < len(x.src) && (x.starts(x.src[x.at]) || isDigit(x.src[x.at])) {
		x.at++
	}
	if x.lang == php && x.at < len(x.src) { // qualified names: App\Entity\Patient
		for x.at+1 < len(x.src) && x.src[x.at] == '\\' && isNameStart(x.src[x.at+1]) {
			x.at++
			for x.at < len(x.src) && (isNameStart(x.src[x.at]) || isDigit(x.src[x.at])) {
				x.at++
			}
		}
	}
	if x.lang == ruby && x.at < len(x.src) && (x.src[x.at] == '?' || x.src[x.at] == '!') && (x.at+1 >= len(x.src) || x.src[x.at+1] != '=') {
		x.at++
	}
	if x.at == start { // a sigil alone
		x.add(tokOp, max(start-1, 0), start)
		return
	}
	x.add(tokName, start, x.at)
}

func (x *lexer) number() {
	start := x.at
	for x.at < len(x.src) && (isNameStart(x.src[x.at]) || isDigit(x.src[x.at]) || x.src[x.at] == '.' && x.at+1 < len(x.src) && isDigit(x.src[x.at+1])) {
		x.at++
	}
	x.add(tokNumber, start, x.at)
}

// operators are read whole, so that a part of one is never taken for another.
var operators = []string{
	"===", "!==", "<=>", "**=", "...", "<<=", ">>=", "??=", "?->", "!!.", "||=", "&&=",
	"==", "!=", "<=", ">=", "=>", "->", "::", "?.", "&.", "!.", ":=", "+=", "-=", "*=", "/=", ".=", "&&", "||", "??", "++", "--", "|>", "=~", "<<", ">>", "..", "?:", "!!",
}

// longer are the operators by their first byte, longest first.
var longer = func() (by [256][]string) {
	for _, op := range operators {
		by[op[0]] = append(by[op[0]], op)
	}
	return by
}()

// operator reads one operator or bracket and returns the change of open braces.
func (x *lexer) operator(c byte) int {
	start := x.at
	switch c {
	case '(', '[', '{':
		x.at++
		x.add(tokOpen, start, x.at)
		if c == '{' {
			return 1
		}
		return 0
	case ')', ']', '}':
		x.at++
		x.add(tokClose, start, x.at)
		if c == '}' {
			return -1
		}
		return 0
	}
	rest := x.src[x.at:]
	for _, op := range longer[c] {
		if hasPrefix(rest, op) {
			if op == "?." && len(rest) > 2 && isDigit(rest[2]) || op == "!." && x.lang != script && x.lang != csharp || op == ".=" && x.lang != php || op == "&." && x.lang != ruby || op == "!!" && x.lang != kotlin {
				continue
			}
			x.at += len(op)
			x.add(tokOp, start, x.at)
			return 0
		}
	}
	x.at++
	x.add(tokOp, start, x.at)
	return 0
}

// comment skips a comment and keeps where it was.
func (x *lexer) comment() bool {
	if !x.lang.opens(x.src[x.at]) {
		return false
	}
	rest := x.src[x.at:]
	for _, open := range x.lang.line {
		if !hasPrefix(rest, open) || open == "#" && x.lang == php && hasPrefix(rest, "#[") {
			continue
		}
		end := bytes.IndexByte(rest, '\n')
		if end < 0 {
			end = len(rest)
		}
		if x.lang == php {
			if i := bytes.Index(rest[:end], []byte("?>")); i >= 0 {
				end = i
			}
		}
		x.comments = append(x.comments, token{start: int32(x.at), end: int32(x.at + end), line: x.line})
		x.at += end
		return true
	}
	for _, b := range x.lang.block {
		if b.open[0] != '\n' && hasPrefix(rest, b.open) {
			x.skipComment(b)
			return true
		}
	}
	return false
}

// blockComment skips a comment whose opener starts a line.
func (x *lexer) blockComment() bool {
	for _, b := range x.lang.block {
		if b.open[0] == '\n' && hasPrefix(x.src[x.at:], b.open) {
			x.skipComment(b)
			return true
		}
	}
	return false
}

func (x *lexer) skipComment(b pair) {
	rest := x.src[x.at+len(b.open):]
	end := bytes.Index(rest, []byte(b.close))
	if end < 0 {
		end = len(rest)
	} else {
		end += len(b.close)
	}
	stop := x.at + len(b.open) + end
	x.comments = append(x.comments, token{start: int32(x.at), end: int32(stop), line: x.line})
	x.line += int32(bytes.Count(x.src[x.at:stop], []byte{'\n'}))
	x.at = stop
}

// special reads what only one language has.
func (x *lexer) special() bool {
	switch x.lang {
	case php:
		return x.heredocPHP() || x.endPHP()
	case ruby:
		return x.rubyText()
	case python:
		if x.src[x.at] == '\\' && x.at+1 < len(x.src) && x.src[x.at+1] == '\n' {
			x.at += 2
			x.line++
			return true
		}
	}
	return x.regex()
}

// endPHP skips from ?> to the next <?php or <?=.
func (x *lexer) endPHP() bool {
	if !hasPrefix(x.src[x.at:], "?>") {
		return false
	}
	x.add(tokOp, x.at, x.at) // an end of statement
	x.at += 2
	x.skipPage()
	return true
}

func (x *lexer) skipPage() {
	i := bytes.Index(x.src[x.at:], []byte("<?"))
	stop := len(x.src)
	if i >= 0 {
		stop = x.at + i + 2
		for _, p := range []string{"php", "="} {
			if hasPrefix(x.src[stop:], p) {
				stop += len(p)
				break
			}
		}
	}
	x.line += int32(bytes.Count(x.src[x.at:stop], []byte{'\n'}))
	x.at = stop
}

// regex skips a pattern between slashes.
func (x *lexer) regex() bool {
	if !x.lang.regex || x.src[x.at] != '/' {
		return false
	}
	if n := len(x.toks); n > 0 {
		last := x.toks[n-1]
		switch last.kind {
		case tokName:
			if !x.is(n-1, "return") && !x.is(n-1, "typeof") && !x.is(n-1, "if") && !x.is(n-1, "when") {
				return false
			}
		case tokNumber, tokText:
			return false
		case tokClose:
			return false
		case tokOp, tokOpen, tokLine:
		}
	}
	class := false
	for i := x.at + 1; i < len(x.src) && x.src[i] != '\n'; i++ {
		switch c := x.src[i]; {
		case c == '\\':
			i++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			x.add(tokNumber, x.at, i+1)
			x.at = i + 1
			return true
		}
	}
	return false
}

// starts tells whether c may stand in a name of the language.
func (x *lexer) starts(c byte) bool { return isNameStart(c) || c == '$' && x.lang == script }

func isNameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func hasPrefix(b []byte, s string) bool { return len(b) >= len(s) && string(b[:len(s)]) == s }
