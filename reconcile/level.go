package reconcile

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/rules"
)

// level is the default level of a category: error for what the law guards most,
// warning for the rest, note for what only running text says and for an
// inventory, which has nothing to compare with.
func (r *run) level(category string, evidence detectors.Evidence) Level {
	if evidence == detectors.ByWord || r.Register == nil {
		return Note
	}
	return Weight(r.Rules, category)
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
