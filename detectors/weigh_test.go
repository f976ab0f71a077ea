package detectors_test

import (
	"testing"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/detectortest"
	"github.com/ecart-rgpd/ecart/detectors/fr"
	"github.com/ecart-rgpd/ecart/item"
)

// A code beside its name is worth showing, and no alarm: only a column of that
// name makes it a finding.
func TestCodeBesideItsNameIsFaint(t *testing.T) {
	s := detectortest.Engine(t, fr.CCAM).Scanner()
	s.Begin(item.Location{}, detectors.Options{})
	if err := s.Add(&item.Segment{Kind: item.Prose, Text: []byte("Acte CCAM HBQK002.")}); err != nil {
		t.Fatal(err)
	}
	found := s.End()
	if len(found) != 1 || found[0].Confidence <= 0 || found[0].Confidence >= detectors.Sure {
		t.Errorf("found %+v, want one finding under %g", found, detectors.Sure)
	}
}
