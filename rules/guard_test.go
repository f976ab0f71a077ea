package rules

import (
	"strings"
	"testing"
)

func TestCheckYAML(t *testing.T) {
	deep := strings.Builder{}
	for i := range 300 {
		deep.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	for name, c := range map[string]struct {
		text string
		ok   bool
	}{
		"empty":       {"", true},
		"plain":       {"a: [b, {c: d}]\ne:\n  - f\n  - g: h\n", true},
		"many":        {strings.Repeat("- {a: [b]}\n", 10_000), true},
		"lists":       {strings.Repeat("[", 10_000), false},
		"mappings":    {strings.Repeat("{a: ", 10_000), false},
		"blocks":      {deep.String(), false},
		"dashes":      {strings.Repeat("- ", 10_000), false},
		"large":       {strings.Repeat("#", MaxYAML+1), false},
		"closed":      {strings.Repeat("]", 1000) + strings.Repeat("[]", 1000), true},
		"just quoted": {`a: "` + strings.Repeat("[", 1000) + `"`, true},
	} {
		if err := CheckYAML([]byte(c.text)); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}
