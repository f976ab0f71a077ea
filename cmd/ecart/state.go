package main

import (
	"errors"
	"sort"

	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners/state"
)

// openState opens the file of --state; nil without one.
func (f *scanFlags) openState(engine string) (*state.Store, error) {
	if f.state == "" {
		return nil, nil
	}
	return state.Open(f.state, buildVersion()+" "+engine)
}

// closeState forgets the files that are gone from targets walked to their end.
func closeState(s *state.Store, coverage map[string]*item.Coverage) error {
	if s == nil {
		return nil
	}
	var walked []string
	for name, c := range coverage {
		if c.Stopped == "" {
			walked = append(walked, name)
		}
	}
	sort.Strings(walked)
	return errors.Join(s.Forget(walked...), s.Close())
}
