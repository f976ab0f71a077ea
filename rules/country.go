package rules

import "sync"

// A Country is a country or territory of ISO 3166.
type Country struct {
	Code  string   `yaml:"code"`
	Label Text     `yaml:"label"`
	Also  []string `yaml:"also"` // other names that registers give it
}

// Countries reads rules/countries.yml.
func Countries() ([]Country, error) { return countries() }

var countries = sync.OnceValues(func() ([]Country, error) { return List[Country](nil, "countries") })
