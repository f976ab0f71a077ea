package report

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"github.com/ecart-rgpd/ecart/reconcile"
)

// maxTrend is how many runs a report remembers: two years of weekly runs.
const maxTrend = 104

// trendOf is the figures of earlier runs and of this one, oldest first. Each
// report carries those of its baseline: no file but the last one is needed.
// A second run of the same day takes the place of the first.
func trendOf(r *reconcile.Result) []reconcile.Point {
	if r.Register == "" {
		return nil
	}
	n := Count(r)
	now := reconcile.Point{
		Date: r.Date, Errors: n.Levels[reconcile.Error], Warnings: n.Levels[reconcile.Warning], Notes: n.Levels[reconcile.Note], Accepted: n.Accepted,
	}
	var all []reconcile.Point
	for _, p := range r.Trend {
		if p.Date < r.Date {
			all = append(all, p)
		}
	}
	all = append(all, now)
	return all[max(0, len(all)-maxTrend):]
}

// ReadTrend reads the figures that an earlier report carries: those of its
// trend, else its own.
func ReadTrend(src []byte) []reconcile.Point {
	var file struct {
		Date  string            `json:"date"`
		Trend []reconcile.Point `json:"trend"`
		Gaps  []gapJSON         `json:"gaps"`
		Runs  []struct {
			Properties struct {
				Trend []reconcile.Point `json:"trend"`
			} `json:"properties"`
		} `json:"runs"`
	}
	if json.Unmarshal(src, &file) != nil {
		return nil // Read has said so
	}
	switch {
	case len(file.Trend) > 0:
		return file.Trend
	case len(file.Runs) > 0:
		return file.Runs[0].Properties.Trend
	case file.Date == "":
		return nil
	}
	old := reconcile.Result{Register: "earlier", Date: file.Date}
	for i := range file.Gaps {
		g := file.Gaps[i].gap()
		if file.Gaps[i].Accepted != nil {
			g.Accepted = &reconcile.Accepted{}
		}
		old.Gaps = append(old.Gaps, *g)
	}
	return trendOf(&old)
}

// The measures of the picture of a trend, in its own units.
const (
	trendWidth  = 720.0
	trendHeight = 150.0
	trendLeft   = 34.0
	trendBase   = 120.0
)

// trendSVG draws one column a run, the heaviest gaps at the foot. The table
// beside it says the same in figures.
func (t *texts) trendSVG(points []reconcile.Point) template.HTML {
	if len(points) < 2 {
		return ""
	}
	highest := 1
	for _, p := range points {
		highest = max(highest, p.Errors+p.Warnings+p.Notes)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="trend" viewBox="0 0 %g %g" role="img" aria-label="%s">`, trendWidth, trendHeight,
		template.HTMLEscapeString(t.say("Nombre d'écarts ouverts à chaque analyse ; les chiffres sont dans le tableau qui suit", "Open gaps at each scan; the figures are in the table below")))
	fmt.Fprintf(&b, `<text class="axis" x="%g" y="14" text-anchor="end">%d</text><text class="axis" x="%g" y="%g" text-anchor="end">0</text>`, trendLeft-6, highest, trendLeft-6, trendBase)
	step := (trendWidth - trendLeft) / float64(len(points))
	for i, p := range points {
		x, y := trendLeft+float64(i)*step, trendBase
		for _, part := range []struct {
			class string
			n     int
		}{{"error", p.Errors}, {"warning", p.Warnings}, {"note", p.Notes}} {
			h := float64(part.n) / float64(highest) * (trendBase - 10)
			y -= h
			if part.n > 0 {
				fmt.Fprintf(&b, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, part.class, x+step*0.1, y, min(step*0.8, 60), h)
			}
		}
		if i == 0 || i == len(points)-1 || len(points) <= 8 {
			fmt.Fprintf(&b, `<text class="axis" x="%.1f" y="%g">%s</text>`, min(x+step*0.1, trendWidth-70), trendBase+18, template.HTMLEscapeString(Clean(p.Date)))
		}
	}
	b.WriteString("</svg>")
	return template.HTML(b.String()) //nolint:gosec // figures, and dates that are escaped
}

// trendLine says in words where the last runs go.
func (t *texts) trendLine(points []reconcile.Point) string {
	if len(points) < 2 {
		return ""
	}
	first, last := points[0], points[len(points)-1]
	was, is := first.Errors+first.Warnings+first.Notes, last.Errors+last.Warnings+last.Notes
	switch {
	case is < was:
		return fmt.Sprintf(t.say("%d écarts ouverts, contre %d au %s.", "%d open gaps, against %d as of %s."), is, was, Clean(first.Date))
	case is > was:
		return fmt.Sprintf(t.say("%d écarts ouverts : ils étaient %d au %s.", "%d open gaps: there were %d as of %s."), is, was, Clean(first.Date))
	}
	return fmt.Sprintf(t.say("%d écarts ouverts, autant qu'au %s.", "%d open gaps, as many as on %s."), is, Clean(first.Date))
}
