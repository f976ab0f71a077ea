package rules

import (
	"embed"
	"fmt"

	"github.com/goccy/go-yaml"
)

//go:embed *.yml
var builtin embed.FS

// Load reads the vocabulary built in.
func Load() (*Rules, error) {
	r := &Rules{}
	src, err := builtin.ReadFile("categories.yml")
	if err != nil {
		return nil, err
	}
	if err := yaml.UnmarshalWithOptions(src, &r.Categories, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("categories.yml: %w", err)
	}
	return r, nil
}
