package detectors

import (
	"strings"
	"testing"
)

func TestDigitRun(t *testing.T) {
	for _, tail := range []string{"", "a", "/", ":", "\x80", "\xff", " 1", "é12345678", "abcdefgh"} {
		for n := range 70 {
			text := []byte("x" + strings.Repeat("9081726354", 7)[:n] + tail)
			if got := digitRun(text, 1); got != min(n, 63) {
				t.Errorf("%d digits before %q: %d", n, tail, got)
			}
		}
	}
}
