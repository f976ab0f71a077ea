package main

import (
	"fmt"

	"github.com/ecart-rgpd/ecart/reconcile"
	"github.com/ecart-rgpd/ecart/report"
)

// readBaseline reads the report of an earlier run, before anything is scanned.
func readBaseline(path string) ([]reconcile.Known, []reconcile.Point, error) {
	src, err := readDeclaration("baseline", path)
	if err != nil {
		return nil, nil, err
	}
	known, err := report.Read(src)
	if err != nil {
		return nil, nil, fmt.Errorf("baseline %s: %w", path, err)
	}
	return known, report.ReadTrend(src), nil
}

// checkBaseline warns when the earlier run was of other targets: everything
// would look new, and everything before it gone.
func (s *settings) checkBaseline(path string) {
	if len(s.earlier) == 0 {
		return
	}
	names := map[string]bool{}
	for _, t := range s.targets {
		names[t.about.Name] = true
	}
	for _, k := range s.earlier {
		if k.Gap == nil || names[k.Gap.At.Target] {
			return
		}
	}
	s.warn("le rapport de comparaison ne partage aucune cible avec cette exécution : tout paraîtra nouveau ; nommez les cibles de même (NOM=CHEMIN)",
		"the baseline shares no target with this run: everything will look new; name the targets alike (NAME=PATH)", "baseline", path)
}
