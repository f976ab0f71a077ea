package report

import (
	"fmt"
	"html/template"
	"math"
	"strings"
	"unicode/utf8"
)

// The measures of the picture, in its own units.
const (
	svgWidth   = 1180.0
	svgNode    = 236.0 // width of a node
	svgRow     = 34.0
	svgGap     = 8.0
	svgTop     = 34.0
	svgLabel   = 31 // runes of a label that fit
	svgSpacing = (svgWidth - svgNode) / (mapColumns - 1)
)

// svg draws the map. Colours are classes, so that dark, light and print share
// one picture; a gap has a dashed edge and a count too, for those who see no
// colour. Every node can be reached by keyboard.
func (d *dataMap) svg(t *texts) template.HTML {
	var b strings.Builder
	height := d.place()
	fmt.Fprintf(&b, `<svg class="map" viewBox="-1 0 %g %g" role="group" aria-label="%s">`, svgWidth+2, height, // a pixel for the edges
		template.HTMLEscapeString(t.say("Carte des données : lieux, catégories, traitements, destinataires", "Data map: places, categories, treatments, recipients")))
	for c, title := range t.mapTitles() {
		fmt.Fprintf(&b, `<text class="head" x="%g" y="16">%s</text>`, float64(c)*svgSpacing, template.HTMLEscapeString(title))
	}
	at := d.index()
	for _, l := range d.Links {
		from, to := at[l.Column][l.From], at[l.Column+1][l.To]
		if from != nil && to != nil {
			drawLink(&b, l, from, to)
		}
	}
	for _, nodes := range d.Columns {
		for _, n := range nodes {
			drawNode(&b, t, n)
		}
	}
	b.WriteString("</svg>")
	return template.HTML(b.String()) //nolint:gosec // every name is escaped where it is written
}

func (t *texts) mapTitles() [mapColumns]string {
	return [mapColumns]string{
		t.say("Lieux", "Places"), t.say("Catégories de données", "Categories of data"),
		t.say("Traitements", "Treatments"), t.say("Destinataires", "Recipients"),
	}
}

// place gives each node its height and place.
func (d *dataMap) place() (height float64) {
	for _, nodes := range d.Columns {
		height = max(height, float64(len(nodes))*(svgRow+svgGap))
	}
	for _, nodes := range d.Columns {
		y := svgTop
		for _, n := range nodes {
			n.y, n.h = y, svgRow
			y += svgRow + svgGap
		}
	}
	return height + svgTop
}

// index finds the nodes of each column by key.
func (d *dataMap) index() (at [mapColumns]map[string]*mapNode) {
	for c, nodes := range d.Columns {
		at[c] = map[string]*mapNode{}
		for i, n := range nodes {
			n.id = fmt.Sprintf("%d-%d", c, i)
			at[c][n.Key] = n
		}
	}
	return at
}

func drawLink(b *strings.Builder, l *mapLink, from, to *mapNode) {
	class := "link"
	if l.Gap {
		class = "link gap"
	}
	x1, x2 := float64(l.Column)*svgSpacing+svgNode, float64(l.Column+1)*svgSpacing
	y1, y2 := from.y+from.h/2, to.y+to.h/2
	width := math.Min(1.4+0.6*math.Log2(float64(max(l.Objects, 1))), 5)
	fmt.Fprintf(b, `<path class="%s" data-a="%s" data-b="%s" stroke-width="%.1f" d="M%.0f %.1fC%.0f %.1f %.0f %.1f %.0f %.1f"/>`, class,
		from.id, to.id, width, x1, y1, (x1+x2)/2, y1, (x1+x2)/2, y2, x2, y2)
}

func drawNode(b *strings.Builder, t *texts, n *mapNode) {
	class := "node"
	if n.Level != "" && (n.Gaps > 0 || n.Unclaimed || n.Key == undeclaredNode) {
		class += " " + string(n.Level)
	}
	x, title := float64(n.Column)*svgSpacing, n.Label+t.nodeFigures(n)
	fmt.Fprintf(b, `<g class="%s" data-n="%s" data-key="%s"><rect tabindex="0" role="button" aria-label="%s" x="%.0f" y="%.1f" width="%g" height="%g" rx="6"><title>%s</title></rect>`,
		class, n.id, template.HTMLEscapeString(n.filter()), template.HTMLEscapeString(title), x, n.y, svgNode, n.h, template.HTMLEscapeString(title))
	room := svgLabel
	if n.Gaps > 0 {
		figure := t.number(n.Gaps)
		room -= 5 + utf8.RuneCountInString(figure)
		fmt.Fprintf(b, `<text class="count" aria-hidden="true" x="%.0f" y="%.1f" text-anchor="end">▲ %s</text>`, x+svgNode-9, n.y+n.h/2+4.5, figure)
	}
	fmt.Fprintf(b, `<text aria-hidden="true" x="%.0f" y="%.1f">%s</text></g>`, x+10, n.y+n.h/2+4.5, template.HTMLEscapeString(shorten(n.Label, room, n.Column == mapPlace)))
}

// nodeFigures says the figures of a node, for its tooltip and for those who hear it.
func (t *texts) nodeFigures(n *mapNode) string {
	s := ""
	if n.Objects > 0 && n.Column < mapTreatment {
		s += ", " + t.many(n.Objects, "objet", "object")
	}
	if n.Gaps > 0 {
		s += ", " + t.many(n.Gaps, "écart", "gap")
	}
	return s
}

// filter is what choosing the node filters gaps by; empty for a folded one.
func (n *mapNode) filter() string {
	if n.Folded > 0 || strings.HasPrefix(n.Key, "\x00") {
		return ""
	}
	return Clean(n.Key)
}

// shorten cuts the middle of a path, whose ends tell, and the end of words.
func shorten(s string, room int, path bool) string {
	r := []rune(s)
	if len(r) <= room {
		return s
	}
	head := room - 1
	if path {
		head = room * 2 / 5
	}
	return strings.TrimSpace(string(r[:head])) + "…" + string(r[len(r)-(room-head-1):])
}
