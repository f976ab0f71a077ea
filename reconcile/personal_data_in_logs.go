package reconcile

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/rules"
)

// personalDataInLogs raises code that writes personal data to a log, or to the
// console that becomes one.
func personalDataInLogs(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Evidence != detectors.ByFlow || f.Past != nil || f.Category == "" || f.Sink != item.SinkLog && f.Sink != item.SinkConsole {
		return nil
	}
	if r.Rules.Category(f.Category).Regime == rules.Organisation {
		return nil // of a company, not of a person
	}
	return []Gap{r.flowGap(PersonalDataInLogs, f, c)}
}

// flowGap starts a gap from a flow, with the system that holds the code.
func (r *run) flowGap(kind Kind, f *detectors.Finding, c claim) Gap {
	g := r.from(kind, f)
	g.At.Place = item.Place{Line: f.At.Line}
	g.Detail.FoundName = f.Identifier
	if len(c.systems) > 0 {
		g.System = c.systems[0].ID
	}
	if len(c.treatments) > 0 {
		g.Treatment, g.Detail.Name = c.treatments[0].ID, c.treatments[0].Name
	}
	return g
}
