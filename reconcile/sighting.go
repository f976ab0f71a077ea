package reconcile

import (
	"sort"
	"strings"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
)

// A Sighting is one category at one place, declared or not: what a data map is
// drawn from. It counts objects (files, columns), never values.
type Sighting struct {
	Target   string
	Place    string // see Place
	Category string
	Systems  []string // ids of the systems that claim it
	Objects  int
}

// maxPlaces bounds what a map remembers: past it a target is one place.
const maxPlaces = 5000

// Place is the part of a location that people know by name: the table of a
// database, else the two first folders of a path; `/` for a file at the top.
func Place(at item.Location, tables bool) string {
	if tables {
		return strings.TrimSuffix(at.Path, "."+at.Column)
	}
	parts := strings.Split(at.Container(), "/")
	if len(parts) == 1 {
		return "/"
	}
	return strings.Join(parts[:min(len(parts)-1, 2)], "/") + "/"
}

type sightingKey struct{ target, place, category string }

type sightings struct {
	of   map[sightingKey]*Sighting
	last map[sightingKey]string // the object counted last: findings of one follow each other
}

func newSightings() *sightings {
	return &sightings{map[sightingKey]*Sighting{}, map[sightingKey]string{}}
}

func (s *sightings) add(f *detectors.Finding, c claim, tables bool) {
	key := sightingKey{f.At.Target, Place(f.At, tables), f.Category}
	if s.of[key] == nil && len(s.of) >= maxPlaces {
		key.place = "…"
	}
	seen := s.of[key]
	if seen == nil {
		seen = &Sighting{Target: key.target, Place: key.place, Category: key.category}
		s.of[key] = seen
	}
	for _, system := range c.systems {
		seen.join(system.ID)
	}
	object := f.At.Path
	if tables {
		object += "." + f.At.Column
	}
	if s.last[key] != object {
		s.last[key] = object
		seen.Objects++
	}
}

func (s *Sighting) join(system string) {
	for _, known := range s.Systems {
		if known == system {
			return
		}
	}
	s.Systems = append(s.Systems, system)
}

// sorted returns the sightings by target, place and category.
func (s *sightings) sorted() []Sighting {
	all := make([]Sighting, 0, len(s.of))
	for _, seen := range s.of {
		all = append(all, *seen)
	}
	sort.Slice(all, func(i, j int) bool {
		a, b := &all[i], &all[j]
		switch {
		case a.Target != b.Target:
			return a.Target < b.Target
		case a.Place != b.Place:
			return a.Place < b.Place
		}
		return a.Category < b.Category
	})
	return all
}
