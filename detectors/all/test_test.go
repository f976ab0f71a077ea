package all

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

func TestExamplesHold(t *testing.T) {
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	failures, err := Test(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range failures {
		t.Error(f)
	}
}

// Words and patterns of users are run too, and add to the lists there are.
func TestExamplesOfUsers(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rules.yml")
	text := `context:
  - id: card
    words: [zorglub]
    hit: [Zorglub 6011999999999995, Carte bancaire 6011999999999995]
    miss: [Suivi 6011999999999995]
patterns:
  - {id: acme.badge, category: professional_life, literal: badge, regex: 'AC-\d{6}', why: ours, hit: [badge AC-123456], miss: [badge AC-1]}
  - {id: acme.bad, category: professional_life, literal: badge, regex: 'ZZ-\d{6}', why: ours, hit: [badge AC-123456], miss: [badge AC-1]}
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := rules.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	failures, err := Test(r)
	if err != nil {
		t.Fatal(err)
	}
	if len(failures) != 1 || failures[0].Rule != "acme.bad" {
		t.Errorf("got %v, want one failure, of acme.bad", failures)
	}
}
