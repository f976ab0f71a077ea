package reconcile

import "github.com/ecart-rgpd/ecart/detectors"

// personalDataInHistory raises real values of a repository's past that are gone
// from its present: deleting a file does not take it out of the history.
func personalDataInHistory(r *run, f *detectors.Finding, _ claim) []Gap {
	if f.Past == nil || f.Evidence != detectors.ByValue || f.Category == "company_id" {
		return nil
	}
	g := r.from(PersonalDataInHistory, f)
	g.Object = f.At.Target + ":" + f.At.Path
	g.Detail.Commit, g.Detail.Removed, g.Detail.Since = f.Past.Commit, f.Past.Removed, f.Past.Date.UTC().Format("2006-01-02")
	return []Gap{g}
}
