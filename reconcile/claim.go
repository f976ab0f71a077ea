package reconcile

import (
	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/register"
)

// A claim is what the register says of one place: the systems that claim it and
// the treatments that keep data there. All count together.
type claim struct {
	systems    []*register.System
	treatments []*register.Treatment
}

// claims resolves places to claims, and keeps the last: findings of one object
// follow each other.
type claims struct {
	register *register.Register
	tables   map[string]bool
	last     item.Location
	claim    claim
}

func newClaims(in Input) *claims {
	c := &claims{register: in.Register, tables: map[string]bool{}}
	for _, t := range in.Targets {
		c.tables[t.Name] = t.Tables
	}
	return c
}

// of returns the claim on the place of a finding.
func (c *claims) of(f *detectors.Finding) claim {
	at := item.Location{Target: f.At.Target, Path: f.At.Path}
	if c.tables[at.Target] {
		at.Column = f.At.Column
	}
	if c.register != nil && c.last != at {
		c.last, c.claim = at, c.resolve(at)
	}
	return c.claim
}

func (c *claims) resolve(at item.Location) claim {
	out := claim{systems: c.register.Claims(at, c.tables[at.Target])}
	seen := map[*register.Treatment]bool{}
	for _, s := range out.systems {
		for _, t := range c.register.Using(s.ID) {
			if !seen[t] {
				seen[t] = true
				out.treatments = append(out.treatments, t)
			}
		}
	}
	return out
}

// cover says how the treatments of a claim cover a category.
func (r *run) cover(c claim, category string) (Cover, *register.Treatment) {
	cover, by := Omitted, (*register.Treatment)(nil)
	for _, t := range c.treatments {
		for _, d := range t.Data {
			switch ok, vague := r.Rules.Covers(d.Category, category); {
			case ok && !vague:
				return Clear, t
			case ok:
				cover, by = Vague, t
			}
		}
	}
	return cover, by
}
