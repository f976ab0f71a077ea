package reconcile

import (
	"slices"

	"github.com/ecart-rgpd/ecart/detectors"
)

// personalDataInHistory raises real values of a repository's past that are gone
// from its present: deleting a file does not take it out of the history.
func personalDataInHistory(r *run, f *detectors.Finding, _ claim) []Gap {
	if f.Past == nil || f.Evidence != detectors.ByValue || f.Category == "company_id" || r.present.holds(f) {
		return nil
	}
	g := r.from(PersonalDataInHistory, f)
	g.Object = f.At.Target + ":" + f.At.Path
	g.Detail.Commit, g.Detail.Removed, g.Detail.Since = f.Past.Commit, f.Past.Removed, f.Past.Date.UTC().Format("2006-01-02")
	return []Gap{g}
}

// The present is the values that repositories hold today. It is read before their
// past.
type present struct {
	marks  map[marked]bool
	counts map[counted]int // of findings that tell no values apart
}

type marked struct {
	target string
	mark   uint64
}

type counted struct{ target, path, category string }

func newPresent() present { return present{map[marked]bool{}, map[counted]int{}} }

func (p *present) add(f *detectors.Finding) {
	for _, m := range f.Marks() {
		p.marks[marked{f.At.Target, m}] = true
	}
	if len(f.Marks()) == 0 {
		p.counts[counted{f.At.Target, f.At.Path, f.Category}] += f.Count
	}
}

// holds tells whether every value of a finding of the past is still there, wherever
// in the repository. What was read by another process or an earlier run has no marks:
// then as many values of its kind at its path speak for it.
func (p *present) holds(f *detectors.Finding) bool {
	if p.counts[counted{f.At.Target, f.At.Path, f.Category}] >= f.Count {
		return true
	}
	gone := func(m uint64) bool { return !p.marks[marked{f.At.Target, m}] }
	return len(f.Marks()) > 0 && !slices.ContainsFunc(f.Marks(), gone)
}
