package schema

import (
	"strconv"
	"strings"
)

// A parse reads the tokens of one statement, or of a batch of them, and applies
// what they declare to the catalogue. It is tolerant: it passes over what it
// does not need, and says what it could not make sense of.
type parse struct {
	src     string
	dialect dialect
	line    int // of src[0]
	tokens  []token
	i       int
	catalog *catalog
	file    string
	unread  func(line int, reason string)

	counted, countedTo int // newlines before an offset, counted once
}

// lineAt returns the line of an offset of the statement. Offsets mostly grow.
func (p *parse) lineAt(at int) int {
	if at < p.countedTo {
		p.counted, p.countedTo = 0, 0
	}
	p.counted += strings.Count(p.src[p.countedTo:at], "\n")
	p.countedTo = at
	return p.line + p.counted
}

// peek returns the next token that is no comment, the zero token at the end.
func (p *parse) peek() token {
	for p.i < len(p.tokens) && p.tokens[p.i].kind == comment {
		p.i++
	}
	if p.i < len(p.tokens) {
		return p.tokens[p.i]
	}
	return token{kind: junk, start: len(p.src), end: len(p.src)}
}

func (p *parse) done() bool { p.peek(); return p.i >= len(p.tokens) }

func (p *parse) next() token {
	t := p.peek()
	if p.i < len(p.tokens) {
		p.i++
	}
	return t
}

// word passes over the words, in order, when the next tokens are these.
func (p *parse) word(words ...string) bool {
	at := p.i
	for _, w := range words {
		if p.next().upper() != w {
			p.i = at
			return false
		}
	}
	return true
}

// oneOf passes over the next token when it is one of the words.
func (p *parse) oneOf(words ...string) bool {
	up := p.peek().upper()
	for _, w := range words {
		if up == w {
			p.i++
			return true
		}
	}
	return false
}

func (p *parse) punct(s string) bool {
	if p.peek().is(s) {
		p.i++
		return true
	}
	return false
}

// name reads a name of up to three parts: base, schema, table. What templates
// put around it (`{prefix}users`, `/*_*/page`, `#__users`) stays part of it.
func (p *parse) name() (name, bool) {
	parts := p.parts()
	switch len(parts) {
	case 0:
		return name{}, false
	case 1:
		return name{table: parts[0]}, true
	}
	return name{parts[len(parts)-2], parts[len(parts)-1]}, true
}

// parts reads names joined by dots. `base..table` has an empty one.
func (p *parse) parts() []string {
	var parts []string
	for {
		part, ok := p.part()
		if !ok {
			return parts
		}
		parts = append(parts, part)
		if !p.punct(".") {
			return parts
		}
	}
}

// part reads one name. Tokens that touch belong together: a template's braces
// and what they hold.
func (p *parse) part() (string, bool) {
	t := p.peek()
	if t.is(".") {
		return "", true
	}
	if t.kind == quoted || t.kind == text {
		p.i++
		return t.name(), t.name() != ""
	}
	var b strings.Builder
	end := t.start
	for p.i < len(p.tokens) && t.start == end && glued(t) {
		b.WriteString(t.raw)
		end = t.end
		p.i++
		if p.i < len(p.tokens) {
			t = p.tokens[p.i]
		}
	}
	return b.String(), b.Len() > 0
}

// glued tells whether a token may be part of a bare name.
func glued(t token) bool {
	switch t.kind {
	case word, number, junk:
		return true
	case punct:
		return strings.Trim(t.raw, "{}$%@#:-!") == ""
	}
	return false
}

// skipParens passes over a group in parentheses that starts here, and tells
// whether it ends.
func (p *parse) skipParens() bool {
	depth := 0
	for !p.done() {
		switch t := p.next(); {
		case t.is("("):
			depth++
		case t.is(")"):
			if depth--; depth == 0 {
				return true
			}
		}
	}
	return depth == 0
}

// group returns the tokens within the parentheses that start here, and whether
// they end.
func (p *parse) group() ([]token, bool) {
	p.peek()
	from := p.i + 1
	ok := p.skipParens()
	to := p.i - 1
	if !ok {
		to = len(p.tokens)
	}
	return p.tokens[from:max(from, to)], ok
}

// split cuts tokens at the commas outside parentheses. Comments stay where they
// are. Brackets of arrays count as parentheses.
func split(tokens []token) [][]token {
	var parts [][]token
	depth, from := 0, 0
	for i, t := range tokens {
		if t.kind != punct {
			continue
		}
		switch t.raw {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			depth--
		case ",":
			if depth == 0 {
				parts = append(parts, tokens[from:i])
				from = i + 1
			}
		}
	}
	return append(parts, tokens[from:])
}

// solid returns tokens without comments.
func solid(tokens []token) []token {
	out := make([]token, 0, len(tokens))
	for _, t := range tokens {
		if t.kind != comment {
			out = append(out, t)
		}
	}
	return out
}

// names returns the first name of each part of a list: the columns of a key.
func names(tokens []token) []string {
	var list []string
	for _, part := range split(solid(tokens)) {
		if len(part) > 0 && part[0].isName() {
			list = append(list, part[0].name())
		}
	}
	return list
}

// sub returns a parse of some of the tokens, for the same catalogue.
func (p *parse) sub(tokens []token) *parse {
	return &parse{src: p.src, dialect: p.dialect, line: p.line, tokens: tokens, catalog: p.catalog, file: p.file, unread: p.unread}
}

// number returns the value of a token, 0 for what is no number.
func (t token) number() int {
	n, err := strconv.Atoi(t.raw)
	if err != nil || t.kind != number {
		return 0
	}
	return n
}
