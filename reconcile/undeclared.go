package reconcile

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/rules"
)

// undeclared raises undeclared-system where no system claims the place, and
// undeclared-category where one does but none of its treatments declares the
// category. A group that covers the category is a vague cover: a note.
func undeclared(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Category == "" || f.Past != nil || f.Sink != "" || r.Rules.Category(f.Category).Regime == rules.Organisation {
		return nil
	}
	if len(c.systems) == 0 {
		g := r.from(UndeclaredSystem, f)
		g.Cover = Omitted
		return []Gap{g}
	}
	g := r.from(UndeclaredCategory, f)
	g.System, g.Detail.Name = c.systems[0].ID, c.systems[0].Name
	if len(c.treatments) > 0 {
		g.Treatment = c.treatments[0].ID
	}
	switch cover, by := r.cover(c, f.Category); cover {
	case Clear:
		return nil
	case Vague:
		g.Cover, g.Level, g.Treatment = Vague, Note, by.ID
	default:
		g.Cover = Omitted
	}
	return []Gap{g}
}
