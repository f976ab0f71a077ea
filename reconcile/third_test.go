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

// A package beside a setting with an address of one's own is no third party; with
// the vendor's address it is.
func TestThirdRunByItsUsers(t *testing.T) {
	see := func(clues ...string) int {
		r := &run{}
		for _, c := range clues {
			thirdSeen(r, &detectors.Finding{At: item.Location{Target: "t", Path: "a"}, Evidence: detectors.BySight, Third: &item.Third{ID: "sentry", Clue: c}}, claim{})
		}
		return len(r.parties.sorted())
	}
	for want, clues := range map[int][]string{0: {"manifest", "own"}, 1: {"own", "manifest", "host"}} {
		if got := see(clues...); got != want {
			t.Errorf("%v: %d third parties, want %d", clues, got, want)
		}
	}
	if see("own") != 0 || see("manifest") != 1 {
		t.Error("alone")
	}
}
