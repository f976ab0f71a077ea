package reconcile

import "github.com/ecart-rgpd/ecart/detectors"

// nirFound raises a NIR used as the key of a table or found where none of the
// declared treatments has a purpose that the decree lists. A place that no
// system claims is undeclared first: what it is for is not known.
func nirFound(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Category != "nir" || f.Past != nil || f.Evidence == detectors.ByWord || r.Register == nil {
		return nil
	}
	g := r.from(NIRNotAuthorised, f)
	if f.Key {
		g.Detail.Found = "key"
		return []Gap{g}
	}
	if f.Detector == detectors.ByFileName && len(c.treatments) > 0 { // a number to pay people by is no name of a file
		g.Detail.Found = "name"
		g.Level = Warning
		g.Treatment, g.System, g.Detail.Name = c.treatments[0].ID, c.systems[0].ID, c.treatments[0].Name
		return []Gap{g}
	}
	if len(c.treatments) == 0 || f.Sink != "" {
		return nil
	}
	for _, t := range c.treatments {
		if AllowsNIR(r.Rules, t) {
			return nil
		}
	}
	g.Treatment, g.System = c.treatments[0].ID, c.systems[0].ID
	g.Detail.Name = c.treatments[0].Name
	return []Gap{g}
}
