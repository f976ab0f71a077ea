package code

import "sync"

// A language tells the token reader how to read its source: where comments and
// strings are, how a string takes in values, what joins a member to its owner.
type language struct {
	name   string
	exts   []string // with the dot, lower case
	line   []string // openers of comments that end with the line
	block  []pair   // openers and closers of other comments
	quotes []quote  // longest opener first
	member []string // operators that lead to a member, longest first
	shape  shape
	// newlines tells that a statement may end with its line.
	newlines bool
	// regex tells that a '/' where a value may stand opens a pattern.
	regex bool
	// sigils start a name: '$' in PHP, '@' in Ruby.
	sigils string
	// functions are the words before the name of a function; empty where a
	// function is known by its shape: name, parentheses, block.
	functions []string
	// typeFirst tells that a parameter reads `Type name`, not `name: Type`.
	typeFirst bool

	once    sync.Once
	openers [256]bool // first bytes of comments and strings
}

// opens tells whether a comment or a string may start with c.
func (l *language) opens(c byte) bool {
	l.once.Do(func() {
		for _, open := range l.line {
			l.openers[open[0]] = true
		}
		for _, p := range l.block {
			l.openers[p.open[0]] = true
		}
		for i := range l.quotes {
			l.openers[l.quotes[i].open[0]] = true
		}
	})
	return l.openers[c]
}

type pair struct{ open, close string }

// A quote is one way to write a string.
type quote struct {
	open, close string
	escape      bool // a backslash protects the next byte
	double      bool // the closer written twice stands for itself
	multi       bool // may hold line breaks
	interp      interp
}

// interp is how a string takes in values.
type interp uint8

const (
	plain      interp = iota
	dollarOpen        // ${value}
	dollarName        // $name and ${value}: Kotlin
	phpNames          // $name, $name->member and {$value}
	hashOpen          // #{value}
	braces            // {value}, with {{ for a brace
)

// shape is how a block of statements is written.
type shape uint8

const (
	curly    shape = iota // { … }
	indented              // deeper lines: Python
	ended                 // down to `end` at the same depth: Ruby
)

var slashes = []pair{{"/*", "*/"}}

var java = &language{
	name: "java", exts: []string{".java", ".groovy", ".scala"},
	line: []string{"//"}, block: slashes,
	quotes:    []quote{{open: `"""`, close: `"""`, escape: true, multi: true}, {open: `"`, close: `"`, escape: true}, {open: `'`, close: `'`, escape: true}},
	member:    []string{"::", "?.", "."},
	typeFirst: true,
}

var kotlin = &language{
	name: "kotlin", exts: []string{".kt", ".kts"},
	line: []string{"//"}, block: slashes,
	quotes:   []quote{{open: `"""`, close: `"""`, multi: true, interp: dollarName}, {open: `"`, close: `"`, escape: true, interp: dollarName}, {open: `'`, close: `'`, escape: true}},
	member:   []string{"!!.", "?.", "::", "."},
	newlines: true, functions: []string{"fun"},
}

var csharp = &language{
	name: "c#", exts: []string{".cs"},
	line: []string{"//", "#region", "#endregion", "#pragma", "#if", "#el", "#endif", "#nullable", "#define"}, block: slashes,
	quotes: []quote{
		{open: `$"""`, close: `"""`, multi: true, interp: braces},
		{open: `"""`, close: `"""`, multi: true},
		{open: `$@"`, close: `"`, double: true, multi: true, interp: braces},
		{open: `@$"`, close: `"`, double: true, multi: true, interp: braces},
		{open: `$"`, close: `"`, escape: true, interp: braces},
		{open: `@"`, close: `"`, double: true, multi: true},
		{open: `"`, close: `"`, escape: true},
		{open: `'`, close: `'`, escape: true},
	},
	member:    []string{"?.", "!.", "::", "."},
	typeFirst: true,
}

var php = &language{
	name: "php", exts: []string{".php", ".phtml", ".inc", ".module", ".install", ".theme"},
	line: []string{"//", "#"}, block: slashes, sigils: "$",
	quotes:    []quote{{open: `"`, close: `"`, escape: true, multi: true, interp: phpNames}, {open: `'`, close: `'`, escape: true, multi: true}, {open: "`", close: "`", escape: true, multi: true, interp: phpNames}},
	member:    []string{"?->", "->", "::"},
	functions: []string{"function", "fn"}, typeFirst: true,
}

var python = &language{
	name: "python", exts: []string{".py", ".pyw"},
	line: []string{"#"},
	quotes: withPrefixes([]string{"f", "F", "rf", "fr", "Rf", "fR"}, braces,
		withPrefixes([]string{"", "r", "b", "u", "R", "B", "rb", "br"}, plain, nil)),
	member: []string{"."}, shape: indented, newlines: true, functions: []string{"def"},
}

// withPrefixes puts Python's four quotes under each prefix before rest.
func withPrefixes(prefixes []string, how interp, rest []quote) []quote {
	var all []quote
	for _, q := range []string{`"""`, `'''`, `"`, `'`} {
		for _, p := range prefixes {
			all = append(all, quote{open: p + q, close: q, escape: true, multi: len(q) == 3, interp: how})
		}
	}
	return append(all, rest...)
}

var ruby = &language{
	name: "ruby", exts: []string{".rb", ".rake", ".ru", ".jbuilder", ".gemspec"},
	line: []string{"#"}, block: []pair{{"\n=begin", "\n=end"}}, sigils: "@$",
	quotes:   []quote{{open: `"`, close: `"`, escape: true, multi: true, interp: hashOpen}, {open: `'`, close: `'`, escape: true, multi: true}, {open: "`", close: "`", escape: true, multi: true, interp: hashOpen}},
	member:   []string{"&.", "::", "."},
	shape:    ended,
	newlines: true, regex: true, functions: []string{"def"},
}

var golang = &language{
	name: "go", exts: []string{".go"},
	line: []string{"//"}, block: slashes,
	quotes:   []quote{{open: `"`, close: `"`, escape: true}, {open: "`", close: "`", multi: true}, {open: `'`, close: `'`, escape: true}},
	member:   []string{"."},
	newlines: true, functions: []string{"func"},
}

var script = &language{
	name: "javascript", exts: []string{".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts"},
	line: []string{"//"}, block: slashes,
	quotes:   []quote{{open: "`", close: "`", escape: true, multi: true, interp: dollarOpen}, {open: `"`, close: `"`, escape: true}, {open: `'`, close: `'`, escape: true}},
	member:   []string{"?.", "!.", "."},
	newlines: true, regex: true, functions: []string{"function"},
}

// languages is the list, in order of name.
var languages = []*language{csharp, golang, java, script, kotlin, php, python, ruby}

var byExtension = func() map[string]*language {
	m := map[string]*language{}
	for _, l := range languages {
		for _, e := range l.exts {
			m[e] = l
		}
	}
	return m
}()
