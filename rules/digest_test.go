package rules_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

// TestDigest tells vocabularies apart by one word.
func TestDigest(t *testing.T) {
	seen := map[string]bool{}
	for _, word := range []string{"", "matricule_a", "matricule_b"} {
		var dirs []string
		if word != "" {
			dir := t.TempDir()
			text := "names:\n  - {id: name.own, category: professional_life, words: [" + word + "], hit: [" + word + "], miss: [autre]}\n"
			if err := os.WriteFile(filepath.Join(dir, "own.yml"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			dirs = append(dirs, dir)
		}
		r, err := rules.Load(dirs...)
		if err != nil {
			t.Fatal(err)
		}
		d, err := r.Digest()
		if err != nil {
			t.Fatal(err)
		}
		if seen[d] {
			t.Errorf("the digest with %q is that of another vocabulary", word)
		}
		seen[d] = true
	}
}
