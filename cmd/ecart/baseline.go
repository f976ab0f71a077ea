package main

import (
	"fmt"
	"os"

	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/report"
)

// readBaseline reads the report of an earlier run, before anything is scanned.
func readBaseline(path string) ([]reconcile.Known, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("baseline %s: %w", path, cause(err))
	}
	known, err := report.Read(src)
	if err != nil {
		return nil, fmt.Errorf("baseline %s: %w", path, err)
	}
	return known, nil
}
