package reconcile

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/rules"
)

// columnWords is how sure words of cells are when they make a column of them:
// that is data, not running text.
const columnWords = 0.7

// level is the default level of a category: error for what the law guards most,
// warning for the rest, note for what only running text says and for an
// inventory, which has nothing to compare with.
func (r *run) level(f *detectors.Finding) Level {
	if r.Register == nil || f.Evidence == detectors.ByWord && (f.At.Column == "" || f.Confidence < columnWords) {
		return Note
	}
	return Weight(r.Rules, f.Category)
}

// Weight is the level of undeclared data of a category.
func Weight(r *rules.Rules, category string) Level {
	c := r.Category(category)
	switch {
	case c.Regime == rules.NIR, c.Regime == rules.Special, c.Regime == rules.Offence,
		c.ID == "credential", c.ID == "bank_details", c.Group == "bank_details":
		return Error
	}
	return Warning
}
