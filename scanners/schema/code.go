package schema

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A lexeme is a word, string or mark of a migration written in a programming
// language. Comments are left out.
type lexeme struct {
	kind kind // word, text, number or punct
	text string
	line int
}

func (l lexeme) is(mark string) bool { return l.kind == punct && l.text == mark }

// A tongue is what the reader of migrations must know of a language.
type tongue struct {
	hash    bool // # opens a comment
	slashes bool // // and /* */ do
	symbols bool // :name is a string
	triple  bool // """ quotes text of several lines
	ticks   bool // ` quotes text of several lines
}

var (
	ruby       = tongue{hash: true, symbols: true}
	python     = tongue{hash: true, triple: true}
	php        = tongue{hash: true, slashes: true}
	javascript = tongue{slashes: true, ticks: true}
	csharp     = tongue{slashes: true, triple: true}
)

// lexemes cuts code into words, strings and marks.
func lexemes(src string, t tongue) []lexeme {
	var list []lexeme
	line := 1
	for i := 0; i < len(src); {
		c := src[i]
		from := i
		switch {
		case c == '\n' || c == ' ' || c == '\t' || c == '\r':
			i++
		case c == '#' && t.hash && !strings.HasPrefix(src[i:], "#["), c == '/' && t.slashes && strings.HasPrefix(src[i:], "//"):
			i = lineAfter(src, i)
		case c == '/' && t.slashes && strings.HasPrefix(src[i:], "/*"):
			i = after(src, i+2, "*/")
		case c == '"' || c == '\'' || c == '`' && t.ticks:
			var s string
			s, i = quotedText(src, i, t)
			list = append(list, lexeme{text, s, line})
		case c == ':' && t.symbols && i+1 < len(src) && letter(src[i+1:]) && (i == 0 || src[i-1] != ':' && !isNameByte(src[i-1])):
			i = nameEnd(src, i+1)
			list = append(list, lexeme{text, src[from+1 : i], line})
		case c >= '0' && c <= '9':
			for i < len(src) && (isNameByte(src[i]) || src[i] == '.') {
				i++
			}
			list = append(list, lexeme{number, src[from:i], line})
		case letter(src[i:]) || c == '$' || c == '@':
			i = nameEnd(src, i+1)
			list = append(list, lexeme{word, src[from:i], line})
		default:
			_, n := utf8.DecodeRuneInString(src[i:])
			if two := src[i:min(i+2, len(src))]; two == "->" || two == "::" || two == "=>" {
				n = 2
			}
			i += n
			list = append(list, lexeme{punct, src[from:i], line})
		}
		line += strings.Count(src[from:i], "\n")
	}
	return list
}

func letter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '_' || unicode.IsLetter(r)
}

func nameEnd(src string, i int) int {
	for i < len(src) && isNameByte(src[i]) && src[i] != '#' {
		i++
	}
	return i
}

