package code

import (
	"bytes"
)

// quoted reads a string with the values it takes in.
func (x *lexer) quoted(depth int) bool {
	if !x.lang.opens(x.src[x.at]) {
		return false
	}
	if depth > 3 { // strings in values in strings: nobody writes four
		return false
	}
	rest := x.src[x.at:]
	for i := range x.lang.quotes {
		q := &x.lang.quotes[i]
		if rest[0] != q.open[0] || !hasPrefix(rest, q.open) {
			continue
		}
		if c := q.open[0]; isNameStart(c) && x.at > 0 && (isNameStart(x.src[x.at-1]) || isDigit(x.src[x.at-1])) {
			continue
		}
		x.at += len(q.open)
		x.body(q, depth)
		return true
	}
	return false
}

// body reads up to the closer of q.
func (x *lexer) body(q *quote, depth int) {
	start, line := x.at, x.line
	part := func(end int) {
		x.toks = append(x.toks, token{kind: tokText, start: int32(start), end: int32(end), line: line, pair: -1})
	}
	for x.at < len(x.src) {
		c := x.src[x.at]
		switch {
		case c == '\\' && q.escape && x.at+1 < len(x.src):
			if x.src[x.at+1] == '\n' {
				x.line++
			}
			x.at += 2
			continue
		case hasPrefix(x.src[x.at:], q.close):
			if q.double && hasPrefix(x.src[x.at+len(q.close):], q.close) {
				x.at += 2 * len(q.close)
				continue
			}
			part(x.at)
			x.at += len(q.close)
			return
		case c == '\n':
			if !q.multi { // not closed: the text ends with its line
				part(x.at)
				return
			}
			x.line++
		default:
			if n := x.opener(q.interp); n > 0 {
				part(x.at)
				x.value(q.interp, n, depth)
				start, line = x.at, x.line
				continue
			}
		}
		x.at++
	}
	part(len(x.src))
}

// opener returns the length of the opener of a value at the place reached, or 0.
func (x *lexer) opener(how interp) int {
	rest := x.src[x.at:]
	switch how {
	case plain:
	case dollarOpen:
		if hasPrefix(rest, "${") {
			return 2
		}
	case hashOpen:
		if hasPrefix(rest, "#{") {
			return 2
		}
	case braces:
		if rest[0] != '{' {
			return 0
		}
		if hasPrefix(rest, "{{") {
			x.at++ // the loop takes the second one
			return 0
		}
		return 1
	case dollarName:
		if hasPrefix(rest, "${") {
			return 2
		}
		if rest[0] == '$' && len(rest) > 1 && isNameStart(rest[1]) {
			return 1
		}
	case phpNames:
		if hasPrefix(rest, "{$") || hasPrefix(rest, "${") {
			return 1
		}
		if rest[0] == '$' && len(rest) > 1 && isNameStart(rest[1]) {
			return 1
		}
	}
	return 0
}

// value reads one value within a string as tokens between an opener and a
// closer of its own.
func (x *lexer) value(how interp, opener, depth int) {
	named := opener == 1 && (how == dollarName || how == phpNames && x.src[x.at] == '$' && x.src[x.at+1] != '{')
	start := x.at
	x.at += opener
	if how == phpNames && !named && x.src[start] == '$' {
		x.at = start + 2
	}
	x.toks = append(x.toks, token{kind: tokOpen, value: true, start: int32(start), end: int32(x.at), line: x.line, pair: -1})
	if named {
		x.simpleName(how)
	} else {
		x.run(depth + 1)
	}
	end := x.at
	if !named && x.at < len(x.src) && x.src[x.at] == '}' {
		x.at++
	}
	x.toks = append(x.toks, token{kind: tokClose, value: true, start: int32(end), end: int32(x.at), line: x.line, pair: -1})
}

// simpleName reads $name, and in PHP one ->member or ['key'] after it.
func (x *lexer) simpleName(how interp) {
	x.name()
	if how != phpNames {
		return
	}
	rest := x.src[x.at:]
	switch {
	case hasPrefix(rest, "->") && len(rest) > 2 && isNameStart(rest[2]):
		x.add(tokOp, x.at, x.at+2)
		x.at += 2
		x.name()
	case hasPrefix(rest, "["):
		end := bytes.IndexByte(rest, ']')
		if end < 2 || end > 60 {
			return
		}
		x.add(tokOpen, x.at, x.at+1)
		x.add(tokText, x.at+1, x.at+end)
		x.add(tokClose, x.at+end, x.at+end+1)
		x.at += end + 1
	}
}

