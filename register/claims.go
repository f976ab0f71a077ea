package register

import (
	"strings"

	"github.com/ecart-rgpd/ecart/item"
)

// Claims returns the systems that claim a place, in the order of the register.
// table says that at is a place of a database; its Column counts then.
func (r *Register) Claims(at item.Location, table bool) []*System {
	var claiming []*System
	for i := range r.Systems {
		if r.Systems[i].claims(at, table) {
			claiming = append(claiming, &r.Systems[i])
		}
	}
	return claiming
}

// claims tells whether one of the system's globs fits at.
func (s *System) claims(at item.Location, table bool) bool {
	for _, l := range s.Locations {
		g, err := item.ParseGlob(l)
		if err != nil || g.Target != at.Target {
			continue
		}
		if fits(g, at, table) {
			return true
		}
	}
	return false
}

func fits(g item.Glob, at item.Location, table bool) bool {
	if !table {
		return g.MatchFile(at.Path)
	}
	if g.MatchTable(at.Path) {
		return true
	}
	// A glob may name one column; the location holds it apart.
	return at.Column != "" && !strings.HasSuffix(at.Path, "."+at.Column) && g.MatchTable(at.Path+"."+at.Column)
}

// UnknownTargets returns an error for each location whose target is none of
// targets: in a run of all targets of ecart.yaml it can never claim anything.
func (r *Register) UnknownTargets(targets []string) error {
	known := map[string]bool{}
	for _, t := range targets {
		known[t] = true
	}
	var errs Errors
	for _, s := range r.Systems {
		for i, l := range s.Locations {
			g, err := item.ParseGlob(l)
			if err != nil || known[g.Target] {
				continue
			}
			at := s.Line
			if i < len(s.LocationLines) {
				at = s.LocationLines[i]
			}
			errs = append(errs, &Error{
				File: r.File, Line: at, Column: 1, Key: "locations",
				Problem: "system " + s.ID + " names a target that ecart.yaml does not have" + named(g.Target),
				Remedy:  oneOf(g.Target, targets),
			})
		}
	}
	return errs.sorted()
}

// Treatment returns the treatment with this id, or nil.
func (r *Register) Treatment(id string) *Treatment {
	for i := range r.Treatments {
		if r.Treatments[i].ID == id {
			return &r.Treatments[i]
		}
	}
	return nil
}

// System returns the system with this id, or nil.
func (r *Register) System(id string) *System {
	for i := range r.Systems {
		if r.Systems[i].ID == id {
			return &r.Systems[i]
		}
	}
	return nil
}

// Using returns the treatments that keep data in the system, in order.
func (r *Register) Using(system string) []*Treatment {
	var using []*Treatment
	for i := range r.Treatments {
		for _, id := range r.Treatments[i].Systems {
			if id == system {
				using = append(using, &r.Treatments[i])
				break
			}
		}
	}
	return using
}

// Covers tells how a list of data covers a category: by its own id, or vaguely
// by the group it belongs to ("" for none).
func Covers(data []Datum, category, group string) (exact, vague bool) {
	for _, d := range data {
		if d.Category == category {
			return true, false
		}
		vague = vague || group != "" && d.Category == group
	}
	return false, vague
}
