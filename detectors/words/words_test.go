package words

import (
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

// Every rule carries its own proof.
func TestExamples(t *testing.T) {
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
