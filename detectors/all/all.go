// Package all lists every detector, in one place and in order.
package all

import (
	"slices"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/detectors/fr"
	"github.com/ecart-rgpd/ecart/detectors/intl"
	"github.com/ecart-rgpd/ecart/detectors/names"
	"github.com/ecart-rgpd/ecart/detectors/places"
	"github.com/ecart-rgpd/ecart/detectors/words"
	"github.com/ecart-rgpd/ecart/rules"
)

// Values returns the detectors of values. One line per country.
func Values() []*detectors.Detector {
	return slices.Concat(
		fr.All,
		intl.All,
		places.All,
	)
}

// Engine wires the detectors, names and words to the vocabulary r.
func Engine(r *rules.Rules) (*detectors.Engine, error) {
	judge, err := names.New(r)
	if err != nil {
		return nil, err
	}
	lexicon, err := words.New(r)
	if err != nil {
		return nil, err
	}
	return detectors.New(r, detectors.Parts{Values: Values(), Names: judge, Words: lexicon})
}
