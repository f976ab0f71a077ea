package report

import (
	"io"

	"github.com/ecart-rgpd/ecart/reconcile"
)

// RDJSON writes reviewdog's diagnostics.
func RDJSON(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	type position struct {
		Line int `json:"line"`
	}
	type diagnostic struct {
		Message  string `json:"message"`
		Severity string `json:"severity"`
		Location struct {
			Path  string `json:"path"`
			Range struct {
				Start position `json:"start"`
			} `json:"range"`
		} `json:"location"`
		Code struct {
			Value string `json:"value"`
			URL   string `json:"url"`
		} `json:"code"`
	}
	list := []diagnostic{}
	gaps := open(r)
	for i := range gaps {
		g := &gaps[i]
		d := diagnostic{Message: t.annotation(g) + " " + t.next(g), Severity: map[reconcile.Level]string{reconcile.Error: "ERROR", reconcile.Warning: "WARNING", reconcile.Note: "INFO"}[g.Level]}
		d.Location.Path, d.Location.Range.Start.Line = g.Anchor.File, g.Anchor.Line
		d.Code.Value, d.Code.URL = g.RuleID(), informationURI+"/blob/main/docs/gaps.md"
		list = append(list, d)
	}
	return writeJSON(w, map[string]any{"source": map[string]string{"name": "ecart", "url": informationURI}, "diagnostics": list})
}