func lineAfter(src string, i int) int {
	if n := strings.IndexByte(src[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(src)
}

func after(src string, i int, end string) int {
	if n := strings.Index(src[min(i, len(src)):], end); n >= 0 {
		return i + n + len(end)
	}
	return len(src)
}

// quotedText returns the string at i without its quotes, and the offset after it.
func quotedText(src string, i int, t tongue) (string, int) {
	quote := src[i : i+1]
	if three := strings.Repeat(quote, 3); t.triple && strings.HasPrefix(src[i:], three) {
		end := after(src, i+3, three)
		return strings.TrimSuffix(src[i+3:end], three), end
	}
	for j := i + 1; j < len(src); j++ {
		switch src[j] {
		case '\\':
			j++
		case quote[0]:
			return unescape(src[i+1 : j]), j + 1
		}
	}
	return "", i + 1
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	return strings.NewReplacer(`\'`, `'`, `\"`, `"`, "\\`", "`", `\\`, `\`, `\n`, "\n", `\t`, "\t").Replace(s)
}

// A script is a migration as lexemes, and the catalogue it changes.
type script struct {
	list    []lexeme
	path    string
	catalog *catalog
}

func (s *script) at(i int) lexeme {
	if i >= 0 && i < len(s.list) {
		return s.list[i]
	}
	return lexeme{kind: junk}
}

// group returns the index of the mark that shuts the one at i.
func (s *script) group(i int) int {
	depth := 0
	for ; i < len(s.list); i++ {
		if s.list[i].kind != punct {
			continue
		}
		switch s.list[i].text {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s.list)
}

// An arg is one argument of a call: a range of lexemes, and its name when the
// language gives it one (`limit: 20`, `max_length=20`).
type arg struct {
	name     string
	from, to int
}

// args cuts what stands between from and to at its outer commas.
func (s *script) args(from, to int) []arg {
	var list []arg
	start := from
	cut := func(end int) {
		if end > start {
			a := arg{from: start, to: end}
			if m := s.at(start + 1); (m.is(":") || m.is("=") || m.is("=>")) && end > start+2 {
				a.name, a.from = s.at(start).text, start+2
			}
			list = append(list, a)
		}
		start = end + 1
	}
	for i := from; i < to; i++ {
		switch l := s.list[i]; {
		case l.is("(") || l.is("[") || l.is("{"):
			i = s.group(i)
		case l.is(","):
			cut(i)
		}
	}
	cut(min(to, len(s.list)))
	return list
}

// named returns the argument of a name.
func named(args []arg, names ...string) (arg, bool) {
	for _, a := range args {
		for _, n := range names {
			if a.name == n {
				return a, true
			}
		}
	}
	return arg{}, false
}

// text returns the string an argument is, or the last word of it.
func (s *script) text(a arg) string {
	for i := a.from; i < a.to; i++ {
		if s.list[i].kind == text {
			return s.list[i].text
		}
	}
	if a.to > a.from && s.at(a.to-1).kind != punct {
		return s.at(a.to - 1).text
	}
	return ""
}

// textOf returns the string of the argument of a name.
func (s *script) textOf(args []arg, names ...string) string {
	a, ok := named(args, names...)
	if !ok {
		return ""
	}
	return s.text(a)
}

// plain returns the strings of the arguments without a name, in order.
func (s *script) plain(args []arg) []string {
	var list []string
	for _, a := range args {
		if a.name == "" && a.to == a.from+1 && s.at(a.from).kind == text {
			list = append(list, s.at(a.from).text)
		}
	}
	return list
}

// number returns the whole number of the argument of a name.
func (s *script) number(args []arg, names ...string) int {
	a, ok := named(args, names...)
	if !ok {
		return 0
	}
	n := token{kind: number, raw: strings.Trim(s.at(a.from).text, `"`)}.number()
	return n
}

// table returns the table of a name, made up when this is a change to one that
// another file creates.
func (s *script) table(title string, line int, fresh bool) *table {
	n := name{table: title}
	if schema, table, ok := strings.Cut(title, "."); ok {
		n = name{schema, table}
	}
	var t *table
	if fresh {
		t = s.catalog.add(n, line)
	} else {
		t = s.catalog.altered(n, line)
	}
	if t.file == "" {
		t.file = s.path
	}
	return t
}

// put adds a column to a table.
func (s *script) put(t *table, c column) {
	if c.name == "" {
		return
	}
	if t.file != s.path {
		c.file = s.path
	}
	c.typ = strings.ToLower(c.typ)
	if strings.Contains(c.typ, "(") {
		typ, length := cutType(c.typ)
		c.typ, c.length = typ, max(c.length, length)
	}
	t.put(c)
}

func (s *script) renameColumn(table, from, to string, line int) {
	p := parse{file: s.path, catalog: s.catalog}
	p.renameColumn(s.table(table, line, false), from, to, line)
}

// sql applies the statements that stand in strings: every framework lets one
// write them.
func (s *script) sql() {
	for _, l := range s.list {
		if l.kind != text || len(l.text) < 12 {
			continue
		}
		switch first := wordAt([]byte(strings.TrimLeft(l.text[:min(len(l.text), 200)], " \t\r\n")), 0); first {
		case "CREATE", "ALTER", "DROP", "COMMENT", "RENAME":
			d := guess([]byte(l.text))
			apply(s.catalog, d, l.text, l.line, s.path, func(int, string) {})
		}
	}
}

// forward blanks the part of a migration that takes it back: what goes down
// must not be read as if it went up.
func forward(src string, t tongue) string {
	switch t {
	case python, ruby:
		return forwardByIndent(src, t)
	}
	for _, head := range []string{"function down", "async down", "void Down(", "down:", "down =", "exports.down", "const down"} {
		at := strings.Index(src, head)
		if at < 0 {
			continue
		}
		open := strings.IndexByte(src[at:], '{')
		if open < 0 {
			continue
		}
		if params := strings.IndexByte(src[at:], '('); params >= 0 && params < open {
			if shut := strings.IndexByte(src[at+params:], ')'); shut >= 0 {
				if body := strings.IndexByte(src[at+params+shut:], '{'); body >= 0 {
					open = params + shut + body
				}
			}
		}
		return src[:at] + blank(src[at:bracesEnd(src, at+open)]) + src[bracesEnd(src, at+open):]
	}
	return src
}

func bracesEnd(src string, i int) int {
	depth := 0
	for ; i < len(src); i++ {
		switch src[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(src)
}

// blank keeps the lines of a text and nothing else.
func blank(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) }

func forwardByIndent(src string, t tongue) string {
	head := "def down"
	var b strings.Builder
	inside, depth := false, 0
	for line := range strings.Lines(src) {
		trimmed := strings.TrimLeft(line, " \t")
		indent := len(line) - len(trimmed)
		switch {
		case inside && (strings.TrimSpace(line) == "" || indent > depth):
			b.WriteByte('\n')
			continue
		case inside:
			inside = false
			if t == ruby {
				b.WriteByte('\n')
				continue
			}
		}
		if strings.HasPrefix(trimmed, head) {
			inside, depth = true, indent
			b.WriteByte('\n')
			continue
		}
		b.WriteString(line)
	}
	return b.String()
}
