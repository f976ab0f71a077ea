package pages

import (
	"html/template"
	"io"
	"sync"

	"github.com/ecart-rgpd/ecart/register"
)

var layout = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}{{with .Name}} — {{.}}{{end}}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; color: #1c2430; max-width: 54rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; border-top: 1px solid #c9d2de; padding-top: 1rem; margin-top: 2rem }
dt { font-weight: 600; margin-top: .6rem } dd { margin: 0 0 0 1rem } ul { margin: 0; padding-left: 1.2rem }
@media (prefers-color-scheme: dark) { body { color: #e6eaf0; background: #14181f } h2 { border-color: #39424f } a { color: #9cc2ff } }
@media print { h2 { break-after: avoid } }
</style>
</head>
<body>
<h1>{{.Title}}{{with .Name}} — {{.}}{{end}}</h1>
{{template "lines" .Lines}}
{{if .Treatments}}<nav><ul>{{range .Treatments}}
<li><a href="#{{.ID}}">{{.Name}}</a></li>{{end}}
</ul></nav>{{end}}
{{with .All}}
<section>
<h2>{{.Name}}</h2>
{{template "lines" .Lines}}
</section>{{end}}
{{range .Treatments}}
<section id="{{.ID}}">
<h2>{{.Name}}</h2>
{{template "lines" .Lines}}
</section>{{end}}
</body>
</html>
{{define "lines"}}<dl>{{range .}}
<dt>{{.Label}}</dt><dd>{{if eq (len .Items) 1}}{{index .Items 0}}{{else}}<ul>{{range .Items}}<li>{{.}}</li>{{end}}</ul>{{end}}</dd>{{end}}
</dl>{{end}}`))
})

// HTML writes a page that stands alone, for the organisation's site: what
// persons may know, without security measures, systems and notes.
func HTML(w io.Writer, reg *register.Register, lang string) error {
	p, err := newPage(reg, lang, false)
	if err != nil {
		return err
	}
	return layout().Execute(w, p)
}
