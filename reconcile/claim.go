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
	systems    []claimed
	treatments map[string][]*register.Treatment // by system id
	tables     map[string]bool
	last       *lastClaim
}

type claimed struct {
	system *register.System
	globs  []item.Glob
}

type lastClaim struct {
	at    string
	claim claim
}

func newClaims(in Input) claims {
	c := claims{treatments: map[string][]*register.Treatment{}, tables: map[string]bool{}, last: &lastClaim{}}
	for _, t := range in.Targets {
		c.tables[t.Name] = t.Tables
	}
	if in.Register == nil {
		return c
	}
	for i := range in.Register.Systems {
		s := &in.Register.Systems[i]
		k := claimed{system: s}
		for _, l := range s.Locations {
			if g, err := item.ParseGlob(l); err == nil {
				k.globs = append(k.globs, g)
			}
		}
		c.systems = append(c.systems, k)
	}
	for i := range in.Register.Treatments {
		t := &in.Register.Treatments[i]
		for _, id := range t.Systems {
			c.treatments[id] = append(c.treatments[id], t)
		}
	}
	return c
}

// of returns the claim on the place of a finding.
func (c claims) of(f *detectors.Finding) claim {
	path := f.At.Path
	if c.tables[f.At.Target] && f.At.Column != "" {
		path += "." + f.At.Column
	}
	return c.at(f.At.Target, path)
}

func (c claims) at(target, path string) claim {
	if key := target + ":" + path; c.last.at != key {
		*c.last = lastClaim{key, c.resolve(target, path)}
	}
	return c.last.claim
}

func (c claims) resolve(target, path string) (out claim) {
	seen := map[*register.Treatment]bool{}
	for _, k := range c.systems {
		if !c.claims(k, target, path) {
			continue
		}
		out.systems = append(out.systems, k.system)
		for _, t := range c.treatments[k.system.ID] {
			if !seen[t] {
				seen[t] = true
				out.treatments = append(out.treatments, t)
			}
		}
	}
	return out
}

func (c claims) claims(k claimed, target, path string) bool {
	for _, g := range k.globs {
		if g.Target != target {
			continue
		}
		if c.tables[target] && g.MatchTable(path) || !c.tables[target] && g.MatchFile(path) {
			return true
		}
	}
	return false
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
