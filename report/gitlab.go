package report

import (
	"io"

	"github.com/ecart-rgpd/ecart/reconcile"
)

// codeQuality is one entry of GitLab's code quality report.
type codeQuality struct {
	Description string  `json:"description"`
	CheckName   string  `json:"check_name"`
	Fingerprint string  `json:"fingerprint"`
	Severity    string  `json:"severity"`
	Location    lineOne `json:"location"`
}

type lineOne struct {
	Path  string `json:"path"`
	Lines struct {
		Begin int `json:"begin"`
	} `json:"lines"`
}

// GitLab writes a code quality report, which every tier of GitLab shows in a
// merge request.
func GitLab(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	list := []codeQuality{}
	gaps := open(r)
	for i := range gaps {
		g := &gaps[i]
		q := codeQuality{
			Description: Clean(t.annotation(g) + " " + t.next(g)), CheckName: g.RuleID(), Fingerprint: g.Fingerprint(),
			Severity: map[reconcile.Level]string{reconcile.Error: "critical", reconcile.Warning: "major", reconcile.Note: "info"}[g.Level],
			Location: lineOne{Path: g.Anchor.File},
		}
		q.Location.Lines.Begin = g.Anchor.Line
		list = append(list, q)
	}
	return writeJSON(w, list)
}

// sastVulnerability is one entry of GitLab's SAST report.
type sastVulnerability struct {
	ID          string              `json:"id"`
	Name        string              `json:"name"`
	Description string              `json:"description"`
	Solution    string              `json:"solution"`
	Severity    string              `json:"severity"`
	Location    map[string]any      `json:"location"`
	Identifiers []map[string]string `json:"identifiers"`
}

// GitLabSAST writes GitLab's security report, schema 15. It holds no time of the
// run: the same result gives the same bytes.
func GitLabSAST(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	list := []sastVulnerability{}
	gaps := open(r)
	for i := range gaps {
		g := &gaps[i]
		list = append(list, sastVulnerability{
			ID: g.Fingerprint(), Name: t.title(g), Description: Clean(t.annotation(g)), Solution: t.next(g),
			Severity:    map[reconcile.Level]string{reconcile.Error: "High", reconcile.Warning: "Medium", reconcile.Note: "Info"}[g.Level],
			Location:    map[string]any{"file": g.Anchor.File, "start_line": g.Anchor.Line},
			Identifiers: []map[string]string{{"type": "ecart_rule", "name": g.RuleID(), "value": g.RuleID()}},
		})
	}
	tool := map[string]any{"id": "ecart", "name": "ecart", "version": o.Version, "vendor": map[string]string{"name": "ecart"}}
	at := r.Date + "T00:00:00"
	return writeJSON(w, map[string]any{"version": "15.0.7", "vulnerabilities": list, "scan": map[string]any{
		"analyzer": tool, "scanner": tool, "type": "sast", "status": map[bool]string{true: "success", false: "failure"}[r.Complete], "start_time": at, "end_time": at,
	}})
}
