package reconcile

import "github.com/ecart-rgpd/ecart/detectors"

// personalDataInHistory raises real values of a repository's past that are gone
// from its present: deleting a file does not take it out of the history.
func personalDataInHistory(r *run, f *detectors.Finding, _ claim) []Gap {
	if f.Past == nil || f.Evidence != detectors.ByValue || f.Category == "company_id" || f.Still || r.present.holds(f) {
		return nil
	}
	g := r.from(PersonalDataInHistory, f)
	g.Object = f.At.Target + ":" + f.At.Path
	g.Detail.Commit, g.Detail.Removed, g.Detail.Since = f.Past.Commit, f.Past.Removed, f.Past.Date.UTC().Format("2006-01-02")
	return []Gap{g}
}

// The present is the values that repositories hold today, by target. It is read
// before their past.
type present map[string]*detectors.Values

func (p present) add(f *detectors.Finding) {
	if p[f.At.Target] == nil {
		p[f.At.Target] = &detectors.Values{}
	}
	p[f.At.Target].Add(f)
}

// holds tells whether every value of a finding of the past is still there, wherever
// in the repository; false where nobody can tell, so that it is not passed over.
func (p present) holds(f *detectors.Finding) bool {
	v := p[f.At.Target]
	return v != nil && v.Hold(f)
}
