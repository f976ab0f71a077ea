package report

import (
	"os"
	"strings"
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

// TestGapsDocumented asks for a section for every kind of gap, with the law and
// the next step of the rules, in both languages.
func TestGapsDocumented(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	gaps, err := r.Gaps()
	if err != nil {
		t.Fatal(err)
	}
	for name, lang := range map[string]string{"gaps.md": "en", "gaps.fr.md": "fr"} {
		b, err := os.ReadFile("../docs/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for kind, g := range gaps {
			_, section, ok := strings.Cut(string(b), "\n## "+kind+"\n")
			if !ok || !strings.Contains(section, g.Next.In(lang)) || !strings.Contains(section, g.Message.In(lang)) {
				t.Errorf("%s does not say of %s what rules/gaps does", name, kind)
			}
		}
	}
}
