package main

import (
	"strings"
	"testing"
)

// Accepting comments keep their lines across pieces, behind lines longer than a
// piece, and at the end of a file without a newline; none is read past the last
// line asked for.
func TestInlineComments(t *testing.T) {
	t.Chdir(t.TempDir())
	long := strings.Repeat("x", longestComment+7)
	write(t, "a.py", strings.Repeat("a = 1\n", 20_000)+"# ecart:accept undeclared-system vu\n"+long+"\n"+
		strings.Repeat("b = 2\n", 20_000)+"# ecart:accept undeclared-category test")
	got := inlineComments("a.py", 50_000)
	if len(got) != 2 || got[20_001] != [2]string{"undeclared-system", "vu"} || got[40_003] != [2]string{"undeclared-category", "test"} {
		t.Errorf("%v", got)
	}
	if got := inlineComments("a.py", 10); len(got) != 0 {
		t.Errorf("read on: %v", got)
	}
}
