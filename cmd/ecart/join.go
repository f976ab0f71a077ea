package main

import (
	"context"
	"iter"

	"github.com/ecart-rgpd/ecart/detectors"
	"github.com/ecart-rgpd/ecart/item"
	"github.com/ecart-rgpd/ecart/scanners"
	"github.com/ecart-rgpd/ecart/scanners/code"
)

// join yields the results, then the flows from file to file: what was read of
// each file alone holds their halves.
func (s *settings) join(ctx context.Context, results iter.Seq[scanners.Result], e *detectors.Engine) iter.Seq[scanners.Result] {
	trees := map[string]code.Tree{}
	for _, t := range s.targets {
		if tree := treeOf(t.source); tree != nil {
			trees[t.about.Name] = tree
		}
	}
	return func(yield func(scanners.Result) bool) {
		j := code.NewJoin(trees, e)
		for r := range results {
			r.Findings = j.Take(r.Target, r.Path, r.Coverage.Read+r.Coverage.Unchanged > 0, r.Findings)
			for _, path := range r.Paths { // of a fleet, whose results are of many files
				j.Take(r.Target, path, true, nil)
			}
			if !yield(r) {
				return
			}
		}
		for _, t := range s.targets {
			found, unread := j.Flows(ctx, t.about.Name)
			if len(found)+len(unread) > 0 && !yield(scanners.Result{Target: t.about.Name, Findings: found, Coverage: item.Coverage{Unread: unread}}) {
				return
			}
		}
	}
}

// treeOf is the part of a source that opens files by name; nil when there is
// none: a database, a repository without a work tree.
func treeOf(s scanners.Source) code.Tree {
	if chain, ok := s.(scanners.Chain); ok {
		for _, part := range chain {
			if t := treeOf(part); t != nil {
				return t
			}
		}
		return nil
	}
	t, _ := s.(code.Tree)
	return t
}
