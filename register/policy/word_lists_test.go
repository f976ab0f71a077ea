package policy

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ecart-rgpd/ecart/item/pattern"
	"github.com/ecart-rgpd/ecart/register/terms"
)

var listUse = pattern.New(`= (?:wordSet|stemSet)\("([a-z-]+)"\)`)

// TestWordLists asks that each list of rules/policy/words.yml is used, each one used is
// there, and each word is folded as the text it is compared with.
func TestWordLists(t *testing.T) {
	lists, err := wordLists()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	files, _ := filepath.Glob("*.go")
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range listUse.FindAllStringSubmatch(string(src), -1) {
			used[m[1]] = true
			if lists[m[1]] == nil {
				t.Errorf("%s: no list %s", f, m[1])
			}
		}
	}
	for id, words := range lists {
		if !used[id] {
			t.Errorf("list %s is not used", id)
		}
		for _, w := range words {
			if terms.Fold(w) != w {
				t.Errorf("%s: a word that is not folded: %q", id, w)
			}
		}
	}
}
