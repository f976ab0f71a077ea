package reconcile

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// forbiddenData raises the security code of a card where it is kept: a field of
// a stored class, a column of a table, a note.
func forbiddenData(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Past != nil || f.Category != "payment_card" {
		return nil
	}
	if f.Sink == item.SinkForbidden && f.Evidence == detectors.ByValue { // written in a note, or in a column
		g := r.flowGap(ForbiddenData, f, c)
		g.At = r.from(ForbiddenData, f).At
		g.Object = g.At.Target + ":" + g.At.Path
		return []Gap{g}
	}
	if f.Sink != item.SinkForbidden && !(f.Evidence == detectors.ByName && f.Sink == "" && f.Identifier == "" && f.Detector == cardCode) {
		return nil
	}
	g := r.flowGap(ForbiddenData, f, c)
	g.At.Place = f.At.Place
	return []Gap{g}
}

// cardCode is the rule of names that tells a card's security code from the rest of
// the card.
const cardCode = "name.card-code"
