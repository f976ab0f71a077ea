package code

import (
	"bytes"
	"strings"
	"testing"
)

// Comments are blanked, what stands in quotes is not.
func TestWithoutComments(t *testing.T) {
	for _, c := range []struct{ why, src, want string }{
		{"none", `let a = 1`, `let a = 1`},
		{"to the end of the line", "a() // see x.example\nb()", "a()" + strings.Repeat(" ", 17) + "\nb()"},
		{"of its own end", "a() /* x\ny */ b()", "a()     \n     b()"},
		{"an address", `f(https://x.example)`, `f(https://x.example)`},
		{"a file in quotes, then an address", `let f = "file:///tmp/x"; let c = "https://x.example"`, `let f = "file:///tmp/x"; let c = "https://x.example"`},
		{"slashes in quotes", `p("a // b", "https://x.example")`, `p("a // b", "https://x.example")`},
		{"no scheme", `load('//x.example/a.js')`, `load('//x.example/a.js')`},
		{"a quote behind a stroke", `p("a \" // b") // c`, `p("a \" // b")     `},
		{"a quote in a comment", "// don't\nf(\"https://x.example\")", "        \nf(\"https://x.example\")"},
		{"a stray quote ends with its line", "it's\n// x", "it's\n    "},
		{"three quotes over lines", "s = \"\"\"\n// kept\n\"\"\" // not", "s = \"\"\"\n// kept\n\"\"\"       "},
		{"three quotes without end", "'''// a", "'''    "},
		{"ends in a quote", "// a\n\"", "    \n\""},
		{"ends in a stroke", "// a\n\"\\", "    \n\"\\"},
		{"image/*", `type = image/* // all`, `type = image/*       `},
	} {
		if got := string(withoutComments([]byte(c.src))); got != c.want {
			t.Errorf("%s:\n%q, want\n%q", c.why, got, c.want)
		}
	}
}

func FuzzWithoutComments(f *testing.F) {
	f.Add("a(\"b // c\") // d\n/* e */ '''f'''")
	f.Fuzz(func(t *testing.T, src string) {
		got := withoutComments([]byte(src))
		if len(got) != len(src) || bytes.Count(got, []byte("\n")) != strings.Count(src, "\n") {
			t.Errorf("%q becomes %q", src, got)
		}
	})
}
