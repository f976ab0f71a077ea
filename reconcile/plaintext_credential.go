package reconcile

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// plaintextCredential raises passwords of persons kept or compared in clear, or
// under a hash that does not protect them: in code, or in the rows of a table.
func plaintextCredential(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Sink != item.SinkPlaintext || f.Past != nil || f.Category != "credential" {
		return nil
	}
	g := r.flowGap(PlaintextCredential, f, c)
	if f.Evidence == detectors.ByValue {
		g.At = r.from(PlaintextCredential, f).At
		g.Object = g.At.Target + ":" + g.At.Path
	}
	return []Gap{g}
}
