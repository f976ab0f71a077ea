package reconcile

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/register"
)

// nirFound raises a NIR used as the key of a table or found where none of the
// declared treatments has a purpose that the decree lists; where one has, the name
// of a file alone. A place that no system claims is undeclared first: what it is for is not known.
func nirFound(r *run, f *detectors.Finding, c claim) []Gap {
	if f.Category != "nir" || f.Past != nil || f.Evidence == detectors.ByWord || r.Register == nil {
		return nil
	}
	g := r.from(NIRNotAuthorised, f)
	if f.Key {
		g.Detail.Found = "key"
		return []Gap{g}
	}
	if len(c.treatments) == 0 || f.Sink != "" {
		return nil
	}
	g.System = c.systems[0].ID
	for _, t := range c.treatments {
		if AllowsNIR(r.Rules, t) {
			return namedByNIR(f, g, t)
		}
	}
	g.Treatment, g.Detail.Name = c.treatments[0].ID, c.treatments[0].Name
	return []Gap{g}
}

// namedByNIR raises the name of a file where treatment t may use the NIR: to pay
// people by it is no reason to file them by it. Nothing else is a gap there.
func namedByNIR(f *detectors.Finding, g Gap, t *register.Treatment) []Gap {
	if f.Detector != detectors.ByFileName {
		return nil
	}
	g.Level = Warning
	g.Detail.Found = "name"
	g.Treatment, g.Detail.Name = t.ID, t.Name
	return []Gap{g}
}