// heredocPHP reads <<<NAME … NAME.
func (x *lexer) heredocPHP() bool {
	rest := x.src[x.at:]
	if !hasPrefix(rest, "<<<") {
		return false
	}
	head := 3
	for head < len(rest) && (rest[head] == ' ' || rest[head] == '"' || rest[head] == '\'') {
		head++
	}
	end := head
	for end < len(rest) && (isNameStart(rest[end]) || isDigit(rest[end])) {
		end++
	}
	how := phpNames
	if head > 3 && rest[head-1] == '\'' {
		how = plain
	}
	return x.heredoc(string(rest[head:end]), end, how)
}

// heredoc reads lines until one that starts with the mark.
func (x *lexer) heredoc(mark string, head int, how interp) bool {
	if mark == "" {
		return false
	}
	x.at += head
	eol := bytes.IndexByte(x.src[x.at:], '\n')
	if eol < 0 {
		return true
	}
	if x.lang == ruby { // the rest of the line is code, and the text follows it
		x.pendingHeredoc(mark, how, eol)
		return true
	}
	x.at += eol
	x.lines(mark, how)
	return true
}

// lines reads the text of a heredoc: x.at is at the line break before it.
func (x *lexer) lines(mark string, how interp) {
	q := &quote{close: "\n" + mark, multi: true, escape: true, interp: how}
	body := x.src[x.at:]
	for off := 0; ; {
		i := bytes.IndexByte(body[off:], '\n')
		if i < 0 {
			break
		}
		off += i + 1
		text := bytes.TrimLeft(body[off:], " \t")
		if hasPrefix(text, mark) && (len(text) == len(mark) || !isNameStart(text[len(mark)])) {
			q.close = string(body[off-1 : len(body)-len(text)+len(mark)])
			break
		}
	}
	x.body(q, 1)
	x.line += int32(bytes.Count([]byte(q.close), []byte{'\n'}))
}

// pendingHeredoc reads the rest of the line, then the text below it.
func (x *lexer) pendingHeredoc(mark string, how interp, eol int) {
	src, end := x.src, x.at+eol
	x.src = src[:end]
	x.run(0)
	x.src = src
	x.at = end
	x.lines(mark, how)
}

// rubyText reads symbols, %w lists and heredocs.
func (x *lexer) rubyText() bool {
	rest := x.src[x.at:]
	if len(rest) < 3 {
		return false
	}
	switch {
	case rest[0] == ':' && isNameStart(rest[1]) && (x.at == 0 || x.src[x.at-1] != ':'):
		end := 1
		for end < len(rest) && (isNameStart(rest[end]) || isDigit(rest[end])) {
			end++
		}
		x.add(tokText, x.at+1, x.at+end)
		x.at += end
		return true
	case rest[0] == '%' && (rest[1] == 'w' || rest[1] == 'i') && bytes.IndexByte([]byte("[({<"), rest[2]) >= 0:
		return x.wordList(rest)
	case len(rest) > 4 && (hasPrefix(rest, "<<~") || hasPrefix(rest, "<<-")):
		head := 3
		how := hashOpen
		if rest[head] == '\'' || rest[head] == '"' {
			if rest[head] == '\'' {
				how = plain
			}
			head++
		}
		end := head
		for end < len(rest) && isNameStart(rest[end]) {
			end++
		}
		mark := string(rest[head:end])
		if end < len(rest) && (rest[end] == '\'' || rest[end] == '"') {
			end++
		}
		return x.heredoc(mark, end, how)
	}
	return x.regex()
}

// wordList reads %w[a b] as a list of texts.
func (x *lexer) wordList(rest []byte) bool {
	closers := map[byte]byte{'[': ']', '(': ')', '{': '}', '<': '>'}
	end := bytes.IndexByte(rest, closers[rest[2]])
	if end < 0 {
		return false
	}
	x.add(tokOpen, x.at+2, x.at+3)
	for i := 3; i < end; {
		if rest[i] <= ' ' {
			if rest[i] == '\n' {
				x.line++
			}
			i++
			continue
		}
		from := i
		for i < end && rest[i] > ' ' {
			i++
		}
		x.add(tokText, x.at+from, x.at+i)
	}
	x.add(tokClose, x.at+end, x.at+end+1)
	x.at += end + 1
	return true
}
