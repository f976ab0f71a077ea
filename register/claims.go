package register

import (
	"slices"
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

// UnknownTargets returns an error for each system with a location whose target is
// none of targets: in a run of all targets of ecart.yaml it can never claim
// anything.
func (r *Register) UnknownTargets(targets []string) error {
	var errs Errors
	for i := range r.Systems {
		if e := r.Systems[i].unknownTargets(targets); e != nil {
			e.File = r.File
			errs = append(errs, e)
		}
	}
	return errs.sorted()
}

// unknownTargets tells of the targets that a system names and that are not there,
// at the first location that does; nil when all are.
func (s *System) unknownTargets(targets []string) *Error {
	var missing []string
	e := &Error{Key: "locations"}
	for i, l := range s.Locations {
		g, err := item.ParseGlob(l)
		if err != nil || slices.Contains(targets, g.Target) || slices.Contains(missing, g.Target) {
			continue
		}
		if missing = append(missing, g.Target); len(missing) == 1 {
			e.Line, e.Column = s.locationAt(i)
		}
	}
	switch len(missing) {
	case 0:
		return nil
	case 1:
		e.Problem = "system " + s.ID + " names a target that ecart.yaml does not have" + named(missing[0])
	default:
		e.Problem = "system " + s.ID + " names targets that ecart.yaml does not have"
		for _, m := range missing {
			e.Problem += named(m)
		}
	}
	e.Remedy = "add it to `targets` of ecart.yaml, or correct or remove the location"
	if near := misspelt(missing[0], targets); near != "" {
		e.Remedy = "did you mean " + near + "? else " + e.Remedy
	}
	return e
}

// locationAt is where location i is written: the system for one that was not read
// from a file.
func (s *System) locationAt(i int) (line, column int) {
	if i < len(s.LocationLines) && i < len(s.LocationColumns) {
		return s.LocationLines[i], s.LocationColumns[i]
	}
	return s.Line, 1
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
