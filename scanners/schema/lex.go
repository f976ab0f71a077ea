package schema

import (
	"strings"

	"github.com/DataDog/go-sqllexer"
)

// kind tells what a token is to a reader of declarations.
type kind uint8

const (
	word    kind = iota // a name or keyword, bare
	quoted              // a name in quotes of any sort
	text                // a string literal
	number              // a number
	punct               // ( ) , ; . and operators, one token each
	comment             // of any form
	junk                // what the lexer does not know
)

// A token is a stretch of a statement, with its place in it.
type token struct {
	kind       kind
	start, end int    // in the statement
	raw        string // as written
}

// upper returns a bare word in capitals, and "" for anything else: a name in
// quotes is never a keyword.
func (t token) upper() string {
	if t.kind != word {
		return ""
	}
	return strings.ToUpper(t.raw)
}

// is tells whether t is this punctuation.
func (t token) is(p string) bool { return t.kind == punct && t.raw == p }

// name returns what a name is, out of its quotes.
func (t token) name() string {
	if t.kind != quoted && t.kind != text {
		return t.raw
	}
	return unquote(t.raw)
}

// isName tells whether t may stand for a name. SQLite and MySQL take a string
// for one.
func (t token) isName() bool { return t.kind == word || t.kind == quoted || t.kind == text }

// unquote takes the quotes off a name or string and undoes doubled ones.
func unquote(raw string) string {
	if len(raw) < 2 {
		return raw
	}
	shut := raw[0]
	switch shut {
	case '[':
		shut = ']'
	case '"', '`', '\'':
	case '$':
		tag := strings.IndexByte(raw[1:], '$') + 2
		if len(raw) >= 2*tag {
			return raw[tag : len(raw)-tag]
		}
		return raw
	default:
		return raw
	}
	inner := raw[1:]
	if inner[len(inner)-1] == shut {
		inner = inner[:len(inner)-1]
	}
	if !strings.ContainsRune(inner, rune(shut)) && !strings.Contains(inner, `\'`) {
		return inner
	}
	inner = strings.ReplaceAll(inner, string(shut)+string(shut), string(shut))
	if shut == '\'' {
		inner = strings.ReplaceAll(inner, `\'`, `'`)
	}
	return inner
}

// A lexing turns a statement into tokens by go-sqllexer, and knows what that
// does not tell: where a token stands, and where a quoted name with doubled
// quotes ends. Where the two disagree the lexer starts again after the name.
type lexing struct {
	src     string
	dialect dialect
	pos     int // how far src is read
	lexer   *sqllexer.Lexer
	tokens  []token
}

// lex cuts a statement into tokens, comments included. It reads anything: what
// makes no sense is junk.
func lex(src string, d dialect) []token {
	l := &lexing{src: src, dialect: d, tokens: make([]token, 0, len(src)/5+8)}
	l.restart(0)
	for l.pos < len(l.src) {
		t := l.lexer.Scan()
		if t.Type == sqllexer.EOF || t.Value == "" {
			break
		}
		l.take(t)
	}
	return l.tokens
}

func (l *lexing) restart(at int) {
	l.pos = at
	l.lexer = sqllexer.New(l.src[at:], sqllexer.WithDBMS(l.dialect.lexer()))
}

func (l *lexing) add(k kind, end int) {
	l.tokens = append(l.tokens, token{k, l.pos, end, l.src[l.pos:end]})
	l.pos = end
}

// take adds the token the lexer saw at pos, or reads it itself.
func (l *lexing) take(t *sqllexer.Token) {
	end := l.pos + len(t.Value)
	if end > len(l.src) || l.src[l.pos:end] != t.Value {
		l.restart(l.bareName()) // names joined over blanks: cut them again
		return
	}
	switch c := l.src[l.pos]; {
	case c == '`' || c == '"' || c == '[' && l.opensName():
		l.quoted(end)
	case t.Type == sqllexer.STRING || t.Type == sqllexer.INCOMPLETE_STRING || t.Type == sqllexer.DOLLAR_QUOTED_STRING || t.Type == sqllexer.DOLLAR_QUOTED_FUNCTION:
		l.add(text, end)
	case t.Type == sqllexer.COMMENT || t.Type == sqllexer.MULTILINE_COMMENT:
		l.add(comment, end)
	case t.Type == sqllexer.SPACE:
		l.pos = end
	case t.Type == sqllexer.NUMBER:
		l.add(number, end)
	case t.Type == sqllexer.PUNCTUATION || t.Type == sqllexer.OPERATOR || t.Type == sqllexer.WILDCARD || t.Type == sqllexer.JSON_OP:
		l.add(punct, end)
	case t.Type == sqllexer.ERROR || t.Type == sqllexer.UNKNOWN:
		l.junk(end)
	default:
		l.words(end)
	}
}

// junk passes over one character the lexer does not know. An opening that
// nothing closes would take the rest of the text with it.
func (l *lexing) junk(end int) {
	if end-l.pos > 4 {
		end = l.pos + 1
		l.add(junk, end)
		l.restart(end)
		return
	}
	l.add(junk, end)
}

// opensName tells whether a bracket at pos opens a name, not an array.
func (l *lexing) opensName() bool {
	if !l.dialect.brackets() || l.pos+1 >= len(l.src) {
		return false
	}
	next := l.src[l.pos+1]
	return next != ']' && (next < '0' || next > '9' || l.dialect == tsql)
}

// quoted reads the name in quotes at pos; end is where the lexer thinks it ends.
func (l *lexing) quoted(end int) {
	k := quoted
	if l.src[l.pos] == '"' && l.dialect == mysql {
		k = text
	}
	stop := quotedEnd(l.src, l.pos)
	if stop < 0 {
		l.add(junk, l.pos+1)
		l.restart(l.pos)
		return
	}
	l.add(k, stop)
	if stop != end {
		l.restart(stop)
	}
}

// quotedEnd returns the offset after the name in quotes that opens at i, or -1.
func quotedEnd(src string, i int) int {
	shut := src[i]
	if shut == '[' {
		shut = ']'
	}
	for i++; i < len(src); i++ {
		if src[i] != shut {
			continue
		}
		if i+1 < len(src) && src[i+1] == shut {
			i++
			continue
		}
		return i + 1
	}
	return -1
}

// bareName returns the offset after the bare or quoted name at pos.
func (l *lexing) bareName() int {
	if c := l.src[l.pos]; c == '`' || c == '"' || c == '[' {
		k := quoted
		if stop := quotedEnd(l.src, l.pos); stop > 0 {
			l.add(k, stop)
			return stop
		}
	}
	end := l.pos + 1
	for end < len(l.src) && isNameByte(l.src[end]) {
		end++
	}
	l.add(word, end)
	return end
}

// words adds a bare name, which the lexer may have taken with its schema.
func (l *lexing) words(end int) {
	for l.pos < end {
		dot := strings.IndexByte(l.src[l.pos:end], '.')
		switch {
		case dot < 0:
			l.add(word, end)
		case dot == 0:
			l.add(punct, l.pos+1)
		default:
			l.add(word, l.pos+dot)
		}
	}
}

// isNameByte tells whether c may stand within a bare name. Bytes of any script
// may.
func isNameByte(c byte) bool {
	return c == '_' || c == '$' || c == '#' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
