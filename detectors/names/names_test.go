package names

import (
	"testing"

	"github.com/ecart-rgpd/ecart/rules"
)

func newJudge(t testing.TB) *Judge {
	t.Helper()
	r, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	j, err := New(r)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

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

func TestTellsPersons(t *testing.T) {
	j := newJudge(t)
	for header, want := range map[string]bool{
		"matricule": true, "Matricule": true, "id_salarie": true, "id patient": true, "agent": true,
		"type_agent": false, "poste": false, "risque": false, "": false, "nombre d'agents par service": false,
	} {
		if got := j.TellsPersons(header); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}
