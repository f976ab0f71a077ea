package rules

import (
	"fmt"
	"slices"
)

// Adequacy is the dated list of countries to which data may go without a further
// safeguard.
type Adequacy struct {
	AsOf      string     `yaml:"as_of"`
	EEA       []string   `yaml:"eea"`
	France    []string   `yaml:"france"`
	Countries []Adequate `yaml:"countries"`
}

// An Adequate is a country with a decision of the Commission.
type Adequate struct {
	Code   string `yaml:"code"`   // ISO 3166
	Only   Text   `yaml:"only"`   // whom the decision covers, when not everybody
	Until  string `yaml:"until"`  // YYYY-MM-DD, when it ends
	Source string `yaml:"source"` //
}

// LoadAdequacy reads rules/adequacy.yml.
func LoadAdequacy() (*Adequacy, error) {
	files, err := Section[Adequacy](nil, "adequacy")
	if err != nil {
		return nil, err
	}
	if len(files) != 1 {
		return nil, fmt.Errorf("rules/adequacy.yml: want one file, got %d", len(files))
	}
	return &files[0].Body, nil
}

// Inside tells whether a country is in the European Economic Area.
func (a *Adequacy) Inside(country string) bool {
	return slices.Contains(a.EEA, country) || slices.Contains(a.France, country)
}

// Adequate returns the decision on a country in force on a date (YYYY-MM-DD; ""
// for the date of the list).
func (a *Adequacy) Adequate(country, date string) (Adequate, bool) {
	for _, c := range a.Countries {
		if c.Code == country && (c.Until == "" || date <= c.Until) {
			return c, true
		}
	}
	return Adequate{}, false
}
