package code

import (
	"strings"
	"testing"
)

// Files that say the same setting again, and names made up of thousands of words,
// are read in the time their bytes take: minutes each, when every line was a search
// of the whole file.
func TestManySettings(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("AWS_REGION=eu-west-3\n", 20_000),
		strings.Repeat(strings.Repeat("A_", 1_500)+"KEY=b\n", 100),
	} {
		for _, x := range readText(t, "app/.env", text).Thirds {
			if x.ID != "aws" {
				t.Errorf("%s", x.ID)
			}
		}
	}
}
