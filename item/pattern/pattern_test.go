package pattern

import "testing"

// TestLazy holds that nothing is compiled before the first use.
func TestLazy(t *testing.T) {
	bad := New(`(`)
	defer func() {
		if recover() == nil {
			t.Error("a wrong expression did not panic at its first use")
		}
	}()
	good := New(`^a(b)$`)
	if m := good.FindStringSubmatch("ab"); len(m) != 2 || m[1] != "b" {
		t.Errorf("got %q", m)
	}
	if first, again := good.Get(), good.Get(); first != again {
		t.Error("compiled twice")
	}
	bad.MatchString("a")
}
