package reconcile

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// plaintextCredential raises passwords of persons kept or compared in clear, or
// under a hash that does not protect them.
func plaintextCredential(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Sink != item.SinkPlaintext || f.Past != nil || f.Category != "credential" {
		return nil
	}
	return []Gap{r.flowGap(PlaintextCredential, f, c)}
}
