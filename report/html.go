package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"io"
	"strings"

	"github.com/ecart-rgpd/ecart/reconcile"
)

var (
	//go:embed page/page.html
	pageHTML string
	//go:embed page/page.css
	pageCSS string
	//go:embed page/page.js
	pageJS string
)

// pageGaps is the most rows a page holds; past it more gaps fold by folder.
const pageGaps = 5000

// htmlPage is what the template of the page is given.
type htmlPage struct {
	Lang, CSP     string
	CSS           template.CSS
	JS            template.JS
	Data          template.JS
	Organisation  string
	Register      string
	Date, Version string
	Complete      bool
	Counts        Counts
	Open          int
	Errors        int
	Warnings      int
	Notes         int
	Cards         []card
	Unread        unreadCard
	Map           template.HTML
	MapTables     []mapTable
	Coverage      []pageCoverage
	Inventory     bool
	Declared      bool // the register alone was checked: nothing was read
	Observed      string
	Expired       []reconcile.Accept
	Unused        []reconcile.Accept
	Trend         []reconcile.Point
	TrendSVG      template.HTML
	TrendLine     string
}

// HTML writes the page for a DPO: one file that loads nothing. Its policy lets
// no script run but its own, and nothing be fetched. Rows are drawn by script
// from data in the page, because thousands of them would take long to parse.
func HTML(w io.Writer, r *reconcile.Result, o Options) error {
	t, err := newTexts(r, o)
	if err != nil {
		return err
	}
	data, err := json.Marshal(t.pageData(r)) // json escapes < > & and line separators: safe in a script
	if err != nil {
		return err
	}
	n, m, trend := Count(r), t.newMap(r), trendOf(r)
	p := htmlPage{
		Lang: first(t.lang, "fr"), CSP: policyOf(pageCSS, pageJS), CSS: template.CSS(pageCSS), JS: template.JS(pageJS), Data: template.JS(data), //nolint:gosec // our own files, and escaped JSON
		Register: Clean(shortPath(r.Register)), Date: r.Date, Version: o.Version, Complete: r.Complete, Counts: n, Open: n.Open(),
		Errors: n.Levels[reconcile.Error], Warnings: n.Levels[reconcile.Warning], Notes: n.Levels[reconcile.Note],
		Cards: t.cards(r), Unread: t.unread(r), Map: m.fold(t).svg(t), MapTables: m.tables(t), Coverage: t.coverages(r), Inventory: t.inventory, Declared: t.alone, Observed: t.observed(n.Open()),
		Expired: r.Expired, Unused: r.Unused, Trend: trend, TrendSVG: t.trendSVG(trend), TrendLine: t.trendLine(trend),
	}
	if r.Declared != nil {
		p.Organisation = Clean(r.Declared.Organisation.Name)
	}
	page, err := template.New("page").Funcs(template.FuncMap{
		"t": t.say, "num": t.number, "many": t.many, "clean": Clean,
	}).Parse(pageHTML)
	if err != nil {
		return err
	}
	return page.Execute(w, p)
}

// policyOf is the content security policy: nothing but our own style and script,
// told by their digests; no fetch, no form, no frame.
func policyOf(css, js string) string {
	digest := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return strings.Join([]string{
		"default-src 'none'", "style-src " + digest(css), "script-src " + digest(js), "base-uri 'none'", "form-action 'none'",
	}, "; ")
}
