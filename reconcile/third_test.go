package reconcile

import (
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// Of proofs that weigh the same the one that names the file the data comes from is
// told, whichever came first; a heavier one before both.
func TestThirdToldByWhereItsDataComesFrom(t *testing.T) {
	at := func(path string, flow ...item.Step) *detectors.Finding {
		return &detectors.Finding{At: item.Location{Target: "t", Path: path}, Flow: flow}
	}
	here, away, heavy := at("relais.py", item.Step{Line: 6}, item.Step{Line: 7}), at("relais.py", item.Step{Line: 12, File: "inscription.py"}, item.Step{Line: 7}), at("paie.py")
	for _, order := range [][]*detectors.Finding{{here, away}, {away, here}} {
		s := &sighting{}
		for _, f := range order {
			s.note(f, claim{}, 10)
		}
		if s.finding.Flow[0].File != "inscription.py" || len(s.others) != 0 {
			t.Errorf("told from %+v, others %v", s.finding.Flow[0], s.others)
		}
		s.note(heavy, claim{}, 20)
		if s.finding.At.Path != "paie.py" || len(s.others) != 1 {
			t.Errorf("the heavier one is not told: %v, others %v", s.finding.At, s.others)
		}
	}
}
